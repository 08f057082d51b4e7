import type { Measured } from '../../../shared/contract/metric.ts'
import type { ReportFigure } from '../../../shared/contract/value-report.ts'
import { formatCount, formatPercent, formatPercentInterval, MIN_CASES_FOR_INTERVAL, MIN_CASES_FOR_PERCENT } from '../../../shared/format.ts'
import { formatMeasured, type Unit } from '../../../shared/unit.ts'
import { isSmallCount } from '../cases.ts'
import type { NoteKey } from './footnotes.ts'
import { SMALL_GROUP, sayReason } from './say-reason.ts'

const NOT_FOUND = 'This version does not measure it.'
const NOTHING = 'Nothing happened that would show it.'

export type FigureWanted = {
  /** The series of the metric. */
  key: string
  unit: Unit
  label: string
  note: NoteKey | null
  /** What is counted is people, so that few of them are not told. */
  is_of_people?: boolean
  /** What is counted is what people asked: of one to four questions at most so many asked. */
  is_of_questions?: boolean
}

/** 4 of 7; 12 of 20 (39–78 %); 43 of 45 (96 %, 85–99 %); 86 % of 42 (72–93 %). Null where there is no such share. */
export const sayShareInFull = ({ value, numerator, denominator, low, high }: Measured): string | null => {
  if (numerator === null || denominator === null) {
    if (value === null) return null
    // an estimate: not everybody could be followed to the end
    const of = denominator === null ? '' : ` of ${formatCount(denominator)}`
    return `${formatPercent(value)}${of}${low === null || high === null ? '' : ` (${formatPercentInterval(low, high)})`}`
  }
  if (denominator === 0) return null
  const count = `${formatCount(numerator)} of ${formatCount(denominator)}`
  if (denominator < MIN_CASES_FOR_INTERVAL || low === null || high === null) return count
  const range = formatPercentInterval(low, high)
  if (denominator < MIN_CASES_FOR_PERCENT) return `${count} (${range})`
  return `${count} (${formatPercent(value ?? numerator / denominator, denominator)}, ${range})`
}

/** The same inside a sentence: without its interval. */
export const sayShareShort = ({ value, numerator, denominator }: Measured): string => {
  if (numerator === null || denominator === null) return value === null ? '' : formatPercent(value)
  const count = `${formatCount(numerator)} of ${formatCount(denominator)}`
  return denominator < MIN_CASES_FOR_PERCENT ? count : `${count} (${formatPercent(value ?? numerator / denominator, denominator)})`
}

const SHOWN: ReadonlySet<Measured['status']> = new Set<Measured['status']>(['ok', 'count_only', 'bulk_step'])

const UNTOLD: ReadonlySet<Measured['status']> = new Set<Measured['status']>(['not_available', 'not_applicable'])

/** Whether there is a number that may be read. */
export const isShown = (found: Measured | undefined): found is Measured => found !== undefined && SHOWN.has(found.status)

/** It would speak of one to four people, or of all but so few. An estimated share of a group counts as the people it comes to. */
export const isOfFew = ({ value, numerator, denominator }: Measured): boolean => {
  if (denominator === null) return value !== null && isSmallCount(value)
  const count = numerator ?? Math.round((value ?? 0) * denominator)
  return [count, denominator, denominator - count].some(isSmallCount)
}

/** A figure of the report from what was found: its value as it may be read, or why there is none. Never both, never neither. */
export const makeFigure = (
  { key, unit, label, note, is_of_people: isOfPeople = false, is_of_questions: isOfQuestions = false }: FigureWanted,
  found: Measured | undefined,
  span: { label: string; when: string } | null,
): ReportFigure => {
  const isHidden = isShown(found) && ((isOfPeople && isOfFew(found)) || (isOfQuestions && isSmallCount(found.denominator ?? 0)))
  const isTold = isShown(found) && !isHidden
  const value = !isTold ? null : unit === 'share' ? sayShareInFull(found) : formatMeasured(found, unit)
  const why = isHidden ? SMALL_GROUP : found === undefined ? NOT_FOUND : (found.reason ?? NOTHING)
  return {
    id: key,
    label,
    value,
    reason: value === null ? sayReason(why) : null,
    metric: key,
    period: span?.label ?? null,
    when: value === null ? null : (span?.when ?? null),
    numerator: value === null || found === undefined ? null : found.numerator,
    denominator: value === null || found === undefined ? null : found.denominator,
    // how it would be computed is no matter where nobody tells it
    note: value === null && (found === undefined || UNTOLD.has(found.status)) ? null : note,
  }
}

/** Figures that lack their value for one reason stand together: it is read once. */
export const joinUnmeasured = (figures: readonly ReportFigure[]): ReportFigure[] => {
  const groups = Map.groupBy(figures, ({ id, reason }) => reason ?? id)
  return [...groups.values()].map((group): ReportFigure => {
    const [first] = group as [ReportFigure]
    if (group.length === 1) return first
    const labels = group.map(({ label }, i) => (i === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)))
    return { ...first, label: labels.join('; ') }
  })
}
