/** The parts of a named series over the weeks judged and those they are set against. */
import { addDays, periodOfDay } from '../../../shared/period.ts'
import { REFERENCE_WEEKS, SLOW_WEEKS, YEAR_WEEKS } from '../../diagnosis/direction/limits.ts'
import type { HeardSeries } from '../../diagnosis/direction/hear-weeks.ts'
import { type DeclineFrom, lagOf, mondayOf, type NamedTold } from './follow-decline.ts'
import type { Part } from './find-driver.ts'
import type { Days, PartWeeks, SpellCount } from './load-parts.ts'

/** Which weeks count, by index: `now` those judged, `before` those that say what is usual. */
export type CountedWeeks = { now: number[]; before: number[]; days: Days }

/** The week at whose end the series was named, by the reading it was named for. */
const namingWeek = ({ followed }: DeclineFrom, { at, named, to }: NamedTold): number => {
  for (let week = to; week >= 0; week--) {
    const reading = followed.readings[week]?.[at]
    if (reading && (reading.fast === named.judged || reading.slow === named.judged)) return week
  }
  return to
}

/** The first week that is looked at: what was before a level that settled is not. */
const firstWeek = ({ followed }: DeclineFrom, until: number): number => {
  for (let week = until - 1; week > 0; week--)
    if (followed.weeks[week]?.notice === 'settled') return (followed.weeks[week - 1]?.change?.told ?? -1) + 1
  return 0
}

export const countedWeeks = (from: DeclineFrom, named: NamedTold): CountedWeeks => {
  const series = from.all[named.at] as HeardSeries
  const week = namingWeek(from, named)
  const first = firstWeek(from, week)
  const { weeks } = named.named.judged
  const start = named.is_slow ? week - SLOW_WEEKS + 1 - YEAR_WEEKS : Math.max(first, week - weeks + 1 - REFERENCE_WEEKS)
  const end = named.is_slow ? week - YEAR_WEEKS : week - weeks
  const isCounted = (i: number) => (series.exposures[i] ?? 0) > 0 && !(named.is_masked && series.is_holiday[i])
  const range = (low: number, high: number) => Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i).filter(isCounted)
  const lag = lagOf(named.id)
  return {
    now: range(named.from, named.to),
    before: range(Math.max(0, start), end),
    days: { from_on: mondayOf(from, Math.max(0, start) - lag), to_on: addDays(mondayOf(from, named.to - lag), 7) },
  }
}

const sumOver = (from: DeclineFrom, { weeks }: Pick<PartWeeks, 'weeks'>, counted: readonly number[], lag: number): number =>
  counted.reduce((sum, week) => sum + (weeks.get(mondayOf(from, week - lag)) ?? 0), 0)

/** Each part in the weeks judged, and what its own past would make usual; their sums are those of the series. */
export const partsOf = (from: DeclineFrom, named: NamedTold, loaded: readonly PartWeeks[], counted: CountedWeeks): Part[] => {
  const lag = lagOf(named.id)
  const { exposure_before } = named.named.judged
  const scale = exposure_before === 0 ? 0 : counted.now.length / exposure_before
  return loaded.map((part) => ({
    key: part.key,
    label: part.key ?? '',
    people: part.people,
    now: sumOver(from, part, counted.now, lag),
    usual: sumOver(from, part, counted.before, lag) * scale,
  }))
}

/** How long they have been members: who has just come leaves more readily than who has stayed. In months from joining. */
const STANDINGS = [3, 12] as const
const standingOf = (cohort: string, on: string): number => {
  if (cohort === '') return STANDINGS.length
  const months = monthsOf(periodOfDay(on, 'month')) - monthsOf(cohort)
  return STANDINGS.filter((least) => months >= least).length
}
const monthsOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))

export type CohortSize = 'month' | 'quarter'
const cohortLabel = (cohort: string, size: CohortSize): string =>
  cohort === '' || size === 'month' ? cohort : `${cohort.slice(0, 4)}-Q${Math.ceil(Number(cohort.slice(5, 7)) / 3)}`

/**
 * Leavers by join cohort. What is usual of a cohort is what members of its standing used to leave at, by how many of them there are;
 * all together it is made what is usual of the whole.
 */
export const cohortsOf = (
  from: DeclineFrom,
  named: NamedTold,
  spells: readonly SpellCount[],
  counted: CountedWeeks,
  size: CohortSize,
): Part[] => {
  const cohorts = [...Map.groupBy(spells, ({ cohort }) => cohort)]
  const left = { now: new Map<string, number>(), before: new Map<string, number>() }
  const rates = Array.from({ length: STANDINGS.length + 1 }, () => ({ left: 0, members: 0 }))
  const stays: { cohort: string; standing: number; members: number }[] = []
  const people = new Map<string, number>()
  for (const [cohort, rows] of cohorts) {
    const members = (on: string) =>
      rows.reduce((sum, row) => sum + (row.joined_on < on && (row.left_on === null || row.left_on >= on) ? row.count : 0), 0)
    const leavers = (on: string) => rows.reduce((sum, row) => sum + (row.left_on === on ? row.count : 0), 0)
    for (const span of ['now', 'before'] as const)
      for (const week of counted[span]) {
        const on = mondayOf(from, week)
        const standing = standingOf(cohort, on)
        const [here, gone] = [members(on), leavers(on)]
        left[span].set(cohort, (left[span].get(cohort) ?? 0) + gone)
        if (span === 'now') {
          stays.push({ cohort, standing, members: here })
          people.set(cohort, (people.get(cohort) ?? 0) + gone)
        } else {
          const rate = rates[standing] as (typeof rates)[number]
          rate.left += gone
          rate.members += here
        }
      }
  }
  const usual = new Map<string, number>()
  for (const { cohort, standing, members } of stays) {
    const { left: gone, members: all } = rates[standing] as (typeof rates)[number]
    // half a leaver is added, so that a standing that nobody had left from has a place
    usual.set(cohort, (usual.get(cohort) ?? 0) + (members * (gone + 0.5)) / (all + 1))
  }
  const whole = [...usual.values()].reduce((sum, one) => sum + one, 0)
  const scale = whole === 0 ? 0 : named.told.expected / whole
  const grouped = Map.groupBy(cohorts, ([cohort]) => cohortLabel(cohort, size))
  return [...grouped].map(([label, of]) => {
    const sum = (values: ReadonlyMap<string, number>) => of.reduce((all, [cohort]) => all + (values.get(cohort) ?? 0), 0)
    return { key: label === '' ? null : label, label, people: sum(people), now: sum(left.now), usual: sum(usual) * scale }
  })
}
