import { expect, test } from 'vitest'
import type { Measured } from '../../../shared/contract/metric.ts'
import { telling } from '../given-rows.ts'
import type { MeasureContext } from '../metric.ts'
import { type RetentionCohort, retentionCohort } from '../readings/retention-cohort.ts'
import { retention } from './retention.ts'

type Exit = [day: number, gone: number, followed?: number]
const cohort = (exits: Exit[], more: Partial<RetentionCohort> = {}): RetentionCohort => ({
  ...retentionCohort.empty,
  started_count: exits.reduce((sum, [, gone, followed = 0]) => sum + gone + followed, 0),
  is_lapse_known: 1,
  exit_days: exits.map(([day]) => day),
  gone_counts: exits.map(([, gone]) => gone),
  followed_counts: exits.map(([, , followed = 0]) => followed),
  ...more,
})
const at = (days: number, row: RetentionCohort, context: MeasureContext = telling()): Measured =>
  (retention.measure(row, context) as Record<string, Measured>)[`${days}-days`] as Measured

test('everyone followed: a plain share of those who joined, with an interval', () => {
  const row = cohort([
    [0, 10],
    [30, 10],
    [31, 5],
    [900, 0, 15],
  ])
  // gone on day 30 is not there any more after 30 days
  expect(at(30, row)).toMatchObject({ status: 'ok', value: 0.5, numerator: 20, denominator: 40, n: 40, reason: null })
  expect(at(90, row)).toMatchObject({ value: 0.375, numerator: 15, denominator: 40 })
  // R: survfit(Surv(rep(c(0,30,31,900), c(10,10,5,15)), rep(c(1,0), c(25,15))) ~ 1, conf.type = "log-log")
  expect(at(90, row).low).toBeCloseTo(0.228818966, 8)
  expect(at(90, row).high).toBeCloseTo(0.520847071, 8)
  expect(at(730, row)).toMatchObject({ value: 0.375, numerator: 15 })
})

test('some too young: Kaplan–Meier, each counting for as long as they were followed, and no plain count', () => {
  const row = cohort([
    [10, 10],
    [80, 0, 20],
    [85, 10],
    [95, 0, 20],
  ])
  // 50 of 60 after day 10; at day 85 the 20 followed for 80 days only are no longer at risk: 10 of 30 go
  const found = at(90, row)
  expect(found).toMatchObject({ status: 'ok', numerator: null, denominator: 60, n: 60 })
  expect(found.value).toBeCloseTo((50 / 60) * (20 / 30), 12)
  expect(found.reason).toBe('20 of 60 could not be followed for 90 days yet and count for as long as they were.')
  expect(at(30, row)).toMatchObject({ numerator: 50, denominator: 60 })
  expect(at(180, row)).toMatchObject({
    status: 'not_reached',
    value: null,
    reason: 'Too young: Under 10 of 60 were still there and followed from day 96 on; the curve ends there.',
  })
})

test('the curve ends under ten, however it came to that', () => {
  const row = cohort([
    [5, 20],
    [200, 0, 9],
  ])
  expect(at(30, row)).toMatchObject({ status: 'too_few', value: null, numerator: 9, denominator: 29 })
  expect(
    at(
      30,
      cohort([
        [5, 19],
        [200, 0, 10],
      ]),
    ),
  ).toMatchObject({ status: 'ok', numerator: 10, denominator: 29 })
})

test('nobody gone: all of them, without an interval', () =>
  expect(at(365, cohort([[800, 0, 20]]))).toMatchObject({
    status: 'ok',
    value: 1,
    numerator: 20,
    low: null,
    high: null,
    reason: 'Nobody was gone by then, so there is no interval.',
  }))

test('all gone at once, on the day they joined', () =>
  expect(at(30, cohort([[0, 25]]))).toMatchObject({ status: 'too_few', value: null, numerator: 0, denominator: 25 }))

test('19 people, one person and nobody', () => {
  expect(at(30, cohort([[40, 19]]))).toMatchObject({
    status: 'too_few',
    n: 19,
    reason: '19 people began; it takes 20.'.replace('19 p', '19\u00a0p'),
  })
  expect(at(30, cohort([[40, 1]]))).toMatchObject({ status: 'too_few', n: 1, reason: '1\u00a0person began; it takes 20.' })
  expect(at(30, cohort([]))).toMatchObject({ status: 'not_applicable', value: null, n: 0 })
})

test('who joined so late that silence says nothing yet is waited for', () =>
  expect(
    at(
      30,
      cohort(
        [
          [1, 2],
          [3, 0, 5],
        ],
        { started_count: 40, too_young_count: 33 },
      ),
    ),
  ).toMatchObject({
    status: 'not_reached',
    reason: 'Too young: 7\u00a0people of 40 could be followed so far: who fell silent for good shows after 90 days.',
  }))

test('left truncation: who joined before the data begin counts from there on only', () => {
  const mixed = cohort(
    [
      [20, 6],
      [40, 10],
      [800, 0, 24],
    ],
    { predating_count: 20, entry_days: [10], entry_counts: [20] },
  )
  // on day 20 all 40 are at risk, the 20 from before the data since day 10
  expect(at(30, mixed).value).toBeCloseTo(34 / 40, 12)
  expect(at(90, mixed).value).toBeCloseTo((34 / 40) * (24 / 34), 12)
  expect(at(90, mixed)).toMatchObject({ numerator: null, denominator: 40 })
  const old = cohort([[900, 5, 35]], { predating_count: 40, entry_days: [700], entry_counts: [40] })
  expect(at(730, old)).toMatchObject({ status: 'not_applicable', n: 40 })
  expect(at(730, old).reason).toContain('before the first activity there is')
  const hidden = cohort([[900, 5]], { started_count: 40, predating_count: 40, entry_days: [700], entry_counts: [5] })
  expect(at(30, hidden)).toMatchObject({ status: 'not_applicable', n: 5 })
})

test('by first sighting where no source tells who joined, by leaving alone where none tells what they do', () => {
  const row = cohort(
    [
      [5, 10],
      [800, 0, 20],
    ],
    { is_first_seen: 1 },
  )
  expect(at(30, row, telling('contributions')).reason).toBe('Of people seen for the first time: no source tells who joined.')
  // joins are told, but nobody has joined yet
  expect(at(30, row, telling('joins', 'contributions'))).toMatchObject({ status: 'not_applicable' })
  const leaving = cohort(
    [
      [5, 10],
      [800, 0, 20],
    ],
    { is_lapse_known: 0 },
  )
  expect(at(30, leaving, telling('joins', 'leaves')).reason).toBe('By leaving alone: no source tells what members do.')
  expect(at(30, leaving, telling('joins'))).toMatchObject({ status: 'not_available', value: null })
})

test('has no interval wider than itself', () => {
  const { low, high, value } = at(
    30,
    cohort([
      [5, 1],
      [800, 0, 19],
    ]),
  )
  expect(low as number).toBeLessThan(value as number)
  expect(high as number).toBeGreaterThan(value as number)
})
