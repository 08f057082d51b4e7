import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { retentionMedian } from './retention-median.ts'

const row = (exits: [day: number, gone: number, followed?: number][]) => ({
  started_count: exits.reduce((sum, [, gone, followed = 0]) => sum + gone + followed, 0),
  is_lapse_known: 1,
  exit_days: exits.map(([day]) => day),
  gone_counts: exits.map(([, gone]) => gone),
  followed_counts: exits.map(([, , followed = 0]) => followed),
})

test('the day on which half were gone, with the days on which the band crosses one half', () => {
  // R: quantile(survfit(Surv(rep(c(0,30,31,900), c(10,8,7,15)), rep(c(1,0), c(25,15))) ~ 1, conf.type = "log-log"), 0.5)
  expect(
    measure(
      retentionMedian,
      row([
        [0, 10],
        [30, 8],
        [31, 7],
        [900, 0, 15],
      ]),
    ),
  ).toMatchObject({ status: 'ok', value: 31, low: 30, high: null, n: 40, reason: null })
})

test('exactly half: the middle of the level piece', () =>
  expect(
    measure(
      retentionMedian,
      row([
        [10, 20],
        [50, 1],
        [900, 0, 19],
      ]),
    ),
  ).toMatchObject({ value: 30 }))

test('more than half still there: not reached, and says how far the curve goes', () => {
  const found = measure(
    retentionMedian,
    row([
      [10, 5],
      [200, 0, 35],
    ]),
  )
  expect(found).toMatchObject({ status: 'not_reached', value: null, n: 40 })
  expect(found.reason?.replaceAll('\u00a0', ' ')).toBe(
    'More than half were there as far as the curve goes: 88 % before day 201, from which on under 10 are followed.',
  )
})

test('not told from under ten followed', () => {
  // 19 of 29 are too young to say; of the ten others five go on day 60, when only nine are followed
  const found = measure(
    retentionMedian,
    row([
      [20, 0, 19],
      [50, 1],
      [60, 5],
      [90, 0, 4],
    ]),
  )
  expect(found).toMatchObject({ status: 'not_reached', value: null })
})

test('all at once', () => expect(measure(retentionMedian, row([[0, 20]]))).toMatchObject({ status: 'ok', value: 0, low: null, high: null }))

test('19 are too few, one is, and nobody is no cohort', () => {
  expect(measure(retentionMedian, row([[5, 19]]))).toMatchObject({ status: 'too_few', value: null, n: 19 })
  expect(measure(retentionMedian, row([[5, 1]]))).toMatchObject({ status: 'too_few', n: 1 })
  expect(measure(retentionMedian, {})).toMatchObject({ status: 'not_applicable', value: null })
})
