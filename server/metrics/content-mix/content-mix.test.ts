import { expect, test } from 'vitest'
import type { Measured } from '../../../shared/contract/metric.ts'
import { CONTENT_CATEGORIES, type ContentMixCounts, contentMixCounts } from '../readings/content-mix-counts.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { telling } from '../given-rows.ts'
import { contentMix } from './content-mix.ts'

const mix = (row: Partial<ContentMixCounts>) =>
  contentMix.measure({ ...contentMixCounts.empty, ...row }, telling()) as Record<keyof ContentMixCounts, Measured>

test('six shares with intervals, which add up to 1', () => {
  const found = mix({ help: 30, discussion: 10, broadcast: 5, news: 3, work: 1, other: 1 })
  expect(found.help).toMatchObject({ status: 'ok', value: 0.6, numerator: 30, denominator: 50, ...wilsonInterval(30, 50) })
  expect(CONTENT_CATEGORIES.reduce((sum, category) => sum + (found[category].value ?? 0), 0)).toBeCloseTo(1, 12)
})
test('a category without any is 0 of all', () =>
  expect(mix({ help: 12 }).news).toMatchObject({ status: 'ok', value: 0, numerator: 0, denominator: 12, low: 0 }))
test('nine contributions: counts alone', () => {
  expect(mix({ help: 4, news: 5 }).help).toMatchObject({ status: 'count_only', value: null, numerator: 4, denominator: 9 })
})
test('none: not applicable', () => {
  for (const category of CONTENT_CATEGORIES) expect(mix({})[category]).toMatchObject({ status: 'not_applicable', value: null })
})
test('a tie is two equal shares', () => {
  const found = mix({ help: 10, work: 10 })
  expect(found.help).toEqual(found.work)
})
