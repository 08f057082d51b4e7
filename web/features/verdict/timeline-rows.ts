/** The whole history of verdicts as what a timeline draws: segments of what stands, one mark a month, spans of a direction. Pure. */
import type { VerdictName } from '../../../shared/contract/verdict.ts'
import type { VerdictMoment } from '../../../shared/contract/verdict-history.ts'
import { formatPeriod, startSentence } from '../../../shared/format.ts'
import { periodsBetween } from '../../../shared/period.ts'
import type { Cell } from '../../ui/csv.ts'
import { sayStrength, sayVerdict, STRENGTH_WORDS, TRAJECTORY_WORDS, VERDICT_WORDS } from './verdict-words.ts'

/** One evaluation, as the history gives it. */
export type Evaluation = Omit<VerdictMoment, 'rules_version'>
export type Month = { period: string; evaluation: Evaluation | null }
/** Months from one place to another, both included, counted from 0. */
export type Segment<T> = { of: T; from: number; to: number }

export type Timeline = {
  months: Month[]
  /** Verdicts that some month reads as, in the order of their lanes. */
  lanes: VerdictName[]
  standing: Segment<VerdictName>[]
  directions: Segment<'declining' | 'growing'>[]
}

/** From what one hopes for to what cannot be told. */
const LANE_ORDER: Record<VerdictName, number> = {
  community: 0,
  mixed: 1,
  teaching_platform: 2,
  workgroup: 3,
  newsletter: 4,
  blog: 5,
  too_little_data: 6,
  dormant: 7,
}

const segmentsOf = <T>(months: Month[], of: (evaluation: Evaluation) => T | null): Segment<T>[] => {
  const segments: Segment<T>[] = []
  for (const [i, { evaluation }] of months.entries()) {
    const value = evaluation === null ? null : of(evaluation)
    const last = segments.at(-1)
    if (value === null) continue
    if (last !== undefined && last.of === value && last.to === i - 1) last.to = i
    else segments.push({ of: value, from: i, to: i })
  }
  return segments
}

/** Evaluations, oldest first, month by month; a month without one stays empty, so that time keeps its pace. */
export const buildTimeline = (evaluations: readonly Evaluation[]): Timeline => {
  const [first, last] = [evaluations[0], evaluations.at(-1)]
  if (first === undefined || last === undefined) return { months: [], lanes: [], standing: [], directions: [] }
  const byMonth = new Map(evaluations.map((evaluation) => [evaluation.at.slice(0, 7), evaluation]))
  const months = periodsBetween(first.at.slice(0, 7), last.at.slice(0, 7), 'month').map((period) => ({
    period,
    evaluation: byMonth.get(period) ?? null,
  }))
  return {
    months,
    lanes: [...new Set(evaluations.map((evaluation) => evaluation.verdict))].sort((a, b) => LANE_ORDER[a] - LANE_ORDER[b]),
    standing: segmentsOf(months, (evaluation) => evaluation.standing),
    directions: segmentsOf(months, ({ trajectory }) => (trajectory === 'declining' || trajectory === 'growing' ? trajectory : null)),
  }
}

/** Room for one letter of a label, in pixels. */
const LETTER = 7.5

/** Which segments have room for their label, and up to which month it may reach: the next one that is named. */
export const placeLabels = <T>(
  segments: readonly Segment<T>[],
  text: (of: T) => string,
  cell: number,
  count: number,
): { segment: Segment<T>; until: number }[] => {
  const placed: { segment: Segment<T>; until: number }[] = []
  // from the right: what came last is what one looks for, and a name left of it must end before it
  let free = count
  for (const segment of segments.toReversed()) {
    if ((free - segment.from) * cell < text(segment.of).length * LETTER + 8) continue
    placed.unshift({ segment, until: free - 1 })
    free = segment.from
  }
  return placed
}

