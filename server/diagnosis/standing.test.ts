import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VERDICTS, type VerdictName } from '../../shared/contract/verdict.ts'
import { countFlips } from './flips.ts'
import { describeStand, type Evaluation, followStanding, isMonthOver } from './standing.ts'

const MONTH_ENDS = ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2025-05-31', '2025-06-30', '2025-07-31', '2025-08-31']
type Said = [VerdictName, Evaluation['strength']]
const at = (said: readonly Said[]): Evaluation[] =>
  said.map(([verdict, strength], i) => ({ at: MONTH_ENDS[i] as string, verdict, strength, is_month_over: true }))
const standing = (said: readonly Said[], asked = 2) => followStanding(at(said), asked).map((stand) => stand.verdict)
const sentences = (evaluations: readonly Evaluation[], asked = 2) =>
  followStanding(evaluations, asked).map((stand, i) => describeStand(stand, evaluations[i] as Evaluation, asked).standing_detail?.sentence)

const COMMUNITY: Said = ['community', 'clear']
const BLOG: Said = ['blog', 'clear']

describe('the verdict that stands', () => {
  it('is the first clear one, and changes when another has been clear at two month ends in a row', () => {
    expect(standing([COMMUNITY, BLOG, COMMUNITY, BLOG, BLOG, BLOG])).toEqual([
      'community',
      'community',
      'community',
      'community',
      'blog',
      'blog',
    ])
  })

  it('does not change for what leans, nor for two others that are clear one after the other', () => {
    expect(standing([COMMUNITY, BLOG, ['blog', 'leaning'], BLOG])).toEqual(Array(4).fill('community'))
    expect(standing([COMMUNITY, BLOG, ['newsletter', 'clear'], BLOG])).toEqual(Array(4).fill('community'))
    expect(standing([COMMUNITY, ['blog', 'none'], ['blog', 'none'], ['blog', null]])).toEqual(Array(4).fill('community'))
  })

  it('treats mixed like any other verdict', () => {
    expect(standing([COMMUNITY, ['mixed', 'clear'], ['mixed', 'clear'], COMMUNITY])).toEqual(['community', 'community', 'mixed', 'mixed'])
  })

  it('gives way at once to silence and to too little data, and defends nothing after them', () => {
    expect(standing([COMMUNITY, ['too_little_data', null], BLOG])).toEqual(['community', 'too_little_data', 'blog'])
    expect(standing([['dormant', null], BLOG])).toEqual(['dormant', 'blog'])
  })

  it('is what it was before nothing could be judged, until another is clear', () => {
    expect(standing([COMMUNITY, ['dormant', null], ['blog', 'leaning'], ['too_little_data', null], ['blog', 'none'], BLOG, BLOG])).toEqual([
      'community',
      'dormant',
      'community',
      'too_little_data',
      'community',
      'community',
      'blog',
    ])
  })

  it('claims nothing before a first month is clear', () => {
    expect(standing([['blog', 'leaning'], ['mixed', 'none'], BLOG])).toEqual([null, null, 'blog'])
    expect(standing([['too_little_data', null], ['blog', 'leaning'], ['blog', 'leaning'], BLOG])).toEqual([
      'too_little_data',
      'too_little_data',
      'too_little_data',
      'blog',
    ])
    expect(standing([['dormant', null], ['blog', 'leaning'], BLOG])).toEqual(['dormant', null, 'blog'])
  })

  it('asks for as many month ends as the community has set', () => {
    expect(standing([COMMUNITY, BLOG], 1)).toEqual(['community', 'blog'])
    expect(standing([COMMUNITY, BLOG, BLOG, BLOG], 3)).toEqual(['community', 'community', 'community', 'blog'])
  })

  it('is not changed by a month that is not over, unless that can no longer be judged', () => {
    const [first, second] = at([COMMUNITY, BLOG]) as [Evaluation, Evaluation]
    const so_far = (verdict: VerdictName, strength: Evaluation['strength']) => ({
      at: '2025-03-17',
      verdict,
      strength,
      is_month_over: false,
    })
    expect(followStanding([first, second, so_far('blog', 'clear')], 2).at(-1)).toMatchObject({
      verdict: 'community',
      pending: { verdict: 'blog', since: '2025-02-28', evaluations: 1, asked: 2 },
    })
    expect(followStanding([first, so_far('dormant', null)], 2).at(-1)).toMatchObject({
      verdict: 'dormant',
      since: '2025-03-17',
      before: 'community',
    })
    expect(followStanding([so_far('blog', 'clear')], 2).at(-1)).toMatchObject({ verdict: null, since: null, pending: null })
  })

  it('does not count two month ends as in a row when the one between is gone', () => {
    const [a, b, , d] = at([COMMUNITY, BLOG, BLOG, BLOG]) as [Evaluation, Evaluation, Evaluation, Evaluation]
    expect(followStanding([a, b, d], 2).at(-1)).toMatchObject({ verdict: 'community', pending: { since: '2025-04-30', evaluations: 1 } })
  })

  it('knows a month end that is over from one that is not', () => {
    expect(isMonthOver('2024-02-29', '2024-03-01')).toBe(true)
    expect(isMonthOver('2024-02-28', '2024-03-01')).toBe(false)
    expect(isMonthOver('2024-02-29', '2024-02-29')).toBe(false)
  })

  it('says in words what stands and what the month says beside it', () => {
    expect(sentences(at([COMMUNITY, COMMUNITY, ['teaching_platform', 'leaning'], ['blog', 'none'], BLOG, BLOG]))).toEqual([
      'Community, from now on: nothing stood before, and this month is clear.',
      'Community since the end of January 2025. This month clearly reads the same.',
      'Community since the end of January 2025. This month leans teaching platform; not confirmed yet.',
      'Community since the end of January 2025. This month reads blog, but without a clear pattern; that changes nothing.',
      'Community since the end of January 2025. This month is clearly a blog; not confirmed yet: one of two month ends in a row.',
      'Blog, from now on: clear at two month ends in a row. Before, community stood.',
    ])
    expect(
      sentences(
        at([
          ['too_little_data', null],
          ['community', 'leaning'],
          COMMUNITY,
          ['dormant', null],
          ['dormant', null],
          ['community', 'leaning'],
        ]),
      ),
    ).toEqual([
      'Too little data, so no verdict stands.',
      'Too little data so far: no month has been clear since. This month leans community; the first that is clear stands.',
      'Community, from now on: nothing stood before, and this month is clear.',
      'Dormant: that stands at once. Before, community stood.',
      'Dormant since the end of April 2025.',
      'Community again, as before it fell silent. This month leans the same way.',
    ])
    expect(sentences(at([['blog', 'leaning']]))).toEqual(['Nothing stands yet: no month has been clear so far. This month leans blog.'])
    expect(sentences([{ at: '2025-03-17', verdict: 'blog', strength: 'leaning', is_month_over: false }])).toEqual([
      'Nothing stands yet: that takes the end of a month. This month so far leans blog.',
    ])
  })

  const said = fc.tuple(fc.constantFrom(...VERDICTS), fc.constantFrom<Evaluation['strength']>('clear', 'clear', 'leaning', 'none', null))

  it('is what looking back over the whole history each time finds', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), fc.integer({ min: 1, max: 3 }), (history, asked) => {
        expect(standing(history, asked)).toEqual(history.map((_, i) => lookBack(history.slice(0, i + 1), asked)))
      }),
      { seed: 1, numRuns: 2000 },
    )
  })

  it('never changes more often than the months do', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 8 }), (history) => {
        const evaluations = at(history)
        const stands = followStanding(evaluations, 2)
        const flips = countFlips(evaluations.map((one, i) => ({ ...one, standing: stands[i]?.verdict ?? null })))
        expect(flips.standing).toBeLessThanOrEqual(flips.month)
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})

