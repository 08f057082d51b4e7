import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VERDICTS, type VerdictName } from '../../shared/contract/verdict.ts'
import { countFlips } from './flips.ts'
import { describeStand, type Evaluation, followStanding, isMonthOver } from './standing.ts'

const MONTH_ENDS = Array.from({ length: 10 }, (_, i) => new Date(Date.UTC(2025, i + 1, 0)).toISOString().slice(0, 10))
type Said = [VerdictName, Evaluation['strength']]
const at = (said: readonly Said[]): Evaluation[] =>
  said.map(([verdict, strength], i) => ({ at: MONTH_ENDS[i] as string, verdict, strength, is_month_over: true }))
const standing = (said: readonly Said[], asked = 2) => followStanding(at(said), asked).map((stand) => stand.verdict)
const sentences = (evaluations: readonly Evaluation[], asked = 2) =>
  followStanding(evaluations, asked).map((stand, i) => describeStand(stand, evaluations[i] as Evaluation, asked).standing_detail?.sentence)

const COMMUNITY: Said = ['community', 'clear']
const BLOG: Said = ['blog', 'clear']

describe('the verdict that stands', () => {
  const SETTLED = [COMMUNITY, COMMUNITY]

  it('is the first that is clear at two month ends in a row, and changes when another has been', () => {
    expect(standing([COMMUNITY, BLOG, ...SETTLED, BLOG, COMMUNITY, BLOG, BLOG])).toEqual([
      null,
      null,
      null,
      'community',
      'community',
      'community',
      'community',
      'blog',
    ])
  })

  it('does not change for what leans, nor for two others that are clear one after the other', () => {
    const since = (said: Said[]) => standing([...SETTLED, ...said]).slice(1)
    expect(since([BLOG, ['blog', 'leaning'], BLOG])).toEqual(Array(4).fill('community'))
    expect(since([BLOG, ['newsletter', 'clear'], BLOG])).toEqual(Array(4).fill('community'))
    expect(
      since([
        ['blog', 'none'],
        ['blog', 'none'],
        ['blog', null],
      ]),
    ).toEqual(Array(4).fill('community'))
  })

  it('treats mixed like any other verdict', () => {
    expect(standing([...SETTLED, ['mixed', 'clear'], ['mixed', 'clear'], COMMUNITY]).slice(2)).toEqual(['community', 'mixed', 'mixed'])
  })

  it('gives way at once to silence and to too little data, and is what it was afterwards, until another is clear twice', () => {
    expect(
      standing([...SETTLED, ['dormant', null], ['blog', 'leaning'], ['too_little_data', null], ['blog', 'none'], BLOG, BLOG]).slice(2),
    ).toEqual(['dormant', 'community', 'too_little_data', 'community', 'community', 'blog'])
  })

  it('claims nothing before one has been clear twice', () => {
    expect(standing([['blog', 'leaning'], ['mixed', 'none'], BLOG])).toEqual([null, null, null])
    expect(standing([['too_little_data', null], ['blog', 'leaning'], BLOG, BLOG])).toEqual(['too_little_data', null, null, 'blog'])
    expect(standing([['dormant', null], ['blog', 'leaning'], BLOG, BLOG])).toEqual(['dormant', null, null, 'blog'])
  })

  describe('on inferred threads', () => {
    const inferred = (verdict: VerdictName, i: number): Evaluation => ({
      at: MONTH_ENDS[i] as string,
      verdict,
      strength: 'leaning',
      is_inferred: true,
      is_month_over: true,
    })
    const standsOf = (evaluations: readonly Evaluation[]) => followStanding(evaluations, 2).map((stand) => stand.verdict)

    it('is a community, or mixed, that only inference keeps from being clear', () => {
      const chat = (['community', 'community', 'mixed', 'mixed', 'mixed'] as const).map(inferred)
      expect(standsOf(chat)).toEqual([null, 'community', 'community', 'mixed', 'mixed'])
      expect(sentences(chat)).toEqual([
        'Nothing stands yet. This month leans community, resting on what was inferred; not confirmed yet: one of two month ends in a row.',
        'Community, from now on: clear but for resting on what was inferred, at two month ends in a row.',
        'Community since the end of February 2025. This month is by its draws mixed; not confirmed yet: one of two month ends in a row.',
        'Mixed, from now on: clear but for resting on what was inferred, at two month ends in a row. Before, community stood.',
        'Mixed since the end of April 2025. This month reads the same, resting on what was inferred.',
      ])
    })

    it('is never an accusation, however often', () => {
      for (const verdict of ['blog', 'newsletter', 'workgroup', 'teaching_platform'] as const) {
        expect(standsOf(Array.from({ length: 6 }, (_, i) => inferred(verdict, i)))).toEqual(Array(6).fill(null))
        expect(standsOf([inferred('community', 0), inferred('community', 1), ...[2, 3, 4].map((i) => inferred(verdict, i))]).at(-1)).toBe(
          'community',
        )
      }
      const [first, , third] = sentences([
        inferred('blog', 0),
        ...([1, 2] as const).map((i) => inferred('community', i)),
        inferred('blog', 3),
      ]).toSpliced(1, 1)
      expect(first).toBe('Nothing stands yet. This month leans blog, resting on what was inferred; that does not come to stand.')
      expect(third).toBe(
        'Community since the end of March 2025. This month leans blog, resting on what was inferred, and that does not come to stand.',
      )
    })

    it('is nothing where the month leans by its draws too', () => {
      const leaning = { ...inferred('community', 0), is_inferred: false }
      expect(standsOf([leaning, { ...leaning, at: MONTH_ENDS[1] as string }])).toEqual([null, null])
    })
  })

  it('asks for as many month ends as the community has set', () => {
    expect(standing([COMMUNITY, BLOG], 1)).toEqual(['community', 'blog'])
    expect(standing([...SETTLED, COMMUNITY, BLOG, BLOG, BLOG], 3).slice(1)).toEqual([null, 'community', 'community', 'community', 'blog'])
  })

  it('is not changed by a month that is not over, unless that can no longer be judged', () => {
    const before = at([...SETTLED, BLOG])
    const soFar = (verdict: VerdictName, strength: Evaluation['strength']) => ({
      at: '2025-04-17',
      verdict,
      strength,
      is_month_over: false,
    })
    expect(followStanding([...before, soFar('blog', 'clear')], 2).at(-1)).toMatchObject({
      verdict: 'community',
      pending: { verdict: 'blog', since: '2025-03-31', evaluations: 1, asked: 2 },
    })
    expect(followStanding([...before, soFar('dormant', null)], 2).at(-1)).toMatchObject({
      verdict: 'dormant',
      since: '2025-04-17',
      before: 'community',
    })
    expect(followStanding([soFar('blog', 'clear')], 2).at(-1)).toMatchObject({ verdict: null, since: null, pending: null })
  })

  it('does not count two month ends as in a row when the one between is gone', () => {
    const all = at([...SETTLED, BLOG, BLOG, BLOG])
    expect(followStanding(all.toSpliced(3, 1), 2).at(-1)).toMatchObject({
      verdict: 'community',
      pending: { since: '2025-05-31', evaluations: 1 },
    })
  })

  it('knows a month end that is over from one that is not', () => {
    expect(isMonthOver('2024-02-29', '2024-03-01')).toBe(true)
    expect(isMonthOver('2024-02-28', '2024-03-01')).toBe(false)
    expect(isMonthOver('2024-02-29', '2024-02-29')).toBe(false)
  })

  it('says in words what stands and what the month says beside it', () => {
    const since = 'Community since the end of February 2025.'
    expect(sentences(at([...SETTLED, COMMUNITY, ['teaching_platform', 'leaning'], ['blog', 'none'], BLOG, BLOG]))).toEqual([
      'Nothing stands yet. This month clearly reads community; not confirmed yet: one of two month ends in a row.',
      'Community, from now on: clear at two month ends in a row.',
      `${since} This month clearly reads the same.`,
      `${since} This month leans teaching platform; not confirmed yet.`,
      `${since} This month reads blog, but without a clear pattern; that changes nothing.`,
      `${since} This month is clearly a blog; not confirmed yet: one of two month ends in a row.`,
      'Blog, from now on: clear at two month ends in a row. Before, community stood.',
    ])
    const thin: Said[] = [
      ['too_little_data', null],
      ['community', 'leaning'],
      ...SETTLED,
      ['dormant', null],
      ['dormant', null],
      ['community', 'leaning'],
    ]
    expect(sentences(at(thin))).toEqual([
      'Too little data, so no verdict stands.',
      'Nothing stands yet. This month leans community; a verdict stands once it is clear at two month ends in a row.',
      'Nothing stands yet. This month clearly reads community; not confirmed yet: one of two month ends in a row.',
      'Community, from now on: clear at two month ends in a row.',
      'Dormant: that stands at once. Before, community stood.',
      'Dormant since the end of May 2025.',
      'Community again, as before it fell silent. This month leans the same way.',
    ])
    expect(sentences(at([['blog', 'leaning']]))).toEqual([
      'Nothing stands yet. This month leans blog; a verdict stands once it is clear at two month ends in a row.',
    ])
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

/** The same from the rule's own words: what stood last, unless another has been clear for as many months back from now. */
const lookBack = (history: readonly Said[], asked: number): VerdictName | null => {
  const last = history.at(-1)
  if (!last) return null
  const isUnjudged = (verdict: VerdictName | null) => verdict === null || verdict === 'too_little_data' || verdict === 'dormant'
  if (isUnjudged(last[0])) return last[0]
  const stood = history.map((_, i) => lookBack(history.slice(0, i), asked))
  const held = stood.findLast((verdict) => !isUnjudged(verdict)) ?? null
  const others = history.findLastIndex(([verdict, strength]) => verdict !== last[0] || strength !== 'clear')
  return history.length - 1 - others >= asked ? last[0] : held
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
