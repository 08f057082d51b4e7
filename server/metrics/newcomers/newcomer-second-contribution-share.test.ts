import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { newcomerSecondContributionShare } from './newcomer-second-contribution-share.ts'

const measured = (row: object) => measure(newcomerSecondContributionShare, row)

test('of those who first wrote, who wrote again in time', () =>
  expect(measured({ first_count: 25, ripe_first_count: 25, ripe_first_again_count: 15 })).toMatchObject({
    status: 'ok',
    value: 0.6,
    numerator: 15,
    denominator: 25,
    ...wilsonInterval(15, 25),
    reason: null,
  }))

test('who began too recently waits', () => {
  const found = measured({ first_count: 26, ripe_first_count: 25, ripe_first_again_count: 25 })
  expect(found).toMatchObject({ status: 'ok', value: 1, high: 1 })
  expect(found.reason).toBe('1\u00a0person began less than 30 days ago and is left out so far.')
  expect(measured({ first_count: 30, ripe_first_count: 0 })).toMatchObject({ status: 'not_reached', value: null, denominator: 0 })
})

test('19 are too few, nobody is not applicable', () => {
  expect(measured({ first_count: 19, ripe_first_count: 19, ripe_first_again_count: 9 })).toMatchObject({
    status: 'too_few',
    numerator: 9,
    denominator: 19,
  })
  expect(measured({})).toMatchObject({ status: 'not_applicable', value: null, denominator: 0 })
})
