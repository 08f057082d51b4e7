import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { addDays, daysOfPeriod, GRAINS, type Grain, periodOfDay, periodsBetween } from '../../shared/period.ts'
import { writeVerdicts } from '../diagnosis/store-verdicts.ts'
import { RULES_VERSION } from '../diagnosis/thresholds.ts'
import { loadVerdicts } from '../diagnosis/window.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { metrics } from '../metrics/catalogue.ts'
import { emptyPoints, measurePeriods } from '../metrics/measure-periods.ts'
import type { AnyMetric, MeasureContext } from '../metrics/metric.ts'
import { deletePointsOutside, writePoints } from '../metrics/store-points.ts'
import { type DataSpan, localDay, readDataSpan } from '../rollup/data-span.ts'
import { refreshRollups, rollupStatements } from '../rollup/refresh-rollups.ts'
import type { RollupChange, RollupTable } from '../rollup/rollup-change.ts'
import { clearStaleMarks, readStaleMarks, type StaleMark } from '../rollup/stale-days.ts'
import type { Database } from '../store/connection.ts'

/**
 * A question still open changes the curve of its period as time goes on, but only where answers arrived that late; any
 * thread alive within this many days before the last refresh is looked at again. A month and a margin.
 */
const OPEN_THREAD_DAYS = 35

/** From here on a refresh changes so much of the rollups that their old statistics mislead the planner. */
const MANY_STALE_DAYS = 30

export type RefreshResult = { is_rebuild: boolean; stale_days: number; periods: number; verdicts: number; known_by: string | null }
type State = { known_by: Date | null; rollups_version: string | null; results_version: string | null }
type Plan = { communityId: string; timeZone: string; span: DataSpan; context: MeasureContext }

/**
 * Brings everything shown of a community up to date with its events: rollups of stale days, points of the periods they
 * change, verdicts from the first changed day on. One transaction, one at a time per community; killed in the middle,
 * the stale marks are still there. A rebuild from nothing gives the same rows.
 */
export const refreshCommunity = async (
  db: Database,
  communityId: string,
  { now, rebuild = false }: { now: Date; rebuild?: boolean },
): Promise<RefreshResult | null> => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    // transaction-bound, so that a transaction pooler in front keeps it honest
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`refresh ${communityId}`])
    const result = await refresh(client, communityId, now, rebuild)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const refresh = async (client: PoolClient, communityId: string, now: Date, rebuild: boolean): Promise<RefreshResult | null> => {
  const { rows } = await client.query<{ time_zone: string }>('select time_zone from community where community_id = $1', [communityId])
  const timeZone = rows[0]?.time_zone
  if (timeZone === undefined) return null
  const marks = await readStaleMarks(client, communityId)
  const state = await readState(client, communityId)
  const rollupsVersion = await versionOfRollups(client, communityId, timeZone)
  const isRebuild = rebuild || state.known_by === null || state.rollups_version !== rollupsVersion
  const span = await readDataSpan(client, communityId, timeZone, now)

  const change = await refreshRollups(client, { communityId, timeZone, marks: isRebuild ? null : marks })
  // a rollup just filled has no statistics, and without them the plans below take minutes instead of seconds
  if (isRebuild || marks.length > MANY_STALE_DAYS)
    await client.query('analyze contribution, acceptance, membership_spell, activity_day, help_episode, help_edge, person_day, host_day')
  await clearStaleMarks(client, communityId, marks)
  const context = await loadContext(client, communityId)
  const version = { rollups: rollupsVersion, results: versionOfResults(context) }
  if (span === null) {
    await client.query('delete from period_result where community_id = $1', [communityId])
    await client.query('delete from verdict_result where community_id = $1', [communityId])
    await writeState(client, communityId, null, version, now)
    return { is_rebuild: isRebuild, stale_days: marks.length, periods: 0, verdicts: 0, known_by: null }
  }

  const plan: Plan = { communityId, timeZone, span, context }
  // time running backwards (the newest events were replaced) leaves nothing to build on
  const isComparable = !isRebuild && state.results_version === version.results
  const previous = isComparable && state.known_by !== null && state.known_by <= span.known_by ? state.known_by : null
  const reach = previous === null ? null : await reachOfChange(client, plan, previous, marks, change)
  const periods = await refreshPoints(client, plan, reach)
  const verdictsSince = reach === null ? null : [reach.onwardSince, ...daysOf(change, VERDICT_TABLES)].sort()[0]
  const verdicts = await refreshVerdicts(client, plan, verdictsSince ?? null)
  await writeState(client, communityId, span, version, now)
  return { is_rebuild: isRebuild, stale_days: marks.length, periods, verdicts, known_by: span.known_by.toISOString() }
}

type Version = { rollups: string; results: string }
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** Everything besides events that rollups depend on: their statements, the zone that cuts the days, who is a bot. */
const versionOfRollups = async (client: PoolClient, communityId: string, timeZone: string): Promise<string> => {
  const { rows } = await client.query<{ bots: string | null }>(
    `select string_agg(identity_key::text || person_id::text, ',' order by identity_key) as bots from identity where community_id = $1 and is_bot`,
    [communityId],
  )
  return hash([rollupStatements, timeZone, rows[0]?.bots])
}

/** Everything besides rollups that points and verdicts depend on: measures, rules, what the sources can tell. */
const versionOfResults = (context: MeasureContext): string =>
  hash([RULES_VERSION, metrics.map((m) => [m.id, m.explanation, m.reading.sql, m.needs.map(context.canTell)]), context.sourceNames])

