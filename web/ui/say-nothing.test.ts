import { expect, test } from 'vitest'
import { sayNothing } from './say-nothing.ts'

const none = (period: string) => ({ period, status: 'not_applicable', reason: 'Nobody helped anybody.' })
const few = (period: string) => ({ period, status: 'too_few', reason: '3 people gave or received help; it takes 20.' })

test('months without help do not speak for the one in which there was some', () => {
  expect(sayNothing([none('2026-01'), few('2026-02'), none('2026-03')])).toBe('February 2026: 3 people gave or received help; it takes 20.')
})

test('what is so of all is said of all', () => {
  expect(sayNothing([none('2026-01'), none('2026-02')])).toBe('Nobody helped anybody.')
  expect(sayNothing([few('2026-01'), few('2026-02')])).toBe('3 people gave or received help; it takes 20.')
  expect(sayNothing([{ period: '2026-01', status: 'not_applicable', reason: 'No data reach this period.' }, none('2026-02')])).toBe(
    'Nobody helped anybody.',
  )
  expect(sayNothing([{ period: '2026-01', reason: null }])).toBeNull()
})
