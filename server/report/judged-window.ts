import type { Pool } from 'pg'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { addDays } from '../../shared/period.ts'
import type { VerdictView } from '../../shared/verdict-views.ts'
import { readLatestVerdict } from '../diagnosis/store-verdicts.ts'
import { loadVerdictView } from '../diagnosis/window.ts'
import type { CasePeriod } from '../metrics/cases/read-cases.ts'
import { localDay, readDataSpan } from '../rollup/data-span.ts'
import { BadRange } from './bad-range.ts'
import { buildVerdict, type ReportedCommunity } from './health-report.ts'

/** A verdict in one view, and what it was known by: all that is needed to count again. */
export type JudgedWindow = {
  community: ReportedCommunity
  view: VerdictView
  verdict: Verdict
  /** Nothing at or after it is used. */
  known_by: Date
}

export type WindowQuery = { at?: string | undefined; as_of?: Date | undefined; view: VerdictView }

/**
 * The verdict of a day (the last known one when none is given) in a view, with what it was known by. The stored one where that
 * is it; another view is judged on the spot and never stored. Null while nothing is known; BadRange for a day that has not come.
 */
export const readJudgedWindow = async (
  pool: Pool,
  community: ReportedCommunity,
  { at, as_of, view }: WindowQuery,
  now: Date,
): Promise<JudgedWindow | null> => {
  const latest = as_of === undefined ? await readLatestVerdict(pool, community.community_id) : null
  const state = latest && (at === undefined || at === latest.at) ? await readKnownBy(pool, community.community_id) : null
  if (latest && state && view === 'as_found') return { community, view, verdict: latest, known_by: state }
  if (view === 'as_found') {
    const verdict = await buildVerdict(pool, community, { ...(at === undefined ? {} : { at }), ...(as_of && { as_of }) }, now)
    return verdict && { community, view, verdict, known_by: as_of ?? now }
  }
  const span = as_of && (await readDataSpan(pool, community.community_id, community.time_zone, as_of))
  const reach = span && new Date(Math.min(span.known_by.getTime(), (as_of as Date).getTime()))
  const day = at ?? latest?.at ?? (reach && (await localDay(pool, new Date(reach.getTime() - 1), community.time_zone)))
  if (!day) return null
  const today = await localDay(pool, now, community.time_zone)
  if (day > today) throw new BadRange(`${day} has not come yet where the community lives (today is ${today}).`)
  const known_by = state ?? (at === undefined ? reach : as_of) ?? now
  const { verdict } = await loadVerdictView(pool, {
    communityId: community.community_id,
    timeZone: community.time_zone,
    knownBy: known_by,
    at: day,
    view,
  })
  return { community, view, verdict, known_by }
}

const readKnownBy = async (pool: Pool, communityId: string): Promise<Date | null> => {
  const { rows } = await pool.query<{ known_by: Date | null }>('select known_by from community_state where community_id = $1', [
    communityId,
  ])
  return rows[0]?.known_by ?? null
}

/** The window as a period of which contributions are read as known at its end. */
export const periodOf = ({ community, verdict, known_by }: JudgedWindow): CasePeriod => ({
  communityId: community.community_id,
  timeZone: community.time_zone,
  knownBy: known_by,
  from_on: verdict.window.from,
  to_on: addDays(verdict.window.to, 1),
  is_as_known_then: true,
})
