import { CASE_PARTS, type CasePart } from '../../../shared/case-parts.ts'
import { grainOfLabel, isSpanLabel } from '../../../shared/period.ts'

/** The whole state of a page of cases, as its address holds it. */
export type CasesSearch = {
  metric?: string
  period?: string
  category?: string
  part?: CasePart
  /** Where the page begins, as the page before said, and the number of its first case. */
  after?: string
  first?: number
}

const word = (value: unknown): string | undefined => (typeof value === 'string' && /^[a-z0-9-]{1,80}$/.test(value) ? value : undefined)

/** Reads the address; what it cannot understand is as if it were not there. */
export const readCasesSearch = (search: Record<string, unknown>): CasesSearch => {
  const first = Number(search.first)
  const after = typeof search.after === 'string' && search.after !== '' ? search.after : undefined
  const read: CasesSearch = {
    metric: word(search.metric),
    period:
      typeof search.period === 'string' && (grainOfLabel(search.period) !== null || isSpanLabel(search.period)) ? search.period : undefined,
    category: word(search.category),
    part: CASE_PARTS.find((part) => part === search.part),
    after,
    first: after !== undefined && Number.isInteger(first) && first > 1 ? first : undefined,
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** The address of the cases of one point; `key` is the metric, or metric:category. */
export const searchCases = (key: string, period: string): CasesSearch => {
  const [metric = '', category] = key.split(':')
  return category === undefined ? { metric, period } : { metric, period, category }
}
