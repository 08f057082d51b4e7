import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sayAlarmRate } from './say-alarm-rate.ts'

it.each([
  [0, 'fewer than one in a hundred years'],
  [-1, 'fewer than one in a hundred years'],
  [Number.NaN, 'fewer than one in a hundred years'],
  [0.0099, 'fewer than one in a hundred years'],
  [0.01, 'about one in 100 years'],
  [0.03, 'about one in 30 years'],
  [0.05, 'about one in 20 years'],
  [0.1, 'about one in ten years'],
  [0.14, 'about one in seven years'],
  [0.2, 'about one in five years'],
  [0.23, 'about one in four or five years'],
  [0.27, 'about one in three or four years'],
  [0.44, 'about one in two or three years'],
  [0.5, 'about one in two years'],
  [0.66, 'about two in three years'],
  [1, 'about one a year'],
  [1.5, 'one or two a year'],
  [2, 'about two a year'],
  [2.4, 'two or three a year'],
  [9.7, 'nine or ten a year'],
  [12.3, 'about 12 a year'],
  [1234, 'about 1,200 a year'],
])('%s a year is said as "%s"', (aYear, words) => expect(sayAlarmRate(aYear)).toBe(words))

/** What the words say, read back: the number of each kind, "a or b" as the middle. */
const read = (words: string): number => {
  if (words.startsWith('fewer')) return 0.005
  const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  const of = (text: string) => {
    const parts = text.split(' or ').map((part) => {
      const at = numbers.indexOf(part)
      return at >= 0 ? at : Number(part.replaceAll(',', ''))
    })
    return parts.reduce((sum, part) => sum + part, 0) / parts.length
  }
  const [, count = '', inYears] = /^(?:about )?(.*?) (?:a year|in (.*) years)$/.exec(words) ?? []
  return of(count) / (inYears === undefined ? 1 : of(inYears))
}

it('is never further from the figure than a third, and says no less of more', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 4, noNaN: true }), (aYear, times) => {
      const said = read(sayAlarmRate(aYear))
      expect(said / aYear).toBeGreaterThan(0.74)
      expect(said / aYear).toBeLessThan(1.34)
      expect(read(sayAlarmRate(aYear * times))).toBeGreaterThanOrEqual(said - 1e-12)
    }),
  )
})
