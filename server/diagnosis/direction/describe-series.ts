import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import { countOf, formatDecimal } from '../../../shared/format.ts'
import { changeOfRate } from './change-of-rate.ts'
import type { Change, Named } from './detect.ts'
import type { HeardSeries, Silence } from './hear-weeks.ts'
import { NAMED_Z, RECOVERED_RATIO } from './limits.ts'
import { type CannotJudge, type Judged, type Reading, scoreOf, slowScore } from './read-series.ts'

/** What stands at the end of a week, given by its index. */
export type AtWeek = { week: number; worse: Change | null; better: Change | null }

/** One series at the end of a week: named in what stands, against the level before that; else against its own past. */
export const describeSeries = (
  series: HeardSeries,
  i: number,
  { week, worse, better }: AtWeek,
  readings: { worse: Reading | undefined; better: Reading | undefined },
): DirectionSeries => {
  const named = worse?.named.get(i) ?? (worse ? undefined : better?.named.get(i))
  if (named) return describeNamed(series, named, week)
  const bad = series.worse
  const good = bad < 0 ? 1 : -1
  if (readings.worse && scoreOf(readings.worse, bad) >= NAMED_Z) return describeJudged(series.id, strongest(readings.worse, bad), 'down')
  if (readings.better && scoreOf(readings.better, good) >= NAMED_Z) return describeJudged(series.id, strongest(readings.better, good), 'up')
  const judged = readings.worse?.fast ?? readings.worse?.slow
  if (judged) return describeJudged(series.id, judged, 'level')
  const reason = sayWhyNot(readings.worse?.cannot ?? null, series, week)
  return { id: series.id, state: 'cannot_judge', ratio: null, z: null, observed: null, expected: null, weeks: null, reason }
}

const strongest = ({ fast, slow }: Reading, direction: -1 | 1): Judged =>
  (slow && (!fast || slowScore(slow, direction) > direction * fast.z) ? slow : fast) as Judged

const describeJudged = (id: DirectionSeries['id'], judged: Judged, state: DirectionSeries['state']): DirectionSeries => ({
  id,
  state,
  ratio: rounded(judged.ratio),
  z: rounded(judged.z),
  observed: judged.observed,
  expected: rounded(judged.expected),
  weeks: judged.weeks,
  reason: null,
})

/** The last weeks against the rate before the change, which stays what it was when the change was noticed. */
const describeNamed = (
  { id, worse, counts, exposures }: HeardSeries,
  { rate, direction, judged }: Named,
  week: number,
): DirectionSeries => {
  let observed = 0
  let exposure = 0
  for (let i = Math.max(0, week - judged.weeks + 1); i <= week; i++) {
    observed += counts[i] as number
    exposure += exposures[i] as number
  }
  const expected = rate * exposure
  const ratio = expected === 0 ? null : observed / expected
  const z = changeOfRate({ observed, exposure, before: judged.before, exposure_before: judged.exposure_before }, judged.dispersion)
  const isOff = ratio === null || (direction < 0 ? ratio < RECOVERED_RATIO : ratio > 1 / RECOVERED_RATIO)
  const state = exposure === 0 ? 'cannot_judge' : isOff ? (direction === worse ? 'down' : 'up') : 'level'
  return {
    id,
    state,
    ratio: rounded(ratio),
    z: rounded(z),
    observed,
    expected: rounded(expected),
    weeks: judged.weeks,
    reason: exposure === 0 ? 'Nothing is known of the last weeks.' : null,
  }
}

/** Enough digits for anyone, and the same text whoever computes it; what has no bound is not a number to show. */
const rounded = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : Number(value.toFixed(4)))

const SILENCES: Record<Silence, string> = {
  not_yet: 'nothing was told before',
  feed: 'the feed was silent',
  not_told: 'none at all were told of where many would be usual, so the source seems to have stopped telling them',
  step: 'an import or a purge lies in them',
  spike: 'one week had many times what is usual, and is left out',
  withheld: 'too much is anonymous to count people',
  no_members: 'it had no members',
}

const sayNeverHeard = (silence: Silence): string =>
  silence === 'not_yet' ? 'None has been told yet.' : `It cannot be judged: ${SILENCES[silence]}.`

const sayWhyNot = (cannot: CannotJudge | null, series: HeardSeries, week: number): string => {
  if (cannot === null || cannot.why === 'short') {
    if (!series.exposures.slice(0, week + 1).some((exposure) => exposure > 0)) return sayNeverHeard(series.silences[week] ?? 'not_yet')
    return cannot === null ? 'It cannot be judged.' : `It takes ${countOf(cannot.asked, 'week')} of history; there are ${cannot.history}.`
  }
  if (cannot.why === 'small')
    return `Too few to judge: about ${formatDecimal(cannot.expected)} would be usual in ${countOf(cannot.weeks, 'week')}.`
  const last = series.silences.slice(Math.max(0, week - cannot.weeks + 1), week + 1)
  const why = last.findLast((silence) => silence !== null)
  return `Only ${cannot.heard} of the last ${countOf(cannot.weeks, 'week')} can be judged: ${why ? SILENCES[why] : 'the others are holidays, or too little is known before them'}.`
}
