import { expect, test } from 'vitest'
import { changeOfAngle, changeOfShare } from './change-of-share.ts'

// sqrt(deviance(glm(y ~ 1)) - deviance(glm(y ~ g))) of R 4.2, family binomial
test.each([
  [29, 41, 40, 205, 6.326586],
  [3, 16, 0, 200, 4.021897],
  [5, 40, 30, 300, 0.4765239],
  [38, 58, 50, 210, 5.834422],
])('%i of %i after %i of %i is as far as R says', (cases, of, casesBefore, ofBefore, z) => {
  const [now, before] = [
    { cases, of },
    { cases: casesBefore, of: ofBefore },
  ]
  expect(changeOfShare(now, before)).toBeCloseTo(z, 5)
  expect(changeOfShare(before, now)).toBeCloseTo(-z, 5)
  expect(changeOfShare(now, before, 4)).toBeCloseTo(z / 2, 5)
})
test('none, all, and nothing to be a share of are no change', () => {
  expect(changeOfShare({ cases: 0, of: 20 }, { cases: 0, of: 200 })).toBeCloseTo(0, 10)
  expect(changeOfShare({ cases: 20, of: 20 }, { cases: 200, of: 200 })).toBeCloseTo(0, 10)
  expect(changeOfShare({ cases: 0, of: 0 }, { cases: 3, of: 200 })).toBe(0)
})
test('the angle has the same breadth at every share', () => {
  const { value, variance } = changeOfAngle({ cases: 10, of: 10 }, { cases: 0, of: 10 }, 2)
  expect(value).toBeCloseTo(Math.asin(Math.sqrt(10.375 / 10.75)) - Math.asin(Math.sqrt(0.375 / 10.75)), 10)
  expect(variance).toBeCloseTo((2 * 2) / 42, 10)
})
