import { startOrJoinEmbedded } from '/work/main/server/store/embedded-postgres.ts'
import { throwawaySettings } from '/work/main/server/store/embedded-settings.ts'
import { migrate } from '/work/main/server/store/migrate.ts'
import { openDatabase } from '/work/main/server/store/connection.ts'
import { readPeriods } from '/work/main/server/metrics/measure-periods.ts'
import { retentionCohort } from '/work/main/server/metrics/readings/retention-cohort.ts'
import { helpedJoiners } from '/work/main/server/metrics/readings/helped-joiners.ts'
import { newcomerStarts } from '/work/main/server/metrics/readings/newcomer-starts.ts'
import { benefitStock } from '/work/main/server/metrics/readings/benefit-stock.ts'
import { retention } from '/work/main/server/metrics/retention/retention.ts'
import { retentionMedian } from '/work/main/server/metrics/retention/retention-median.ts'
import { contextOf } from '/work/main/server/metrics/capabilities.ts'
import { daysOfPeriod, periodsBetween } from '/work/main/shared/period.ts'
import { mkdirSync } from 'node:fs'
mkdirSync('/tmp/b2-bench', { recursive: true, mode: 0o711 })
const server = await startOrJoinEmbedded('/tmp/b2-bench', { settings: throwawaySettings })
try {
  await migrate(server.url)
  const db = openDatabase(server.url)
  const id = '00000000-0000-4000-8000-000000000001'
  await db.pool.query(`delete from community`)
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1,'b','b','Europe/Berlin',now())`, [id])
  await db.pool.query(`insert into person (community_id, person_id, first_seen_at, first_seen_on, last_active_on, joined_at, joined_on, is_since_before, first_contribution_at, first_contribution_on, second_contribution_on, first_helped_on, first_left_at, first_left_on, left_at, left_on)
    select $1, gen_random_uuid(), j, j::date, l, j, j::date, false, j + interval '3 days', j::date + 3, case when random() < .5 then j::date + 5 end, case when random() < .4 then j::date + 10 end, case when g then l + time '12:00' end, case when g then l + 1 end, case when g then l::timestamp end, case when g then l + 1 end
    from (select *, least(date '2026-11-22', j::date + (random() * random() * 2500)::int) as l, random() < 0.2 as g from (select timestamptz '2016-11-23' + random() * interval '3650 days' as j from generate_series(1, 25000)) a) b`, [id])
  await db.pool.query(`insert into membership_spell (community_id, person_id, joined_at, joined_on, left_at, left_on, is_rejoin) select community_id, person_id, joined_at, joined_on, left_at, left_on, false from person`)
  await db.pool.query(`insert into membership_day select $1, d::date, 7,0,3,7,4,3,3,1,1,5 from generate_series(date '2016-11-23', date '2026-11-22', interval '1 day') d`, [id])
  await db.pool.query('analyze')
  const months = periodsBetween('2016-11', '2026-11', 'month')
  const periods = months.map((m) => ({ ...daysOfPeriod(m, 'month'), is_as_known_then: false }))
  const params = { communityId: id, timeZone: 'Europe/Berlin', knownBy: new Date('2026-11-22T23:00:00Z'), periods, isNow: true }
  const context = contextOf([{ source: 's', tells: ['joins', 'leaves', 'contributions', 'questions'], cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 }] as never)
  for (let round = 0; round < 5; round++) {
    const out: string[] = []; { const t = performance.now(); await db.pool.query('select community_id, sum(length(person_id::text)) from person group by 1'); out.push('yardstick ' + (performance.now() - t).toFixed(0)) }
    for (const reading of [retentionCohort, helpedJoiners, newcomerStarts, benefitStock] as never[]) {
      const t = performance.now()
      const rows = await readPeriods(db.pool, reading, params)
      const t2 = performance.now()
      out.push(`${(reading as { id: string }).id} ${(t2 - t).toFixed(0)} ms`)
      if ((reading as { id: string }).id === 'retention-cohort') {
        for (const row of rows) { retention.measure(row as never, context); retentionMedian.measure(row as never, context) }
        out.push(`measured ${(performance.now() - t2).toFixed(0)} ms, changesAt null of ${rows.filter((r) => retentionCohort.changesAt?.(r as never, params.knownBy) === null).length}/${rows.length}`)
      }
    }
    console.log(out.join(' · '))
  }
  for (const r of process.env.PLAN ? [retentionCohort, helpedJoiners, newcomerStarts] : []) {
    const { rows } = await db.pool.query(`explain (analyze, buffers) ${r.now!.sql}`, [id, periods.map(p=>p.from_on), periods.map(p=>p.to_on), periods.map(()=>false), params.knownBy, 'Europe/Berlin'])
    console.log(rows.map((x) => x['QUERY PLAN']).join('\n'))
  }
  await db.close()
} finally { await server.stop() }
