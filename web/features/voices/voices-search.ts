import { VOICES_OF, type VoicesOf } from '../../../shared/contract/voices.ts'
import { oneOf, type PeriodSearch, readPeriodSearch, withoutAbsent } from '../period/period-search.ts'

/** What the page of voices keeps in its address: the periods, and what is shared out; contributions unless said otherwise. */
export type VoicesSearch = PeriodSearch & { of?: VoicesOf }

/** Reads the address; what it cannot understand is as if it were not there. */
export const readVoicesSearch = (search: Record<string, unknown>): VoicesSearch => {
  const of = oneOf(VOICES_OF, search.of)
  return withoutAbsent({ ...readPeriodSearch(search), of: of === 'contributions' ? undefined : of }) as VoicesSearch
}
