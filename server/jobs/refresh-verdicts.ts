import type { ClientBase } from 'pg'
import { addDays, daysOfPeriod, periodOfDay, periodsBetween } from '../../shared/period.ts'
import { writeVerdicts } from '../diagnosis/store-verdicts.ts'
import { loadVerdictsNow } from '../diagnosis/window.ts'
import type { RollupTable } from '../rollup/rollup-change.ts'
import type { Plan, Since } from './refresh-points.ts'

/** What a verdict as known at the end of a past day rests on, besides the events of the stale days. */
const PAST_TABLES: readonly RollupTable[] = ['contribution_then']

/** Judges every month end, and the last known day, from the first on that may have changed; all of them when `since` is null. */
export const refreshVerdicts = async (
  client: ClientBase,
  { communityId, timeZone, span }: Plan,
  since: (Since & { stale: readonly string[] }) | null,
): Promise<number> => {
  const changedOn =
    since && [since.known_on, ...since.stale, ...PAST_TABLES.flatMap((table) => [...(since.change.get(table) ?? [])])].sort()[0]
  const from = changedOn && changedOn > span.first_on ? changedOn : span.first_on
  const atDays = periodsBetween(periodOfDay(from, 'month'), periodOfDay(span.known_on, 'month'), 'month')
    .map((month) => addDays(daysOfPeriod(month, 'month').to_on, -1))
    .filter((day) => day >= from && day < span.known_on)
  atDays.push(span.known_on)
  const verdicts = await loadVerdictsNow(client, { communityId, timeZone, knownBy: span.known_by, atDays })
  await writeVerdicts(client, communityId, changedOn ?? '0001-01-01', verdicts)
  return verdicts.length
}
