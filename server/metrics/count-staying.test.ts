import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countAtRisk, countStaying, fitRetention } from './measure-retention.ts'
import type { CohortCounts } from './readings/retention-cohort.ts'

/** Under observation after `entry` (null: from the beginning) up to and with `exit`, and whether they were gone then. */
type Person = { entry: number | null; exit: number; isGone: boolean }

const cohortOf = (people: Person[]): CohortCounts => {
  const rising = (days: number[]) => [...new Set(days)].toSorted((a, b) => a - b)
  const exit_days = rising(people.map((p) => p.exit))
  const entry_days = rising(people.flatMap((p) => p.entry ?? []))
  const count = (is: (p: Person) => boolean) => people.filter(is).length
  return {
    exit_days,
    gone_counts: exit_days.map((day) => count((p) => p.exit === day && p.isGone)),
    followed_counts: exit_days.map((day) => count((p) => p.exit === day && !p.isGone)),
    entry_days,
    entry_counts: entry_days.map((day) => count((p) => p.entry === day)),
  }
}

const person = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 60 }), { freq: 3 }), fc.integer({ min: 0, max: 120 }), fc.boolean())
  .map(([entry, stay, isGone]): Person => ({ entry, exit: entry === null ? stay : entry + 1 + stay, isGone }))

test('the numbers at risk and still there are those one finds by going through the people', () => {
  fc.assert(
    fc.property(fc.array(person, { maxLength: 40 }), fc.integer({ min: 0, max: 150 }), (people, day) => {
      const curve = fitRetention(cohortOf(people))
      expect(countAtRisk(curve, [day])).toEqual([people.filter((p) => (p.entry ?? -1) < day && day <= p.exit).length])
      const isKnown = people.length > 0 && people.every((p) => p.entry === null && (p.isGone || p.exit >= day))
      expect(countStaying(curve, day)).toEqual(
        isKnown ? { still: people.filter((p) => !(p.isGone && p.exit <= day)).length, of: people.length } : null,
      )
    }),
    { numRuns: 400 },
  )
})

// R 4.2.2, survival 3.5.3: summary(survfit(Surv(c(-1,-1,-1,2,2,5,-1,3), c(4,6,6,6,9,9,2,7), c(1,1,0,1,0,1,1,1)) ~ 1), times = c(2,4,6,7,9))$n.risk
test('the numbers at risk are those of R on days on which somebody went', () => {
  const people = [
    [null, 4, true],
    [null, 6, true],
    [null, 6, false],
    [2, 6, true],
    [2, 9, false],
    [5, 9, true],
    [null, 2, true],
    [3, 7, true],
  ] as const
  const curve = fitRetention(cohortOf(people.map(([entry, exit, isGone]) => ({ entry, exit, isGone }))))
  expect(countAtRisk(curve, [2, 4, 6, 7, 9])).toEqual([4, 6, 6, 3, 2])
})
