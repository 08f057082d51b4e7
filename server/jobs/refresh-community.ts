import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { CAPABILITIES } from '../../shared/contract/metric.ts'
import { judgedBy } from '../diagnosis/judged-by.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { metrics } from '../metrics/catalogue.ts'
import type { MeasureContext } from '../metrics/metric.ts'
import { type DataSpan, localDay, readDataSpan } from '../rollup/data-span.ts'
import { isRebuildQuicker } from '../rollup/is-rebuild-quicker.ts'
import { refreshRollups, rollupStatements } from '../rollup/refresh-rollups.ts'
import type { RollupChange } from '../rollup/rollup-change.ts'
import { clearStaleMarks, readStaleMarks } from '../rollup/stale-days.ts'
import type { Database } from '../store/connection.ts'
import { facilitatorsVersion } from '../store/facilitators.ts'
import { refreshCourse } from './refresh-course.ts'
import { type Plan, refreshPoints, type Since } from './refresh-points.ts'
import { refreshVerdicts } from './refresh-verdicts.ts'

/** From here on a refresh changes so much of the rollups that their old statistics mislead the planner. */
const MANY_STALE_DAYS = 30

export type RefreshResult = {
  is_rebuild: boolean
  stale_days: number
  /** Periods of which something was measured again, verdicts given again. */
  periods: number
  verdicts: number
  known_by: string | null
  /** Where the time went, by the clock given. */
  seconds: { rollups: number; points: number; verdicts: number }
}
type RefreshOptions = {
  now: Date
  /** Everything from the events, whatever is there. */
  rebuild?: boolean
  /** Milliseconds of a steady clock. */
  clock?: () => number
}
type State = { first_event_on: string | null; known_by: Date | null; rollups_version: string | null; results_version: string | null }

/**
 * Brings everything shown of a community up to date with its events: rollups of stale days, points of the periods they
 * change, verdicts from the first changed day on. One transaction, one at a time per community; killed in the middle,
 * the stale marks are still there. A rebuild from nothing gives the same rows.
 */
export const refreshCommunity = async (db: Database, communityId: string, options: RefreshOptions): Promise<RefreshResult | null> => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    // transaction-bound, so that a transaction pooler in front keeps it honest
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`refresh ${communityId}`])
    const result = await refresh(client, communityId, options)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const refresh = async (
  client: PoolClient,
  communityId: string,
  { now, rebuild = false, clock = () => performance.now() }: RefreshOptions,
): Promise<RefreshResult | null> => {
  const { rows } = await client.query<{ time_zone: string }>('select time_zone from community where community_id = $1', [communityId])
  const timeZone = rows[0]?.time_zone
  if (timeZone === undefined) return null
  const timer = startTimer(clock)
  const marks = await readStaleMarks(client, communityId)
  const state = await readState(client, communityId)
  const rollupsVersion = hash([rollupStatements, timeZone])
  const isRebuild =
    rebuild ||
    state.known_by === null ||
    state.rollups_version !== rollupsVersion ||
    (await isRebuildQuicker(client, { communityId, timeZone, marks }))
  const span = await readDataSpan(client, communityId, timeZone, now)

  const change = await refreshRollups(client, { communityId, timeZone, marks: isRebuild ? null : marks })
  // a rollup just filled has no statistics, and without them the plans below take minutes instead of seconds
  if (isRebuild || marks.length > MANY_STALE_DAYS) await client.query(`analyze ${ROLLUPS.join(', ')}`)
  await clearStaleMarks(client, communityId, marks)
  const context = await loadContext(client, communityId)
  const version: Version = {
    rollups: rollupsVersion,
    points: await versionOfPoints(client, communityId, context),
    rules: await judgedBy(client, communityId),
  }
  const result = { is_rebuild: isRebuild, stale_days: marks.length }
  const rollups = timer()
  if (span === null) {
    for (const table of ['period_result', 'period_due', 'verdict_result'])
      await client.query(`delete from ${table} where community_id = $1`, [communityId])
    await writeState(client, communityId, null, version, now)
    return { ...result, periods: 0, verdicts: 0, known_by: null, seconds: { rollups, points: 0, verdicts: 0 } }
  }

  const plan: Plan = { communityId, timeZone, span, context }
  const [pointsBefore, rulesBefore] = state.results_version?.split(' ') ?? []
  const since = !isRebuild && pointsBefore === version.points ? await readSince(client, plan, state, change) : null
  const periods = await refreshPoints(client, plan, since)
  const points = timer()
  const stale = marks.map((mark) => mark.day_on)
  // by other rules the whole history is judged anew, from what is measured already
  const count = await refreshVerdicts(client, plan, rulesBefore === version.rules ? since && { ...since, stale } : null)
  await refreshCourse(client, plan)
  await writeState(client, communityId, span, version, now)
  const seconds = { rollups, points, verdicts: timer() }
  return { ...result, periods, verdicts: count, known_by: span.known_by.toISOString(), seconds }
}

/** Seconds since it was asked last. */
const startTimer = (clock: () => number) => {
  let before = clock()
  return () => {
    const passed = clock() - before
    before += passed
    return passed / 1000
  }
}

/** What the results there were made of; null where they are nothing to build on: time runs backwards when the newest events are replaced. */
const readSince = async (client: PoolClient, plan: Plan, state: State, change: RollupChange): Promise<Since | null> => {
  const { known_by, first_event_on } = state
  if (known_by === null || first_event_on === null || known_by > plan.span.known_by) return null
  const known_on = await localDay(client, new Date(known_by.getTime() - 1), plan.timeZone)
  return { first_on: first_event_on, known_on, known_by, change }
}

/** Tables whose statistics a rebuild makes anew. */
const ROLLUPS = [
  'contribution',
  'acceptance',
  'help_episode',
  'help_edge',
  'contribution_day',
  'person_day',
  'host_day',
  'activity_day',
  'event_day',
  'membership_spell',
  'presence',
  'person',
  'membership_day',
  'first_start',
  'observation',
  'benefit_day',
]

/** `points` and `rules` are stored as one text, with a space between them. */
type Version = { rollups: string; points: string; rules: string }
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** Besides the program, what points depend on that no event tells: each gives a text that changes with it. */
const POINT_VERSIONS: ((client: PoolClient, communityId: string) => Promise<string>)[] = [facilitatorsVersion]

/** Everything besides rollups that points, and with them the verdicts, depend on: measures, what the sources can tell. */
const versionOfPoints = async (client: PoolClient, communityId: string, context: MeasureContext): Promise<string> => {
  const told = CAPABILITIES.map((capability) => context.canTell(capability))
  const others: string[] = []
  for (const version of POINT_VERSIONS) others.push(await version(client, communityId))
  return hash([
    metrics.map((m) => [m.id, m.explanation, m.reading.sql, m.reading.now?.sql]),
    told,
    context.sourceNames,
    context.threads,
    others,
  ])
}

const readState = async (client: PoolClient, communityId: string): Promise<State> => {
  const { rows } = await client.query<State>(
    'select first_event_on, known_by, rollups_version, results_version from community_state where community_id = $1',
    [communityId],
  )
  return rows[0] ?? { first_event_on: null, known_by: null, rollups_version: null, results_version: null }
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
    [communityId, span?.first_on ?? null, span?.known_by ?? null, now, version.rollups, `${version.points} ${version.rules}`],
  )
}
