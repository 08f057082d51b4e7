import { expect, test } from 'vitest'
import { countRatio, shareDifference, wideCount, wideShare } from './change-interval.ts'
import { studentT95 } from './student-t.ts'

// R 4: w <- function(k, n) prop.test(k, n, correct = FALSE)$conf.int, put together as Newcombe's method 10
test('the difference of two shares has the interval that R gives', () => {
  const found = shareDifference({ k: 22, n: 41 }, { k: 31, n: 40 })
  expect(found?.value).toBeCloseTo(31 / 40 - 22 / 41, 12)
  expect(found?.low).toBeCloseTo(0.03125269, 8)
  expect(found?.high).toBeCloseTo(0.41899195, 8)
})

test('it is that of Newcombe’s own table', () => {
  // Newcombe 1998, table II, method 10: 56/70 − 48/80, 9/10 − 3/10, 10/10 − 0/20
  const rows = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 20, 0.6791, 1],
  ] as const
  for (const [k1, n1, k0, n0, low, high] of rows) {
    const found = shareDifference({ k: k0, n: n0 }, { k: k1, n: n1 })
    expect(found?.low).toBeCloseTo(low, 4)
    expect(found?.high).toBeCloseTo(high, 4)
  }
})

// R: p <- prop.test(35, 55, correct = FALSE)$conf.int; p / (1 - p). poisson.test(c(35, 20)), which is exact, gives 0.983 to 3.199
test('the ratio of two counts has the interval of the share that came after', () => {
  const found = countRatio(20, 35)
  expect(found?.value).toBe(1.75)
  expect(found?.low).toBeCloseTo(1.017055, 6)
  expect(found?.high).toBeCloseTo(3.011146, 6)
})

test('nothing on one side leaves an end open, nothing on both says nothing', () => {
  expect(countRatio(0, 12)).toMatchObject({ value: null, high: null })
  expect(countRatio(12, 0)).toMatchObject({ value: 0, low: 0 })
  expect(countRatio(0, 0)).toBeNull()
  expect(shareDifference({ k: 0, n: 0 }, { k: 3, n: 4 })).toBeNull()
  expect(shareDifference({ k: 4, n: 4 }, { k: 4, n: 4 })).toMatchObject({ value: 0 })
})

test('cases that hang together count for less: ten times the variance is a tenth of the cases', () => {
  const wide = Math.sqrt(10)
  expect(wideShare({ k: 300, n: 400 }, wide)).toEqual(wideShare({ k: 30, n: 40 }))
  expect(countRatio(200, 350, wide)?.low).toBeCloseTo(countRatio(20, 35)?.low ?? 0, 10)
})

// R: the exact interval of 20 is qchisq(.025, 40) / 2 = 12.22 to qchisq(.975, 42) / 2 = 30.89; the score interval is 20 + z²/2 ± z√(20 + z²/4)
test('a count may have been somewhat more or fewer', () => {
  expect(wideCount(20).low).toBeCloseTo(12.9475, 4)
  expect(wideCount(20).high).toBeCloseTo(30.8939, 4)
  expect(wideCount(0)).toMatchObject({ low: 0 })
})

test('the quantiles of Student’s t are those of R', () => {
  expect(studentT95(1)).toBeCloseTo(12.7062, 4)
  expect(studentT95(7.9)).toBeCloseTo(2.3646, 4)
  // qt(.975, c(31, 40.5, 120))
  for (const [degrees, t] of [
    [31, 2.039513],
    [40.5, 2.020298],
    [120, 1.97993],
  ] as const)
    expect(Math.abs(studentT95(degrees) - t)).toBeLessThan(1e-4)
  expect(() => studentT95(0.5)).toThrow(RangeError)
})
