import { addDays, type DayRange, daysBetween, daysOfPeriod, periodOfDay, periodsBetween } from '../../../shared/period.ts'

/** What a community costs from a local day on, until the next statement. */
export type CostStatement = {
  from_on: string
  hours_per_month: number
  hourly_rate: number
  other_per_month: number
  currency: string
}

/** Days on which one currency was in force, and what they cost together. */
export type CurrencyCost = DayRange & { currency: string; amount: number }

export type ProratedCost = {
  /** In the order of their days; a currency that came back stands twice. Empty where no statement covers any of the days. */
  stretches: CurrencyCost[]
  /** What an hour costs, the mean over the days; null unless all days have one currency. */
  mean_rate: number | null
  /** Whether an hour costs the same on all days. */
  is_rate_steady: boolean
}

export const costPerMonth = ({ hours_per_month, hourly_rate, other_per_month }: Omit<CostStatement, 'from_on' | 'currency'>): number =>
  hours_per_month * hourly_rate + other_per_month

/** The statement in force on each stretch of the days, in order: of those that have begun, the one that began last. */
const inForce = (costs: readonly CostStatement[], { from_on, to_on }: DayRange): (DayRange & { cost: CostStatement })[] => {
  const ordered = costs.toSorted((a, b) => (a.from_on < b.from_on ? -1 : a.from_on > b.from_on ? 1 : 0))
  return ordered.flatMap((cost, i) => {
    const begins = cost.from_on > from_on ? cost.from_on : from_on
    const next = ordered[i + 1]?.from_on ?? to_on
    const ends = next < to_on ? next : to_on
    return begins < ends ? [{ from_on: begins, to_on: ends, cost }] : []
  })
}

/** The part of a monthly amount that falls on these days: each day of a month bears the same, so that a whole month bears it all. */
const prorate = (monthly: number, { from_on, to_on }: DayRange): number =>
  periodsBetween(periodOfDay(from_on, 'month'), periodOfDay(addDays(to_on, -1), 'month'), 'month')
    .map((label) => {
      const month = daysOfPeriod(label, 'month')
      const begins = month.from_on > from_on ? month.from_on : from_on
      const ends = month.to_on < to_on ? month.to_on : to_on
      return (monthly * daysBetween(begins, ends)) / daysBetween(month.from_on, month.to_on)
    })
    .reduce((sum, part) => sum + part, 0)

/** What these local days cost. Days before the first statement are in none of it. */
export const prorateCost = (costs: readonly CostStatement[], days: DayRange): ProratedCost => {
  const parts = inForce(costs, days)
  const stretches: CurrencyCost[] = []
  for (const { from_on, to_on, cost } of parts) {
    const amount = prorate(costPerMonth(cost), { from_on, to_on })
    const last = stretches.at(-1)
    if (last?.currency === cost.currency) {
      last.to_on = to_on
      last.amount += amount
    } else stretches.push({ currency: cost.currency, from_on, to_on, amount })
  }
  const dayCount = parts.reduce((sum, part) => sum + daysBetween(part.from_on, part.to_on), 0)
  const weighted = parts.reduce((sum, part) => sum + part.cost.hourly_rate * daysBetween(part.from_on, part.to_on), 0)
  const rates = new Set(parts.map(({ cost }) => cost.hourly_rate))
  const isSteady = rates.size <= 1
  return {
    stretches,
    mean_rate: stretches.length !== 1 ? null : isSteady ? ([...rates][0] ?? null) : weighted / dayCount,
    is_rate_steady: isSteady,
  }
}
