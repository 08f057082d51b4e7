import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import { anyCrowd, anyWindow } from './example-threads.ts'
import { craftWindow, EXAMPLES } from './example-windows.ts'
import { DATA_LEVERS, findFlip, LEVERS, WAKING_LEVERS } from './flip.ts'

const leverOf = (id: string) => [...LEVERS, ...DATA_LEVERS, ...WAKING_LEVERS].find((lever) => lever.id === id)

describe('findFlip', () => {
  test('what it finds really flips the verdict to the one it names, and one step less does not', () => {
    fc.assert(
      fc.property(fc.oneof(anyWindow, anyCrowd), (facts) => {
        const flip = findFlip(facts)
        if (flip === null) return
        const lever = leverOf(flip.change)
        if (lever === undefined) throw new Error(`no lever ${flip.change}`)
        expect(flip.to_verdict).not.toBe(decide(facts))
        expect(flip.amount).toBeGreaterThan(0)
        expect(flip.amount).toBeLessThanOrEqual(lever.most(facts))
        expect(decide(lever.apply(facts, flip.amount))).toBe(flip.to_verdict)
        if (flip.amount > 1) expect([decide(facts), 'too_little_data', 'dormant']).toContain(decide(lever.apply(facts, flip.amount - 1)))
        expect(flip.sentence).toMatch(/^It would read as .* if .*\.$/)
      }),
      { numRuns: 300 },
    )
  })

  test('no smaller change of up to eight contributions, of any kind, flips', () => {
    fc.assert(
      fc.property(fc.oneof(anyWindow, anyCrowd), (facts) => {
        const verdict = decide(facts)
        fc.pre(verdict !== 'dormant' && verdict !== 'too_little_data')
        const flip = findFlip(facts)
        const contributions = flip === null ? 9 : Math.min(9, flip.amount * (leverOf(flip.change)?.contributions_a_step ?? 0))
        for (const lever of LEVERS)
          for (let amount = 1; amount <= lever.most(facts) && amount * lever.contributions_a_step < contributions; amount++)
            expect([verdict, 'too_little_data', 'dormant'], `${lever.id} ${amount}`).toContain(decide(lever.apply(facts, amount)))
      }),
      { numRuns: 150 },
    )
  })

  test('a teaching platform reads otherwise when others take over enough answers', () => {
    const flip = findFlip(EXAMPLES.teaching_platform)
    // 54 of 60 answers; 35 of 60 are below 60 %
    expect(flip).toMatchObject({ change: 'answers_shared_out', amount: 19, to_verdict: 'mixed' })
    expect(flip?.sentence).toBe('It would read as mixed if 19 of the 54 answers by the member who gives most had come from others.')
  })

  test('too few contributions ask for more of the same', () => {
    const flip = findFlip(EXAMPLES.too_little_data)
    expect(flip).toMatchObject({ to_verdict: 'community', change: 'more_of_the_same', amount: 18 })
  })

  test('a short history asks for time, a hole in the feed for the feed', () => {
    const { community } = EXAMPLES
    expect(findFlip({ ...community, feed: { ...community.feed, history_weeks: 5 } })).toMatchObject({
      change: 'longer_history',
      amount: 3,
      to_verdict: 'community',
    })
    expect(findFlip({ ...community, feed: { ...community.feed, feed_gap_days: 30 } })).toMatchObject({
      change: 'wholer_feed',
      amount: 12,
      to_verdict: 'community',
    })
  })

  test('a community does not read as too little data by being made smaller', () => {
    expect(findFlip(craftWindow({ mix: { discussion: 30 } }))?.to_verdict).not.toBe('too_little_data')
  })

  test('an empty window has no smallest change', () => {
    expect(findFlip(EXAMPLES.empty)).toBeNull()
  })
})
