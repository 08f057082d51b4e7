import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { retentionOfUnhelpedJoiners } from './retention-of-unhelped-joiners.ts'

const row = (exits: [day: number, gone: number, followed?: number][], more: object = {}) => ({
  is_lapse_known: 1,
  landmark_count: 60,
  unhelped_exit_days: exits.map(([day]) => day),
  unhelped_gone_counts: exits.map(([, gone]) => gone),
  unhelped_followed_counts: exits.map(([, , followed = 0]) => followed),
  ...more,
})

test('of the unhelped who were there at the landmark, a plain share of those still there', () =>
  expect(
    measure(
      retentionOfUnhelpedJoiners,
      row([
        [40, 5],
        [180, 5],
        [181, 0, 30],
      ]),
    ),
  ).toMatchObject({ status: 'ok', value: 0.75, numerator: 30, denominator: 40, n: 40, reason: null }))

test('reads its own side', () =>
  expect(
    measure(retentionOfUnhelpedJoiners, {
      is_lapse_known: 1,
      landmark_count: 40,
      helped_exit_days: [181],
      helped_gone_counts: [0],
      helped_followed_counts: [40],
    }),
  ).toMatchObject({ status: 'too_few', value: null, n: 0 }))

test('some followed for less: Kaplan–Meier', () => {
  const found = measure(
    retentionOfUnhelpedJoiners,
    row([
      [50, 10],
      [60, 0, 10],
      [100, 10],
      [181, 0, 20],
    ]),
  )
  expect(found).toMatchObject({ status: 'ok', numerator: null, denominator: 50 })
  expect(found.value).toBeCloseTo((40 / 50) * (20 / 30), 12)
})

test('19 are too few, unless more are on the way', () => {
  expect(measure(retentionOfUnhelpedJoiners, row([[181, 0, 19]]))).toMatchObject({ status: 'too_few', value: null, n: 19 })
  expect(measure(retentionOfUnhelpedJoiners, row([[181, 0, 19]], { too_young_count: 1 }))).toMatchObject({ status: 'not_reached', n: 19 })
})

test('nobody joined, and nobody can be followed', () => {
  expect(measure(retentionOfUnhelpedJoiners, {})).toMatchObject({ status: 'not_applicable', value: null })
  expect(measure(retentionOfUnhelpedJoiners, row([], { landmark_count: 0, predating_count: 50 }))).toMatchObject({
    status: 'not_applicable',
  })
})

test('people first seen stand for joiners only where no joins are told', () => {
  const seen = row([[181, 0, 20]], { is_first_seen: 1 })
  expect(measure(retentionOfUnhelpedJoiners, seen, telling('contributions', 'questions'))).toMatchObject({
    status: 'ok',
    value: 1,
    low: null,
  })
  expect(measure(retentionOfUnhelpedJoiners, seen)).toMatchObject({ status: 'not_applicable' })
})