/** The same from the rule's own words: what stands now, by the last month that settled it and the months since. */
const lookBack = (history: readonly Said[], asked: number): VerdictName | null => {
  const isUnjudged = ([verdict]: Said) => verdict === 'too_little_data' || verdict === 'dormant'
  const last = history.at(-1)
  if (!last) return null
  if (isUnjudged(last)) return last[0]
  const before = lookBack(history.slice(0, -1), asked)
  if (before === null || before === 'too_little_data' || before === 'dormant') {
    if (last[1] === 'clear') return last[0]
    const stood = history.map((_, i) => lookBack(history.slice(0, i), asked))
    return stood.findLast((one) => one !== null && one !== 'too_little_data' && one !== 'dormant') ?? (before === 'dormant' ? null : before)
  }
  // the months in a row, back from now, that were clear for this one while something else stood
  let row = 0
  for (let i = history.length - 1; i > 0; i--) {
    const [verdict, strength] = history[i] as Said
    const stood = lookBack(history.slice(0, i), asked)
    if (verdict !== last[0] || strength !== 'clear' || stood !== before) break
    row++
  }
  // the month that settled what stands does not count towards displacing it
  return last[0] !== before && row >= asked ? last[0] : before
}

describe('flips a year', () => {
  it('counts changes from month to month, and of what stands', () => {
    const evaluations = [
      { at: '2024-01-31', verdict: 'community', standing: null },
      { at: '2024-07-31', verdict: 'blog', standing: 'community' },
      { at: '2026-01-31', verdict: 'community', standing: 'community' },
    ] as const
    const flips = countFlips(evaluations)
    expect(flips).toMatchObject({ month: 2, standing: 0, standing_per_year: 0 })
    expect(flips.month_per_year).toBeCloseTo(1, 2)
  })

  it('has no rate for a history of one day or none', () => {
    expect(countFlips([])).toMatchObject({ month: 0, month_per_year: null })
    expect(countFlips([{ at: '2024-01-31', verdict: 'blog', standing: 'blog' }])).toMatchObject({ standing: 0, standing_per_year: null })
  })
})
