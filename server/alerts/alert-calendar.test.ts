import { describe, expect, it } from 'vitest'
import { nextJudgedAt, periodHolding, roundOf } from './alert-calendar.ts'

const at = (text: string) => new Date(text)
const weekly = (text: string, zone: string) => roundOf('week', at(text), zone)

describe('rounds by weeks and months', () => {
  it('begin at six in the morning where the community lives', () => {
    expect(weekly('2026-11-23T04:59:00Z', 'Europe/Berlin')).toBe('2026-11-22')
    expect(weekly('2026-11-23T05:00:00Z', 'Europe/Berlin')).toBe('2026-11-23')
    expect(roundOf('month', at('2026-06-01T04:00:00Z'), 'Europe/Berlin')).toBe('2026-06-01')
    expect(weekly('2026-11-22T16:00:00Z', 'Pacific/Kiritimati')).toBe('2026-11-23')
    expect(weekly('2026-11-23T16:59:00Z', 'Pacific/Pago_Pago')).toBe('2026-11-22')
    expect(weekly('2026-11-23T17:00:00Z', 'Pacific/Pago_Pago')).toBe('2026-11-23')
  })

  it.each([
    ['Europe/Berlin', '2026-03-20', '2026-04-05'],
    ['Europe/Berlin', '2026-10-20', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-03-28', '2026-04-12'],
    ['America/St_Johns', '2006-10-20', '2006-11-05'],
    ['Asia/Kathmandu', '2026-01-01', '2026-01-08'],
  ])('come once a day, never back, whatever the clocks of %s do', (zone, from, to) => {
    let last = ''
    const begins: string[] = []
    for (let time = at(`${from}T00:00Z`).getTime(); time < at(`${to}T00:00Z`).getTime(); time += 15 * 60_000) {
      const round = weekly(new Date(time).toISOString(), zone)
      expect(round >= last).toBe(true)
      if (round !== last && last !== '') {
        const wall = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(time)
        begins.push(wall)
      }
      last = round
    }
    expect(new Set(begins)).toEqual(new Set(['06:00']))
    expect(begins.length).toBeGreaterThan(5)
  })
})

it('rounds by days begin every hour, also while clocks go back', () => {
  expect(roundOf('day', at('2026-10-25T00:30:00Z'), 'Europe/Berlin')).not.toBe(roundOf('day', at('2026-10-25T01:30:00Z'), 'Europe/Berlin'))
  expect(roundOf('day', at('2026-10-25T00:01:00Z'), 'Europe/Berlin')).toBe(roundOf('day', at('2026-10-25T00:59:00Z'), 'Europe/Berlin'))
})

it('says when the next round begins', () => {
  expect(nextJudgedAt('week', 'Europe/Berlin', at('2026-11-22T12:00:00Z'))).toEqual(at('2026-11-23T05:00:00Z'))
  expect(nextJudgedAt('week', 'Europe/Berlin', at('2026-11-23T05:00:00Z'))).toEqual(at('2026-11-24T05:00:00Z'))
  expect(nextJudgedAt('week', 'Asia/Kathmandu', at('2026-11-23T00:14:59Z'))).toEqual(at('2026-11-23T00:15:00Z'))
  // the thirtieth was left out there: its round begins with the next day
  expect(nextJudgedAt('month', 'Pacific/Apia', at('2011-12-29T17:00:00Z'))).toEqual(at('2011-12-30T10:00:00Z'))
  expect(nextJudgedAt('day', 'Europe/Berlin', at('2026-11-23T05:20:00Z'))).toEqual(at('2026-11-23T06:00:00Z'))
})

it('knows the first day of the period that holds a day', () => {
  expect(['day', 'week', 'month'].map((grain) => periodHolding('2026-11-26', grain as 'day'))).toEqual([
    '2026-11-26',
    '2026-11-23',
    '2026-11-01',
  ])
})
