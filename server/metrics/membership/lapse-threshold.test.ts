import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { lapseThreshold } from './lapse-threshold.ts'

/** [days of silence, how many came back then, how many are still silent] */
const row = (...lengths: [number, number, number][]) => ({
  silent_days: lengths.map(([days]) => days),
  returned_counts: lengths.map(([, returned]) => returned),
  open_counts: lengths.map(([, , open]) => open),
})

test('by hand: of 100 silences 50 end after 40 days, 25 after 60, 5 after 80; 20 last', () => {
  // silent for 60 days: 25 of whom 5 come back, a fifth; for 80 days: nobody does
  expect(measure(lapseThreshold, row([40, 50, 0], [60, 25, 0], [80, 5, 0], [400, 0, 20]))).toMatchObject({
    status: 'ok',
    value: 80,
    n: 100,
  })
})
test('a tenth is few enough: 2 of 20 come back after 60 days', () => {
  expect(measure(lapseThreshold, row([60, 80, 0], [90, 2, 0], [400, 0, 20])).value).toBe(60)
  expect(measure(lapseThreshold, row([60, 80, 0], [90, 2, 0], [91, 1, 0], [400, 0, 20])).value).toBe(90)
})
test('where next to nobody comes back, the shortest silence looked at', () => {
  expect(measure(lapseThreshold, row([45, 1, 0], [400, 0, 20])).value).toBe(30)
})
test('silences that still last count as long as they have lasted', () => {
  // 20 of 40 at risk came back on day 50, 20 were only followed to day 49 and say nothing of it
  const withOpen = row([49, 0, 20], [50, 20, 0], [400, 0, 20])
  expect(measure(lapseThreshold, withOpen)).toMatchObject({ value: 50, n: 60 })
  // 10 of 20 that lasted to day 200 come back then, whoever was followed for less
  expect(measure(lapseThreshold, row([50, 20, 0], [60, 0, 500], [200, 20, 0], [400, 0, 20])).value).toBe(200)
})
test('a return after more than a year is none', () => {
  expect(measure(lapseThreshold, row([40, 50, 0], [366, 20, 0], [1000, 0, 1])).value).toBe(40)
})
test('19 that lasted a year are too few', () => {
  expect(measure(lapseThreshold, row([40, 50, 0], [365, 0, 19]))).toMatchObject({ status: 'too_few', value: null, n: 69 })
  expect(measure(lapseThreshold, row([40, 50, 0], [364, 0, 50], [365, 0, 19])).reason).toMatch(/^Only 19 of the 20 silences/)
})
test('everybody came back on the last day', () => {
  expect(measure(lapseThreshold, row([40, 50, 0], [365, 20, 0]))).toMatchObject({ status: 'not_reached', value: null })
})
test('no silence at all, or a period in the past', () => {
  expect(measure(lapseThreshold, {})).toMatchObject({ status: 'not_applicable', value: null })
})
