import { startOrJoinEmbedded } from '/work/main/server/store/embedded-postgres.ts'
import { migrate } from '/work/main/server/store/migrate.ts'
import { openDatabase } from '/work/main/server/store/connection.ts'
import { refreshRollups } from '/work/main/server/rollup/refresh-rollups.ts'
import { refreshObserving } from '/work/main/server/rollup/refresh-observing.ts'
const size = process.argv[2]
const server = await startOrJoinEmbedded('/tmp/d2-bench')
const url = server.url.replace(/[^/]+$/, `bench_${size}`)
await migrate(url).catch((e: Error) => console.log(e.message))
const db = openDatabase(url)
const { rows } = await db.pool.query('select community_id, time_zone from community')
const communityId = rows[0].community_id, timeZone = rows[0].time_zone
const client = await db.pool.connect()
const query = client.query.bind(client)
const slow: [number, string][] = []
// @ts-ignore
client.query = async (...args: unknown[]) => {
  const t = performance.now()
  // @ts-ignore
  const r = await query(...args)
  slow.push([performance.now() - t, String(args[0]).slice(0, 150).replaceAll('\n', ' ')])
  return r
}
const show = (n: number) => { for (const [ms, sql] of slow.toSorted((a, b) => b[0] - a[0]).slice(0, n)) console.log(ms.toFixed(0).padStart(7), sql); slow.length = 0 }
if (process.argv[3] === 'rebuild') {
  await client.query('begin')
  const t = performance.now()
  await refreshRollups(client as never, { communityId, timeZone, marks: null })
  console.log('rebuild', performance.now() - t)
  await client.query('commit')
  show(40)
  await client.query('analyze')
}
for (let i = 0; i < 3; i++) {
  // the last thousand events are looked at again, as if they had just come
  await client.query('begin')
  const { rows: last } = await db.pool.query(`select event_key, thread_key, received_at, (occurred_at at time zone 'UTC')::date as day_on from event where community_id = $1 order by occurred_at desc limit 1000`, [communityId])
  const events = last.map((r) => r.event_key)
  const threads = (await db.pool.query('select distinct thread_key from contribution where community_id = $1 and event_key = any($2)', [communityId, events])).rows.map((r) => r.thread_key)
  const threadPeople = (await db.pool.query('select distinct person_id from contribution where community_id = $1 and thread_key = any($2) and person_id is not null', [communityId, threads])).rows.map((r) => r.person_id)
  const days = [...new Set(last.map((r) => r.day_on))].map((d) => ({ from_on: d as string, to_on: new Date(Date.parse(d as string) + 864e5).toISOString().slice(0, 10) }))
  if (i === 1) {
    await client.query(`delete from benefit_day where community_id = $1 and day_on >= $2`, [communityId, days[0]?.from_on])
    await client.query(`delete from observation where community_id = $1 and view_key = any($2)`, [communityId, events])
    await client.query(`delete from practice_use where community_id = $1 and event_key = any($2)`, [communityId, events])
    await client.query(`delete from asker_benefit where community_id = $1 and thread_key = any($2)`, [communityId, threads])
    slow.length = 0
  }
  console.log({ threads: threads.length, people: threadPeople.length, days: days.length })
  const t = performance.now()
  const r = await refreshObserving(client as never, { communityId, timeZone, threads, people: threadPeople, threadPeople, events, days })
  console.log('refresh', (performance.now() - t).toFixed(0), [...r.change.keys()], r.benefitPeople?.length)
  show(14)
  await client.query('rollback')
}
for (const t of ['observation', 'observer', 'practice', 'practice_use', 'practice_stretch', 'practice_day', 'value_report', 'asker_benefit', 'benefit_day']) console.log(t, (await db.pool.query(`select count(*) from ${t}`)).rows[0].count)
client.release()
await db.close()
await server.stop()
