import { measureChanging, measureSteady, type Noticing, type Run, type Steadiness } from './measure-kinds.ts'
import type { SimulatedRule } from './simulated-kind.ts'

export const MOST_FALSE_A_YEAR = 0.5
export const MOST_WEEKS = 8

/** Histories of each kind in a quick run, and by how many standard errors they have to be beyond a limit. */
export const QUICK = 20
export const QUICK_ERRORS = 2.5

export type ValidatedRule = { of: SimulatedRule; run: Omit<Run, 'watched'>; steady: Steadiness[]; changing: Noticing[]; failures: string[] }

/** A rule over all its kinds, and what it fails at: beyond the limits by so many standard errors, for few histories. */
export const validateRule = (of: SimulatedRule, run: Omit<Run, 'watched'>, errors = 0): ValidatedRule => {
  const steady = of.steady.map((kind) => measureSteady(kind, { ...run, watched: of.watched, cuts: of.cuts }))
  const changing = of.changing.map((kind) => measureChanging(kind, { ...run, watched: of.watched }))
  const failures = [
    ...steady
      .filter(({ false_a_year, standard_error }) => false_a_year - errors * standard_error > MOST_FALSE_A_YEAR)
      .map(
        ({ name, false_a_year }) =>
          `${of.rule}: ${false_a_year.toFixed(2)} false alarms a ${of.unit}-year on "${name}", more than ${MOST_FALSE_A_YEAR}`,
      ),
    ...(of.withinEight ?? []).flatMap((name) => {
      const found = changing.find((one) => one.name === name)
      if (found === undefined) return [`${of.rule}: there is no kind "${name}"`]
      return found.weeks === null || found.weeks - errors * (found.weeks_error ?? 0) > MOST_WEEKS
        ? [`${of.rule}: "${name}" takes ${found.weeks ?? 'more'} weeks in the median, more than ${MOST_WEEKS}`]
        : []
    }),
  ]
  return { of, run, steady, changing, failures }
}
