import { GRAINS, type Grain, grainOfLabel } from '../../../shared/period.ts'

const RANGES = ['3m', '12m', '24m', 'all'] as const
export type RangeName = (typeof RANGES)[number]
const COMPARISONS = ['previous', 'year'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** What every page of numbers keeps in its address. `from` and `to` are months and win over `range`. */
export type PeriodSearch = {
  range?: RangeName
  from?: string
  to?: string
  grain?: Grain
  compare?: Comparison
  /** Ids of the charts shown as tables, joined by dots. */
  tables?: string
}

export const oneOf = <T extends string>(names: readonly T[], value: unknown): T | undefined => names.find((name) => name === value)
export const monthOf = (value: unknown): string | undefined =>
  typeof value === 'string' && grainOfLabel(value) === 'month' && isMonth(value) ? value : undefined
const isMonth = (label: string) => Number(label.slice(5)) >= 1 && Number(label.slice(5)) <= 12 && Number(label.slice(0, 4)) >= 1

/** Without what is not there: an address holds only what differs from the usual. */
export const withoutAbsent = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T

/** Reads the address; what it cannot understand is as if it were not there. */
export const readPeriodSearch = (search: Record<string, unknown>): PeriodSearch => {
  const [from, to] = [monthOf(search.from), monthOf(search.to)]
  const hasSpan = from !== undefined && to !== undefined && from <= to
  return withoutAbsent({
    range: hasSpan ? undefined : oneOf(RANGES, search.range),
    from: hasSpan ? from : undefined,
    to: hasSpan ? to : undefined,
    grain: oneOf(GRAINS, search.grain),
    compare: oneOf(COMPARISONS, search.compare),
    tables: typeof search.tables === 'string' && /^[a-z0-9.-]+$/.test(search.tables) ? search.tables : undefined,
  })
}

/** What goes along from one page of numbers to the next: the periods, not what was opened on the page. */
export const keepPeriod = ({ range, from, to, grain, compare }: PeriodSearch): PeriodSearch =>
  withoutAbsent({ range, from, to, grain, compare })

export const listTables = (tables: string | undefined): string[] => (tables === undefined ? [] : tables.split('.'))

/** The list with one chart turned into a table, or back. */
export const toggleTable = (tables: string | undefined, id: string): string | undefined => {
  const shown = listTables(tables)
  const next = shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id]
  return next.length === 0 ? undefined : next.join('.')
}
