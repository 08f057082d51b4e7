import { afterEach, expect, test } from 'vitest'
import { formatDay, formatInstant, formatPeriod, formatPeriodShort, setRegion } from '../../shared/format.ts'
import { readRegion } from './read-region.ts'

afterEach(() => setRegion(readRegion('en-GB')))

test('dates stand in the order that the region of the reader writes', () => {
  const shown = (language: string) => {
    setRegion(readRegion(language))
    return [
      formatDay('2026-01-31'),
      formatPeriodShort('2026-01-31'),
      formatPeriodShort('2026-01-31', false),
      formatPeriod('2026-01-31..2026-03-02'),
      formatInstant('2026-01-31T20:05:00Z', 'Europe/Berlin'),
    ].map((text) => text.replaceAll('\u202f', ' '))
  }
  const british = ['31 January 2026', '31 Jan 2026', '31 Jan', '31 January to 2 March 2026', '31 January 2026, 21:05']
  expect(shown('en-GB')).toEqual(british)
  expect(shown('de')).toEqual(british)
  expect(shown('no language at all')).toEqual(british)
  expect(shown('en-US')).toEqual(['January 31, 2026', 'Jan 31, 2026', 'Jan 31', 'January 31 to March 2, 2026', 'January 31, 2026, 9:05 pm'])
})
