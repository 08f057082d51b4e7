import type { StatedRow, StatedRule, SwingClass } from '../../server/alerts/state-rate.ts'
import { measureChanging, seedOf } from './measure-kinds.ts'
import type { Lived, SimulatedRule } from './simulated-kind.ts'

const YEAR = 52
export const STRICTNESSES = [0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 1.75, 2] as const
const classOf = (swing: number | null, [uneven, wild]: readonly [number, number]): Exclude<SwingClass, 'any'> | null =>
  swing === null ? null : swing < uneven ? 'calm' : swing < wild ? 'uneven' : 'wild'

/** False alarms by time in the weeks that count, with the error that comes of communities that are unlike one another. */
const rateOf = (all: readonly Lived[], isCounted: (swing: number | null) => boolean) => {
  const lived = all.map(({ swings, told }) => ({
    years: swings.filter(isCounted).length / YEAR,
    told: told.filter((week) => isCounted(swings[week] ?? null)).length,
  }))
  const years = lived.reduce((sum, one) => sum + one.years, 0)
  const told = lived.reduce((sum, one) => sum + one.told, 0)
  const a_year = years === 0 ? 0 : told / years
  const squares = lived.reduce((sum, one) => sum + (one.told - a_year * one.years) ** 2, 0)
  // none in so many years may be three in as many, which is taken for two errors
  return { years, a_year, standard_error: told === 0 ? 1.5 / years : Math.sqrt(squares) / years }
}

/** The class of most of a kind's weeks: half of them swing less, half more. */
const classOfKind = (all: readonly Lived[], cuts: readonly [number, number]) => {
  const swings = all.flatMap((one) => one.swings.filter((swing) => swing !== null)).toSorted((a, b) => a - b)
  return classOf(swings[Math.floor(swings.length / 2)] ?? null, cuts)
}

const ALL_KINDS = 'all kinds, in weeks in which they swing so'

/**
 * How often a rule is wrong, by strictness: of all steady kinds the worst; and for a class of swing the worst of the kinds that mostly
 * swing so, or all kinds together in the weeks in which they do, where that is more: a restless community may look calm for a while.
 */
export const measureRates = (
  { rule, unit, steady, changing, cuts, watched, delayBy, isWithoutLimits }: SimulatedRule,
  { communities, seed }: { communities: number; seed: number },
): StatedRule => {
  const rows: Record<SwingClass, StatedRow[]> = { any: [], calm: [], uneven: [], wild: [] }
  // what a kind is does not hang on the limits it is judged by
  const classes = new Map<string, SwingClass | null>()
  for (const strictness of isWithoutLimits ? [1] : STRICTNESSES) {
    const kinds = steady.map(({ name, live }) => ({
      name,
      all: Array.from({ length: communities }, (_, i) => live(watched, seedOf(seed, i), strictness)),
    }))
    if (cuts !== null) for (const { name, all } of kinds) if (!classes.has(name)) classes.set(name, classOfKind(all, cuts))
    for (const of of Object.keys(rows) as SwingClass[]) {
      if (of !== 'any' && cuts === null) continue
      const isOfClass = (swing: number | null) => cuts !== null && classOf(swing, cuts) === of
      const found = kinds
        .filter(({ name }) => of === 'any' || classes.get(name) === of)
        .map(({ name, all }) => ({ name, ...rateOf(all, () => true) }))
      if (of !== 'any')
        found.push({
          name: ALL_KINDS,
          ...rateOf(
            kinds.flatMap(({ all }) => all),
            isOfClass,
          ),
        })
      const worst = found.filter(({ years }) => years > 0).sort((a, b) => b.a_year - a.a_year || b.standard_error - a.standard_error)[0]
      if (worst) {
        const [a_year, standard_error] = [worst.a_year, worst.standard_error].map((value) => Number(value.toFixed(3))) as [number, number]
        rows[of].push({ strictness, a_year, standard_error, kind: worst.name })
      }
    }
  }
  const late = changing.find(({ name }) => name === delayBy)
  const delays = late
    ? STRICTNESSES.map((strictness) => ({ strictness, weeks: measureChanging(late, { communities, watched, seed, strictness }).weeks }))
    : []
  return { rule, unit, cuts: cuts === null ? null : [...cuts], rows, delays, delay_of: late?.name ?? null }
}
