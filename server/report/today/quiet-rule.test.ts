import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findQuiet, HABIT_WEEKS, MAX_SILENT_DAYS, MIN_SILENT_DAYS, REGULAR_WEEKS, TIMES_LONGEST, tellUsual } from './quiet-rule.ts'

/** Every day counts as silence. */
const counting = (today: number) => (after: number) => today - after
const find = (days: readonly number[], today: number) => findQuiet(days, today, counting(today))
const every = (step: number, times: number, from = 1000) => Array.from({ length: times }, (_, i) => from + i * step)

test('somebody who wrote every three days is named after three weeks, with what is usual for them', () => {
  const days = every(3, 40)
  const last = days.at(-1) as number
  expect(find(days, last + 20)).toBeNull()
  expect(find(days, last + 21)).toEqual({ silent_days: 21, longest_gap: 3, habit_days: 40, habit_weeks: 17 })
  expect(find(days, last + 60)).not.toBeNull()
  expect(find(days, last + 61)).toBeNull()
})
test('a burst of a month is no habit, and neither is a word now and then', () => {
  expect(find(every(1, 30), 1029 + 30)).toBeNull()
  expect(find(every(31, 12), 1341 + 60)).toBeNull()
})
test('who was away for long before is missed later', () => {
  const days = [...every(2, 30, 900), ...every(2, 30, 980)]
  const last = days.at(-1) as number
  // from 958 to 980: 22 days
  expect(find(days, last + 43)).toBeNull()
  expect(find(days, last + 44)).toMatchObject({ longest_gap: 22 })
})
test('days on which everyone was quiet do not count', () => {
  const days = every(3, 40)
  const last = days.at(-1) as number
  expect(findQuiet(days, last + 30, (after) => last + 30 - after - 14)).toBeNull()
  expect(findQuiet(days, last + 40, (after) => last + 40 - after - 14)).toMatchObject({ silent_days: 26 })
})
test('nobody, and one day', () => {
  expect(find([], 30)).toBeNull()
  expect(find([1], 30)).toBeNull()
})

const writer = fc.integer({ min: 1, max: 40 }).chain((longest) =>
  fc
    .tuple(fc.array(fc.integer({ min: 1, max: longest }), { minLength: 1, maxLength: 120, size: 'max' }), fc.integer({ min: 0, max: 80 }))
    .map(([gaps, silence]) => {
      const days = [0]
      for (const gap of gaps) days.push((days.at(-1) as number) + gap)
      return { days, today: (days.at(-1) as number) + silence }
    }),
)

test('names nobody whose silence is shorter than three weeks, longer than sixty days, or within what they have done before', () => {
  const seen = { named: 0, not: 0 }
  fc.assert(
    fc.property(writer, ({ days, today }) => {
      const found = find(days, today)
      const last = days.at(-1) as number
      const gaps = days.slice(1).flatMap((day, i) => ((days[i] as number) >= last - 365 ? [day - (days[i] as number)] : []))
      const weeks = new Set(days.filter((day) => last - day < HABIT_WEEKS * 7).map((day) => Math.floor((last - day) / 7)))
      const silence = today - last
      const isQuiet =
        weeks.size >= REGULAR_WEEKS &&
        silence >= MIN_SILENT_DAYS &&
        silence <= MAX_SILENT_DAYS &&
        gaps.every((gap) => silence >= gap * TIMES_LONGEST)
      seen[isQuiet ? 'named' : 'not'] += 1
      expect(found !== null).toBe(isQuiet)
      // whoever wrote once more today is quiet no longer
      if (today > last) expect(find([...days, today], today)).toBeNull()
    }),
    { numRuns: 2000, seed: 7 },
  )
  expect(seen.named).toBeGreaterThan(100)
})
test('with fewer days counted as silence nobody else is named', () => {
  fc.assert(
    fc.property(writer, fc.nat(30), ({ days, today }, quiet) => {
      const fewer = findQuiet(days, today, (after) => Math.max(0, today - after - quiet))
      if (fewer !== null) expect(find(days, today)).not.toBeNull()
    }),
    { numRuns: 500, seed: 8 },
  )
})

test('a week is as usual from half of the median of eight weeks on, and never when nobody wrote', () => {
  const steady = () => 4
  expect(tellUsual(steady, 100)).toEqual({ isUsual: true, written: 28, usual: 28 })
  const holiday = (day: number) => (day > 93 ? 1 : 4)
  expect(tellUsual(holiday, 100)).toEqual({ isUsual: false, written: 7, usual: 28 })
  expect(tellUsual((day) => (day > 93 ? 2 : 4), 100).isUsual).toBe(true)
  expect(tellUsual(() => 0, 100)).toEqual({ isUsual: false, written: 0, usual: 0 })
  // a feed that fell silent for good: no day of it counts, however long it lasts
  for (let day = 100; day < 200; day++) expect(tellUsual((on) => (on < 93 ? 4 : 0), day).isUsual).toBe(day < 96)
})
