import { expect, test } from 'vitest'
import { measureEach } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { acceptedShareWithoutTop } from './accepted-share-without-top.ts'

const of = (row: object) => measureEach(acceptedShareWithoutTop, { helper_count: 9, ...row })

test('of the questions left and old enough', () => {
  const found = of({
    ...{ question_count_1: 50, ripe_count_1: 40, ripe_accepted_count_1: 10 },
    ...{ question_count_2: 40, ripe_count_2: 10, ripe_accepted_count_2: 0 },
    ...{ question_count_3: 9, ripe_count_3: 9, ripe_accepted_count_3: 9 },
  })
  expect(found['top-1']).toMatchObject({ status: 'ok', value: 0.25, numerator: 10, denominator: 40, ...wilsonInterval(10, 40) })
  expect(found['top-2']).toMatchObject({ status: 'ok', value: 0, low: 0 })
  expect(found['top-3']).toMatchObject({ status: 'count_only', numerator: 9, denominator: 9 })
})
test('nobody else asked, or not long enough ago: not applicable', () => {
  expect(of({})['top-1']).toMatchObject({ status: 'not_applicable', reason: 'Nobody else asked a question.' })
  expect(of({ question_count_1: 4 })['top-1']).toMatchObject({ status: 'not_applicable', reason: 'No question left is 7 days old yet.' })
})
