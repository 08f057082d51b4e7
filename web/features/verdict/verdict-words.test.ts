import { expect, test } from 'vitest'
import { formatObserved, formatTestValue, sayStrength } from './verdict-words.ts'

const seen = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null

test('how sure it is stands in a few words, and says so where nothing is resampled', () => {
  expect([sayStrength('clear', 0.92), sayStrength('leaning', 0.7999), sayStrength('none', 0.4), sayStrength(null, null)].map(seen)).toEqual(
    ['clear, 92 %', 'leaning, 79 %', 'no clear pattern, 40 %', 'not resampled'],
  )
})

test('values of tests are written in their unit', () => {
  expect(seen(formatTestValue(0.683, 'share'))).toBe('68 %')
  expect(formatTestValue(0.0000001, 'probability')).toBe('under 0.001')
  expect(formatTestValue(2.456, 'voices')).toBe('2.46')
  expect(formatTestValue(1.534, 'per 100 words')).toBe('1.53 per 100 words')
})

test('nothing looks as though it had reached a threshold that it missed', () => {
  expect(formatObserved(0.996, { unit: 'per 100 words', threshold: 1 })).toBe('0.99 per 100 words')
  expect(seen(formatObserved(0.4999, { unit: 'share', threshold: 0.5 }))).toBe('49 %')
  expect(seen(formatObserved(0.5, { unit: 'share', threshold: 0.5 }))).toBe('50 %')
  expect(seen(formatObserved(0.286, { unit: 'share', threshold: 0.5 }))).toBe('29 %')
  expect(seen(formatObserved(0.2899, { unit: 'share', threshold: 0.29 }))).toBe('28 %')
  expect(formatObserved(2.999, { unit: 'voices', threshold: 3 })).toBe('2.99')
})
