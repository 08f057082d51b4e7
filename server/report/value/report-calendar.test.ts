import { describe, expect, test } from 'vitest'
import { draftOn, dueMonths, firstMonthMade, isDraftDue, isReportDue, madeOn, runningMonth } from './report-calendar.ts'

const at = (text: string) => new Date(text)
const span = (time_zone: string, created: string, rest: { made_since?: string; last_month?: string } = {}) => ({
  time_zone,
  created_at: at(created),
  made_since: rest.made_since === undefined ? null : at(rest.made_since),
  last_month: rest.last_month ?? null,
})

describe('the clock on the wall', () => {
  // worked out by hand from the offset of each zone on that day
  test.each([
    ['UTC', '2026-01-01T06:00Z'],
    ['Europe/Berlin', '2026-01-01T05:00Z'],
    ['America/New_York', '2026-01-01T11:00Z'],
    ['Asia/Kathmandu', '2026-01-01T00:15Z'],
    ['Pacific/Kiritimati', '2025-12-31T16:00Z'],
    ['Pacific/Pago_Pago', '2026-01-01T17:00Z'],
  ])('December is due in %s from %s on, and not a minute before', (zone, instant) => {
    const due = at(instant)
    expect(isReportDue('2025-12', due, zone)).toBe(true)
    expect(isReportDue('2025-12', new Date(due.getTime() - 60_000), zone)).toBe(false)
    expect(isReportDue('2026-01', due, zone)).toBe(false)
  })

  test('summer time moves the hour with the clock: six on the wall is an hour earlier in the world', () => {
    expect(isReportDue('2026-03', at('2026-04-01T03:59Z'), 'Europe/Berlin')).toBe(false)
    expect(isReportDue('2026-03', at('2026-04-01T04:00Z'), 'Europe/Berlin')).toBe(true)
    // clocks went back on 1 November 2026 in New York, four hours before six
    expect(isReportDue('2026-10', at('2026-11-01T10:59Z'), 'America/New_York')).toBe(false)
    expect(isReportDue('2026-10', at('2026-11-01T11:00Z'), 'America/New_York')).toBe(true)
  })

  test('a month ends where the community lives', () => {
    expect(runningMonth(at('2025-12-31T12:00Z'), 'Pacific/Kiritimati')).toBe('2026-01')
    expect(runningMonth(at('2026-01-01T10:59Z'), 'Pacific/Pago_Pago')).toBe('2025-12')
  })
})

describe('drafts', () => {
  test('come so many days before the first of the next month, in February and in a leap year as well', () => {
    expect(draftOn('2026-02', 3)).toBe('2026-02-26')
    expect(draftOn('2028-02', 3)).toBe('2028-02-27')
    expect(draftOn('2026-02', 14)).toBe('2026-02-15')
    expect(draftOn('2025-12', 1)).toBe('2025-12-31')
    expect(draftOn('2025-12', 0)).toBeNull()
  })

  test('are due from that morning until the month is over', () => {
    const isDue = (text: string) => isDraftDue('2025-12', 3, at(text), 'UTC')
    expect(['2025-12-29T05:59Z', '2025-12-29T06:00Z', '2025-12-31T23:59Z', '2026-01-01T00:00Z'].map(isDue)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isDraftDue('2025-12', 0, at('2025-12-31T12:00Z'), 'UTC')).toBe(false)
  })
})

describe('the months that are due', () => {
  test('begin with the first that begins after the community was set up', () => {
    expect(firstMonthMade(span('UTC', '2025-10-15T00:00Z'))).toBe('2025-11')
    expect(dueMonths(span('UTC', '2025-10-15T00:00Z'), at('2025-11-30T23:00Z'))).toEqual([])
    expect(dueMonths(span('UTC', '2025-10-15T00:00Z'), at('2025-12-01T06:00Z'))).toEqual(['2025-11'])
  })

  test('are all that were missed, the oldest first', () => {
    expect(dueMonths(span('UTC', '2025-10-15T00:00Z'), at('2026-03-02T00:00Z'))).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(dueMonths(span('UTC', '2025-10-15T00:00Z', { last_month: '2025-12' }), at('2026-03-02T00:00Z'))).toEqual(['2026-01', '2026-02'])
  })

  test('leave out those that ended while it was switched off', () => {
    const off = span('UTC', '2025-01-15T00:00Z', { made_since: '2026-02-10T12:00Z' })
    expect(dueMonths(off, at('2026-02-20T00:00Z'))).toEqual([])
    expect(dueMonths(off, at('2026-03-01T06:00Z'))).toEqual(['2026-02'])
  })

  test('never come again after the zone has changed, however far round the world', () => {
    // made on the first in Kiritimati; a day later the community has moved to where December is not over yet
    const made = span('Pacific/Pago_Pago', '2025-10-15T00:00Z', { last_month: '2025-12' })
    expect(dueMonths(made, at('2025-12-31T16:05Z'))).toEqual([])
    expect(dueMonths(made, at('2026-01-01T17:00Z'))).toEqual([])
    expect(dueMonths(made, at('2026-02-01T17:00Z'))).toEqual(['2026-01'])
  })

  test('hold each month of ten years once', () => {
    const all = dueMonths(span('Europe/Berlin', '2019-12-31T12:00Z'), at('2030-01-01T12:00Z'))
    expect(all).toHaveLength(120)
    expect(new Set(all).size).toBe(120)
    expect([all[0], all.at(-1), madeOn('2029-12')]).toEqual(['2020-01', '2029-12', '2030-01-01'])
  })
})
