import { daysBetween } from '../../shared/period.ts'
import type { VerdictName } from '../../shared/contract/verdict.ts'

const DAYS_A_YEAR = 365.25

/** How often something changed over a history. */
export type Flips = { month: number; standing: number; years: number; month_per_year: number | null; standing_per_year: number | null }

/**
 * Changes of what each month reads as, and of what stands, from one evaluation to the next, and the same by year of history. Evaluations
 * in order of their days. A standing verdict that was not there yet changes to nothing. Null per year for fewer than two evaluations.
 */
export const countFlips = (evaluations: readonly { at: string; verdict: VerdictName; standing: VerdictName | null }[]): Flips => {
  const first = evaluations[0]
  const last = evaluations.at(-1)
  const years = first && last ? daysBetween(first.at, last.at) / DAYS_A_YEAR : 0
  const month = changes(evaluations.map((one) => one.verdict))
  const standing = changes(evaluations.map((one) => one.standing).filter((verdict) => verdict !== null))
  const perYear = (count: number) => (years === 0 ? null : count / years)
  return { month, standing, years, month_per_year: perYear(month), standing_per_year: perYear(standing) }
}

const changes = (verdicts: readonly VerdictName[]): number => verdicts.filter((verdict, i) => i > 0 && verdict !== verdicts[i - 1]).length
