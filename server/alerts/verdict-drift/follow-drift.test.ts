import { describe, expect, it } from 'vitest'
import type { Purpose } from '../../../shared/contract/charter.ts'
import type { VerdictName } from '../../../shared/contract/verdict.ts'
import { addDays, daysOfPeriod, shiftPeriod } from '../../../shared/period.ts'
import { intentionOf } from '../../diagnosis/intention.ts'
import { driftStates, followDrift, type MonthEnd } from './follow-drift.ts'

const monthOf = (i: number) => daysOfPeriod(shiftPeriod('2025-01', 'month', i), 'month')
const monthsOf = (standing: (VerdictName | null)[], charter: Purpose | null = null): MonthEnd[] =>
  standing.map((verdict, i) => ({
    on: monthOf(i).from_on,
    at: addDays(monthOf(i).to_on, -1),
    standing: verdict,
    intention: intentionOf(charter, verdict)?.state ?? null,
  }))
const repeat = (count: number, verdict: VerdictName): VerdictName[] => Array.from({ length: count }, () => verdict)

describe('without a charter', () => {
  it('a community that comes to stand as a blog is told once, and ends when it is one again', () => {
    expect(followDrift(monthsOf([null, 'community', 'community', 'blog', 'blog', 'community']))).toEqual([
      { began_on: '2025-04-01', worse_on: [], ended_on: '2025-06-01', ending: 'recovered' },
    ])
  })

  it.each<[string, (VerdictName | null)[]]>([
    ['what always was a blog', ['blog', 'blog']],
    [
      'a community that shows no pattern, teaches, or falls silent',
      ['community', 'mixed', 'teaching_platform', 'dormant', 'too_little_data'],
    ],
    ['nothing', [null, null]],
    ['a blog that became a community', ['blog', 'community']],
  ])('%s is none', (_, standing) => {
    expect(followDrift(monthsOf(standing))).toEqual([])
  })

  it('goes on through what cannot be judged, and from one drift to another', () => {
    expect(followDrift(monthsOf(['community', 'mixed', 'blog', 'dormant', 'newsletter', 'mixed']))).toEqual([
      { began_on: '2025-03-01', worse_on: [], ended_on: null, ending: null },
    ])
  })

  it('settles after a year, and drifts anew only after it was a community again', () => {
    const months = monthsOf(['community', ...repeat(20, 'blog'), 'community', 'newsletter'])
    expect(followDrift(months)).toEqual([
      { began_on: '2025-02-01', worse_on: [], ended_on: '2026-02-01', ending: 'settled' },
      { began_on: '2026-11-01', worse_on: [], ended_on: null, ending: null },
    ])
  })
})

describe('with a charter', () => {
  it('is held against what was declared', () => {
    expect(driftStates(monthsOf(['newsletter', 'workgroup', 'community', 'mixed', null], 'newsletter'))).toEqual([
      'as_meant',
      'away',
      'neither',
      'neither',
      'neither',
    ])
    expect(followDrift(monthsOf([null, 'blog'], 'community'))).toMatchObject([{ began_on: '2025-02-01' }])
    expect(followDrift(monthsOf(['teaching_platform', 'teaching_platform'], 'community'))).toMatchObject([{ began_on: '2025-01-01' }])
    expect(followDrift(monthsOf(['community', 'community'], 'teaching_platform'))).toEqual([])
  })
})

it('says of each month only what was known by it', () => {
  const standing: (VerdictName | null)[] = ['community', 'blog', 'mixed', 'community', 'newsletter', ...repeat(14, 'newsletter')]
  const all = followDrift(monthsOf(standing))
  for (let until = 0; until <= standing.length; until++) {
    const last = until === 0 ? '' : monthOf(until - 1).from_on
    const expected = all
      .filter(({ began_on }) => began_on <= last)
      .map((one) => (one.ended_on !== null && one.ended_on <= last ? one : { ...one, ended_on: null, ending: null }))
    expect(followDrift(monthsOf(standing.slice(0, until)))).toEqual(expected)
  }
})
