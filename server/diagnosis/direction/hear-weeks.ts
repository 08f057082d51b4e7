import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import { findSpikes } from './find-spikes.ts'
import type { WeeklySeries } from './weekly-series.ts'

/** One closed week as it is stored. Null counts are of weeks in which the metric was withheld. */
export type StoredWeek = {
  from_on: string
  joins: number
  leavers: number
  /** Members when the week began. */
  members: number
  active_people: number | null
  questions: number
  answered: number
  /** An import or a purge, no movement of people. */
  is_joins_step: boolean
  is_leavers_step: boolean
  /** Events of any type, by anyone. */
  event_count: number
  /** A source is known to have been whole through the end of it. */
  is_known_whole: boolean
}

/** Why nothing is known of a week. */
export type Silence = 'not_yet' | 'feed' | 'not_told' | 'step' | 'spike' | 'withheld' | 'no_members'

/** The local day from which on some source tells what a series counts; null where none does. */
export type HeardFrom = (id: DirectionSeries['id']) => string | null
export type HeardSeries = WeeklySeries & { silences: readonly (Silence | null)[] }

/** A busy feed does not fall silent by chance: weeks without any event, where so many would be usual in them, are taken for a cut (our judgement: even at four times the variance of pure chance that is one week in thousands). */
export const CUT_EXPECTED = 20
/** The same for joins, while other events go on: the source has stopped telling them. */
export const NOT_TOLD_EXPECTED = 12
/** What is usual is taken from so many weeks before. */
const USUAL_WEEKS = 8

/**
 * The weekly series that the sources tell of, each with what is known of every week. `answered` is dated a week late: whether a
 * question is answered within seven days is known seven days later.
 */
export const hearWeeks = (
  weeks: readonly StoredWeek[],
  { heardFrom, isHoliday }: { heardFrom: HeardFrom; isHoliday: readonly boolean[] },
): HeardSeries[] => {
  const isCut = cutWeeks(weeks)
  const isNotTold = runsOfNothing(
    weeks.map((week) => week.joins),
    isCut,
    NOT_TOLD_EXPECTED,
  )
  const hear = (id: DirectionSeries['id'], counts: (number | null)[], silences: (Silence | null)[], exposures: number[]): HeardSeries => {
    const from = heardFrom(id) ?? ''
    // who leaves may be nobody for years; of the others, what was never told before its first is not taken for none
    const first = id === 'leavers' ? 0 : counts.findIndex((count) => count !== 0)
    const isHeard = (i: number) => first !== -1 && i >= first && (weeks[i] as StoredWeek).from_on >= from
    const known = counts.map((count, i): Silence | null => {
      if (!isHeard(i)) return 'not_yet'
      return isCut[i] ? 'feed' : (silences[i] ?? (count === null ? 'withheld' : null))
    })
    // many who leave in one week are news themselves
    const isSpike =
      id === 'leavers'
        ? []
        : findSpikes(
            counts.map((count) => count ?? 0),
            (i) => known[i] === null,
          )
    const all = known.map((silence, i) => (isSpike[i] ? 'spike' : silence))
    return {
      id,
      worse: id === 'leavers' ? 1 : -1,
      counts: counts.map((count, i) => (all[i] === null ? (count ?? 0) : 0)),
      exposures: exposures.map((exposure, i) => (all[i] === null ? exposure : 0)),
      silences: all,
      is_holiday: isHoliday,
    }
  }
  const none = weeks.map(() => null)
  const ones = weeks.map(() => 1)
  const steps = (isStep: (week: StoredWeek) => boolean) => weeks.map((week): Silence | null => (isStep(week) ? 'step' : null))
  const made: Record<DirectionSeries['id'], () => HeardSeries> = {
    joins: () =>
      hear(
        'joins',
        weeks.map((week) => week.joins),
        steps((week) => week.is_joins_step).map((step, i) => step ?? (isNotTold[i] ? 'not_told' : null)),
        ones,
      ),
    'active-people': () =>
      hear(
        'active-people',
        weeks.map((week) => week.active_people),
        none,
        ones,
      ),
    questions: () =>
      hear(
        'questions',
        weeks.map((week) => week.questions),
        none,
        ones,
      ),
    answered: () =>
      aWeekLate(
        hear(
          'answered',
          weeks.map((week) => week.answered),
          none,
          ones,
        ),
        isCut,
      ),
    leavers: () =>
      hear(
        'leavers',
        weeks.map((week) => week.leavers),
        steps((week) => week.is_leavers_step).map((step, i) => step ?? ((weeks[i] as StoredWeek).members > 0 ? null : 'no_members')),
        weeks.map((week) => week.members),
      ),
  }
  return (Object.keys(made) as DirectionSeries['id'][]).filter((id) => heardFrom(id) !== null).map((id) => made[id]())
}

/** Answers to the questions of a week may come in the next: where that was cut, nothing is known of either. */
const aWeekLate = (series: HeardSeries, isCut: readonly boolean[]): HeardSeries => {
  const late = <T>(values: readonly T[], before: T) => (values.length === 0 ? [] : [before, ...values.slice(0, -1)])
  const exposures = late(series.exposures, 0).map((exposure, i) => (isCut[i] ? 0 : exposure))
  return {
    ...series,
    counts: late(series.counts, 0).map((count, i) => ((exposures[i] as number) > 0 ? count : 0)),
    exposures,
    is_holiday: late(series.is_holiday, false),
    silences: late<Silence | null>(series.silences, null).map((silence, i) => (isCut[i] ? 'feed' : silence)),
  }
}

/** Weeks in which the feed was cut, with the two on either side: it need not have been cut at a midnight from Sunday to Monday. */
export const cutWeeks = (weeks: readonly StoredWeek[]): boolean[] => {
  const isWhole = weeks.map((week) => week.is_known_whole)
  const isSilent = runsOfNothing(
    weeks.map((week) => week.event_count),
    isWhole,
    CUT_EXPECTED,
  )
  return weeks.map((_, i) => !isWhole[i] && Boolean(isSilent[i] || isSilent[i - 1] || isSilent[i + 1]))
}

/** Weeks in runs of nothing, where what is usual before each run would make so many of it. Weeks passed over belong to no run, and say nothing of what is usual. */
const runsOfNothing = (counts: readonly number[], isPassedOver: readonly boolean[], expected: number): boolean[] => {
  const isNothing = counts.map(() => false)
  let run: number[] = []
  let usual: number[] = []
  const close = () => {
    const mean = usual.reduce((sum, count) => sum + count, 0) / Math.max(1, usual.length)
    if (mean * run.length >= expected) for (const week of run) isNothing[week] = true
    else usual = [...usual, ...run.map(() => 0)].slice(-USUAL_WEEKS)
    run = []
  }
  counts.forEach((count, week) => {
    if (isPassedOver[week]) return
    if (count === 0) run.push(week)
    else {
      if (run.length > 0) close()
      usual = [...usual, count].slice(-USUAL_WEEKS)
    }
  })
  close()
  return isNothing
}
