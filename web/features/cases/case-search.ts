import { GRAINS, type Grain, grainOfLabel } from '../../../shared/period.ts'

/** One case, as its address holds it: an event by its source and id there, or a case of a list by its key. */
export type CaseSearch = {
  source?: string
  id?: string
  metric?: string
  category?: string
  period?: string
  key?: string
  grain?: Grain
}

const text = (value: unknown, most: number): string | undefined => {
  // an id of digits alone is read from the address as a number
  const read = typeof value === 'number' ? String(value) : value
  return typeof read === 'string' && read !== '' && read.length <= most ? read : undefined
}

/** Reads the address; what it cannot understand is as if it were not there. */
export const readCaseSearch = (search: Record<string, unknown>): CaseSearch => {
  const period = text(search.period, 10)
  const read: CaseSearch = {
    source: text(search.source, 200),
    id: text(search.id, 2000),
    metric: text(search.metric, 80),
    category: text(search.category, 80),
    period: period !== undefined && grainOfLabel(period) !== null ? period : undefined,
    key: text(search.key, 240),
    grain: GRAINS.find((grain) => grain === search.grain),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** Whether it names a case at all. */
export const namesCase = ({ source, id, metric, period, key }: CaseSearch): boolean =>
  (source !== undefined && id !== undefined) || (metric !== undefined && period !== undefined && key !== undefined)

/** The address of a row of a list; null where no single place and no period of the calendar names it. */
export const searchCase = (
  one: { key: string; source: string | null; id: string | null },
  list: { metric: string; category: string | null; period: string },
): CaseSearch | null => {
  const grain = grainOfLabel(list.period)
  if (one.source !== null && one.id !== null)
    return { source: one.source, id: one.id, ...(grain === null || grain === 'month' ? {} : { grain }) }
  if (grain === null) return null
  const { metric, category, period } = list
  return { metric, ...(category === null ? {} : { category }), period, key: one.key, ...(grain === 'month' ? {} : { grain }) }
}