type Reach = {
  /** Days whose own periods change. */
  days: Set<string>
  /** Stocks, and verdicts, change from this day on. */
  onwardSince: string
}

const reachOfChange = async (client: PoolClient, plan: Plan, previous: Date, marks: StaleMark[], change: RollupChange): Promise<Reach> => {
  const { communityId, timeZone, span } = plan
  const previousOn = await localDay(client, previous, timeZone)
  const days = new Set([...marks.map((mark) => mark.day_on), ...daysOf(change)])
  for (let day = addDays(previousOn, -OPEN_THREAD_DAYS); day <= span.known_on; day = addDays(day, 1)) days.add(day)
  const { rows } = await client.query<{ day_on: string }>(
    `select distinct (q.occurred_at at time zone $3::text)::date as day_on
     from contribution c
     join contribution q on q.community_id = $1 and q.thread_key = c.thread_key and q.kind = 'question'
     where c.community_id = $1 and c.occurred_at >= $2::timestamptz - make_interval(days => $4::int)`,
    [communityId, previous, timeZone, OPEN_THREAD_DAYS],
  )
  for (const row of rows) days.add(row.day_on)
  const onward = [previousOn, ...marks.map((mark) => mark.day_on), ...daysOf(change, ONWARD_TABLES)]
  return { days, onwardSince: onward.sort()[0] as string }
}

const VERDICT_TABLES: readonly RollupTable[] = ['contribution', 'acceptance']
const ONWARD_TABLES: readonly RollupTable[] = ['membership_spell', 'membership_day', 'presence', 'person', 'activity_day']
const daysOf = (change: RollupChange, tables: readonly RollupTable[] = [...change.keys()]) =>
  tables.flatMap((table) => [...(change.get(table) ?? [])])

/** Measures and stores the points of the periods within reach, all of them when reach is null. Returns how many periods. */
const refreshPoints = async (client: PoolClient, plan: Plan, reach: Reach | null): Promise<number> => {
  const { communityId, span, context } = plan
  if (reach === null) await client.query('delete from period_result where community_id = $1', [communityId])
  const onward = metrics.filter((metric) => metric.reading.reach === 'onward')
  let count = 0
  for (const grain of GRAINS) {
    const all = periodsBetween(periodOfDay(span.first_on, grain), periodOfDay(span.known_on, grain), grain)
    await deletePointsOutside(client, communityId, grain, startOf(all[0] as string, grain), startOf(all.at(-1) as string, grain))
    const own = reach && new Set([...reach.days].map((day) => periodOfDay(day, grain)))
    const whole = own ? all.filter((label) => own.has(label)) : all
    const later = own ? all.filter((label) => !own.has(label) && daysOfPeriod(label, grain).to_on > reach.onwardSince) : []
    await measureAndWrite(client, plan, grain, whole, metrics, context)
    await measureAndWrite(client, plan, grain, later, onward, context)
    count += whole.length + later.length
  }
  return count
}

const startOf = (label: string, grain: Grain) => daysOfPeriod(label, grain).from_on

const measureAndWrite = async (
  client: PoolClient,
  plan: Plan,
  grain: Grain,
  labels: string[],
  some: readonly AnyMetric[],
  context: MeasureContext,
) => {
  if (labels.length === 0) return
  const { communityId, timeZone, span } = plan
  const periods = labels.map((label) => ({ ...daysOfPeriod(label, grain), is_as_known_then: false }))
  const measured = await measurePeriods(client, { communityId, timeZone, knownBy: span.known_by, periods, metrics: some, context })
  const empty = emptyPoints(some, context)
  const rows = measured.map((points, i) => ({ from_on: (periods[i] as { from_on: string }).from_on, points }))
  await writePoints(client, communityId, grain, [...empty.keys()], empty, rows)
}

/** Judges every month end, and the last known day, from `since` on; all of them when it is null. */
const refreshVerdicts = async (client: PoolClient, plan: Plan, since: string | null): Promise<number> => {
  const { communityId, timeZone, span } = plan
  const from = since && since > span.first_on ? since : span.first_on
  const atDays = periodsBetween(periodOfDay(from, 'month'), periodOfDay(span.known_on, 'month'), 'month')
    .map((month) => addDays(daysOfPeriod(month, 'month').to_on, -1))
    .filter((day) => day >= from && day < span.known_on)
  atDays.push(span.known_on)
  const verdicts = await loadVerdicts(client, { communityId, timeZone, knownBy: span.known_by, atDays })
  await writeVerdicts(client, communityId, since ?? '0001-01-01', verdicts)
  return verdicts.length
}

const readState = async (client: PoolClient, communityId: string): Promise<State> => {
  const { rows } = await client.query<State>(
    'select known_by, rollups_version, results_version from community_state where community_id = $1',
    [communityId],
  )
  return rows[0] ?? { known_by: null, rollups_version: null, results_version: null }
}

const writeState = async (client: PoolClient, communityId: string, span: DataSpan | null, version: Version, now: Date) => {
  await client.query(
    `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision, rollups_version, results_version)
     values ($1, $2, $3, $4, 1, $5, $6)
     on conflict (community_id) do update set
       first_event_on = excluded.first_event_on,
       known_by = excluded.known_by,
       refreshed_at = excluded.refreshed_at,
       revision = community_state.revision + 1,
       rollups_version = excluded.rollups_version,
       results_version = excluded.results_version`,
    [communityId, span?.first_on ?? null, span?.known_by ?? null, now, version.rollups, version.results],
  )
}