/** Which months carry the name of their year: each January, as many as have room. */
export const nameYears = (months: readonly Month[], cell: number): { year: string; at: number }[] => {
  const starts = months.flatMap(({ period }, at) => (period.endsWith('-01') || at === 0 ? [{ year: period.slice(0, 4), at }] : []))
  const every = [1, 2, 5, 10].find((n) => n * 12 * cell >= 44) ?? 20
  const named = starts.filter(({ year }, i) => every === 1 || i === 0 || Number(year) % every === 0)
  // the first year may end before its name does
  return named.filter(({ at }, i) => i === named.length - 1 || ((named[i + 1]?.at ?? 0) - at) * cell >= 40)
}

const INTENTIONS = { as_intended: 'as intended', drifting: 'drifting', not_judged: 'not judged' } as const

/** A month in one sentence: what stood, what the month read as, how sure, and the direction. */
export const sayMonth = ({ period, evaluation }: Month): string => {
  const name = startSentence(formatPeriod(period))
  if (evaluation === null) return `${name}: not evaluated.`
  const when = evaluation.is_month_over ? name : `${name}, not over yet`
  const { standing, verdict, strength, support, trajectory, intention, is_month_over } = evaluation
  const sure = strength === null ? '' : ` (${sayStrength(strength, support)})`
  const [stood, read, month] = is_month_over ? ['stood', 'read', 'the month'] : ['stands', 'reads', 'the month so far']
  const stands =
    standing === null
      ? `${month} ${read} as ${sayVerdict(verdict)}${sure}; nothing ${stood} yet`
      : standing === verdict
        ? `${sayVerdict(standing)} ${stood}, and ${month} ${read} as that${sure}`
        : `${sayVerdict(standing)} ${stood}; ${month} ${read} as ${sayVerdict(verdict)}${sure}`
  const way = trajectory === 'unknown' ? '' : `; ${TRAJECTORY_WORDS[trajectory].word}`
  return `${when}: ${stands}${way}${intention === 'drifting' ? '; drifting from its charter' : ''}.`
}

/** What stood from when on, oldest first, for a sentence that can be followed without the drawing. */
export const sayChanges = ({ standing, months }: Timeline): string[] =>
  standing.map(({ of, from }, i) => {
    const start = formatPeriod(months[from]?.period ?? '')
    return `${sayVerdict(of)} ${i === standing.length - 1 ? 'since' : 'from'} ${start}`
  })

export const HISTORY_COLUMNS = ['Month', 'Stands', 'The month reads as', 'How sure', 'Direction', 'Intention'] as const
/** One row of the table behind the timeline, in the order of its columns. */
export const rowOfMonth = ({ period, evaluation }: Month): string[] =>
  evaluation === null
    ? [startSentence(formatPeriod(period)), '–', 'not evaluated', '–', '–', '–']
    : [
        `${startSentence(formatPeriod(period))}${evaluation.is_month_over ? '' : ', not over yet'}`,
        evaluation.standing === null ? 'nothing yet' : VERDICT_WORDS[evaluation.standing].word,
        VERDICT_WORDS[evaluation.verdict].word,
        sayStrength(evaluation.strength, evaluation.support),
        evaluation.trajectory === 'unknown' ? 'not known yet' : TRAJECTORY_WORDS[evaluation.trajectory].word,
        evaluation.intention === null ? 'no charter' : INTENTIONS[evaluation.intention],
      ]

/** The same for spreadsheets: values as they are, an empty cell for what is not known. */
export const csvOfTimeline = ({ months }: Timeline): Cell[][] => [
  ['month', 'as_of', 'unfinished', 'standing', 'verdict', 'support', 'strength', 'trajectory', 'intention', 'sentence'],
  ...months.map(({ period, evaluation: e }): Cell[] =>
    e === null
      ? [period, null, null, null, null, null, null, null, null, null]
      : [
          period,
          e.at,
          e.is_month_over ? 'no' : 'yes',
          e.standing,
          e.verdict,
          e.support,
          e.strength === null ? null : STRENGTH_WORDS[e.strength].word,
          e.trajectory,
          e.intention,
          e.sentence,
        ],
  ),
]
