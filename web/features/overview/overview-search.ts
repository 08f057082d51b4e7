import { GRAINS, type Grain, grainOfLabel } from '../../../shared/period.ts'
import { VERDICT_VIEWS, type VerdictView } from '../../../shared/verdict-views.ts'

const RANGES = ['3m', '12m', 'all'] as const
export type RangeName = (typeof RANGES)[number]
const COMPARISONS = ['previous', 'year'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** The whole state of the overview, as its address holds it. `from` and `to` are months and win over `range`. */
export type OverviewSearch = {
  range?: RangeName
  from?: string
  to?: string
  grain?: Grain
  compare?: Comparison
  /** The month whose verdict is open; absent for the latest. */
  at?: string
  /** Who counts, where that is another than as found: then all is a what-if. */
  view?: Exclude<VerdictView, 'as_found'>
  /** Ids of the charts shown as tables, joined by dots. */
  tables?: string
}

const OTHER_VIEWS = VERDICT_VIEWS.filter((view) => view !== 'as_found')
const oneOf = <T extends string>(names: readonly T[], value: unknown): T | undefined => names.find((name) => name === value)
const month = (value: unknown): string | undefined =>
  typeof value === 'string' && grainOfLabel(value) === 'month' && isMonth(value) ? value : undefined
const isMonth = (label: string) => Number(label.slice(5)) >= 1 && Number(label.slice(5)) <= 12 && Number(label.slice(0, 4)) >= 1

/** Reads the address; what it cannot understand is as if it were not there. */
export const readOverviewSearch = (search: Record<string, unknown>): OverviewSearch => {
  const [from, to] = [month(search.from), month(search.to)]
  const hasSpan = from !== undefined && to !== undefined && from <= to
  const read: OverviewSearch = {
    range: hasSpan ? undefined : oneOf(RANGES, search.range),
    from: hasSpan ? from : undefined,
    to: hasSpan ? to : undefined,
    grain: oneOf(GRAINS, search.grain),
    compare: oneOf(COMPARISONS, search.compare),
    at: month(search.at),
    view: oneOf(OTHER_VIEWS, search.view),
    tables: typeof search.tables === 'string' && /^[a-z0-9.-]+$/.test(search.tables) ? search.tables : undefined,
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

export const listTables = (tables: string | undefined): string[] => (tables === undefined ? [] : tables.split('.'))

/** The list with one chart turned into a table, or back. */
export const toggleTable = (tables: string | undefined, id: string): string | undefined => {
  const shown = listTables(tables)
  const next = shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id]
  return next.length === 0 ? undefined : next.join('.')
}
