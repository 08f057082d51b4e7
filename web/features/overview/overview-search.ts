import { CHANGE_GRAINS } from '../../../shared/contract/changes.ts'
import { VERDICT_VIEWS, type VerdictView } from '../../../shared/verdict-views.ts'
import { monthOf, oneOf, type PeriodSearch, readPeriodSearch, withoutAbsent } from '../period/period-search.ts'

/** The whole state of the overview, as its address holds it. */
export type OverviewSearch = PeriodSearch & {
  /** The month whose verdict is open; absent for the latest. */
  at?: string
  /** Who counts, where that is another than as found: then all is a what-if. */
  view?: Exclude<VerdictView, 'as_found'>
  /** Whether what changed is told by month or by week, where somebody chose. */
  changes?: (typeof CHANGE_GRAINS)[number]
}

const OTHER_VIEWS = VERDICT_VIEWS.filter((view) => view !== 'as_found')

/** Reads the address; what it cannot understand is as if it were not there. */
export const readOverviewSearch = (search: Record<string, unknown>): OverviewSearch =>
  withoutAbsent({
    ...readPeriodSearch(search),
    at: monthOf(search.at),
    view: oneOf(OTHER_VIEWS, search.view),
    changes: oneOf(CHANGE_GRAINS, search.changes),
  })
