import { expect, test } from 'vitest'
import { exchangeOf, measure } from '../given-rows.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { askersWhoHelpShare } from './askers-who-help-share.ts'

const people = (n: number, from = 0) => Array.from({ length: n }, (_, i) => `p${from + i}`)
const of = (people_who_asked: string[], helper_ids: string[]) =>
  measure(
    askersWhoHelpShare,
    exchangeOf({
      people_who_asked,
      helper_ids,
      asker_ids: helper_ids.map(() => 'someone'),
      weights: helper_ids.map(() => 1),
    }),
  )

test('askers who also helped, of all askers, answered or not', () => {
  expect(of(people(20), people(10, 15))).toMatchObject({
    status: 'ok',
    value: 0.25,
    numerator: 5,
    denominator: 20,
    ...wilsonInterval(5, 20),
  })
})
test('someone who helped twice counts once', () => expect(of(people(20), ['p0', 'p0', 'p1']).numerator).toBe(2))
test('19 people are too few', () =>
  expect(of(people(15), people(5, 14))).toMatchObject({ status: 'too_few', value: null, numerator: 1, denominator: 15 }))
test('enough people but under ten askers: the count alone', () => {
  expect(of(people(8), people(30))).toMatchObject({ status: 'count_only', value: null, numerator: 8, denominator: 8 })
})
test('nobody asked: not applicable', () =>
  expect(of([], people(3))).toMatchObject({ status: 'not_applicable', value: null, reason: 'Nobody asked.' }))
