import { useNavigate, useSearch } from '@tanstack/react-router'
import { listTables, type PeriodSearch, toggleTable } from './period-search.ts'

/** The periods of whatever page of numbers is open, and how to change them. Every choice goes to the address. */
export const usePeriodSearch = (): { search: PeriodSearch; change: (next: Partial<PeriodSearch>) => void } => {
  const search = useSearch({ strict: false }) as PeriodSearch
  const navigate = useNavigate()
  const change = (next: Partial<PeriodSearch>) =>
    void navigate({ to: '.', search: ((now: PeriodSearch) => ({ ...now, ...next })) as never, resetScroll: false, replace: true })
  return { search, change }
}

/** Whether the chart of this id is shown as a table, and how to turn it. */
export const useShownAsTable = (id: string): { isTable: boolean; onToggleTable: () => void } => {
  const { search, change } = usePeriodSearch()
  return { isTable: listTables(search.tables).includes(id), onToggleTable: () => change({ tables: toggleTable(search.tables, id) }) }
}
