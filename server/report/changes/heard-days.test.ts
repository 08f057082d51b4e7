import { expect, test } from 'vitest'
import { addDays } from '../../../shared/period.ts'
import { countHeardDays } from './heard-days.ts'

const FROM = '2025-01-01'
const known = { from_on: FROM, to_on: '2025-07-01' }
/** So many events on every day but those from `silent.from` on. */
const feed = (perDay: number, silent: { from: string; days: number }): Map<string, number> => {
  const events = new Map<string, number>()
  for (let day = FROM; day < known.to_on; day = addDays(day, 1))
    if (day < silent.from || day >= addDays(silent.from, silent.days)) events.set(day, perDay)
  return events
}
const april = { from_on: '2025-04-01', to_on: '2025-05-01' }

test('a busy feed that is silent for weeks was not heard in them', () => {
  expect(countHeardDays(feed(3, { from: '2025-04-11', days: 15 }), known, null)(april)).toBe(15)
  expect(countHeardDays(feed(3, { from: '2025-04-11', days: 5 }), known, null)(april)).toBe(30)
})

test('a quiet feed may be silent by chance, and where a source was whole its silence is real', () => {
  const sparse = new Map([...feed(1, { from: '2025-04-01', days: 30 })].filter((_, i) => i % 7 === 0))
  expect(countHeardDays(sparse, known, null)(april)).toBe(30)
  expect(countHeardDays(feed(3, { from: '2025-04-11', days: 15 }), known, '2025-06-01')(april)).toBe(30)
})

test('a cut says nothing of what is usual after it', () => {
  const events = feed(3, { from: '2025-02-01', days: 70 })
  expect(countHeardDays(events, known, null)({ from_on: '2025-03-01', to_on: '2025-04-01' })).toBe(0)
  expect(countHeardDays(events, known, null)({ from_on: '2025-05-01', to_on: '2025-06-01' })).toBe(31)
})
