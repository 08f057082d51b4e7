import type { Cost, CostInput } from '../../../shared/contract/cost.ts'
import { formatMoney } from '../../../shared/currencies.ts'
import { formatDay, formatDecimal, NO_BREAK } from '../../../shared/format.ts'

type Amounts = Pick<CostInput, 'hours_per_month' | 'hourly_rate' | 'other_per_month' | 'currency'>

/** €2,720 a month; nothing. */
export const sayPerMonth = ({ hours_per_month, hourly_rate, other_per_month, currency }: Amounts): string => {
  const amount = hours_per_month * hourly_rate + other_per_month
  return amount === 0 ? 'nothing' : `${formatMoney(amount, currency)} a month`
}

/** What the sum is made of: 40 hours at €65, and €120 for tools and the like. */
export const sayParts = ({ hours_per_month, hourly_rate, other_per_month, currency }: Amounts): string => {
  const hours = `${formatDecimal(hours_per_month, 2)}${NO_BREAK}${hours_per_month === 1 ? 'hour' : 'hours'} at ${formatMoney(hourly_rate, currency)}`
  return other_per_month === 0 ? hours : `${hours}, and ${formatMoney(other_per_month, currency)} for tools and the like`
}

/** The days for which it holds: since 1 January 2026; 1 January to 30 June 2026; from 1 January 2027 on. */
export const sayHolds = ({ from_on, until_on }: Pick<Cost, 'from_on' | 'until_on'>, today: string): string => {
  if (until_on !== null) return `${formatDay(from_on)} to ${formatDay(until_on)}`
  return from_on > today ? `from ${formatDay(from_on)} on` : `since ${formatDay(from_on)}`
}
