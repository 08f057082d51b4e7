import { expect, test } from 'vitest'
import { bandPath, dayTicks, stepAt, stepPath } from './step-path.ts'

const steps = [
  { day: 10, share: 0.8, low: 0.5, high: 0.9 },
  { day: 20, share: 0, low: null, high: null },
]
const x = (day: number) => day * 2
const y = (share: number) => 100 - share * 100

test('goes level and then straight down, never aslant', () => {
  expect(stepPath(steps, 30, x, y)).toBe('M0.0,0.0H20.0V20.0H40.0V100.0H60.0')
  expect(stepPath([], 30, x, y)).toBe('M0.0,0.0H60.0')
})

test('the band holds from each step to the next and closes where there is none', () =>
  expect(bandPath(steps, 30, x, y)).toBe(
    'M0.0,0.0 20.0,0.0 20.0,10.0 40.0,10.0 40.0,100.0 60.0,100.0 60.0,100.0 40.0,100.0 40.0,50.0 20.0,50.0 20.0,0.0 0.0,0.0Z',
  ))

test('what holds on a day is the last step before it, and nothing from the end on', () => {
  expect([0, 9, 10, 19, 20, 29].map((day) => stepAt(steps, 30, day)?.share)).toEqual([1, 1, 0.8, 0.8, 0, 0])
  expect(stepAt(steps, 30, 30)).toBeNull()
})

test.each([
  [29, 6, [0]],
  [100, 6, [0, 30, 60, 90]],
  [345, 6, [0, 60, 120, 180, 240, 300]],
  [345, 4, [0, 90, 180, 270]],
  [1100, 6, [0, 360, 720, 1080]],
])('marks of %i days, at most %i', (last, most, marks) => expect(dayTicks(last, most)).toEqual(marks))
