import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalsOf, refuseValue } from './change-threshold.ts'
import { decide } from './decide.ts'
import { distributionOf } from './distribution.ts'
import { anyCrowd, anyWindow } from './example-threads.ts'
import { craftWindow, EXAMPLES } from './example-windows.ts'
import { DATA_LEVERS, LEVERS, WAKING_LEVERS } from './flip.ts'
import { DEFAULT_HOUSE_RULES, type HouseRules } from './house-rules.ts'
import { judge } from './judge.ts'
import { findContradiction } from './threshold-relations.ts'
import { THRESHOLD_IDS, THRESHOLDS, type ThresholdId } from './thresholds.ts'
import type { WindowFacts } from './window-facts.ts'

const adjustable = THRESHOLD_IDS.filter((id) => THRESHOLDS[id].range !== null)

/** Anything that managers could have set: a few thresholds, often at an end of their range. */
const anyHouse: fc.Arbitrary<HouseRules> = fc
  .dictionary(fc.constantFrom(...adjustable), fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })), { maxKeys: 8 })
  .map((parts) => {
    const own = Object.entries(parts).map(([id, part]) => {
      const [least, most] = THRESHOLDS[id as ThresholdId].range as readonly [number, number]
      return [id, Number((least + part * (most - least)).toFixed(decimalsOf(THRESHOLDS[id as ThresholdId].unit)))] as const
    })
    return { ...DEFAULT_HOUSE_RULES, thresholds: { ...DEFAULT_HOUSE_RULES.thresholds, ...Object.fromEntries(own) } }
  })
  .filter(({ thresholds }) => findContradiction(thresholds) === null && adjustable.every((id) => refuseValue(id, thresholds[id]) === null))

const withOwn = (facts: WindowFacts, own: Partial<Record<ThresholdId, number>>): WindowFacts => ({
  ...facts,
  house: { ...facts.house, thresholds: { ...facts.house.thresholds, ...own } },
})

describe('whatever thresholds a community sets', () => {
  test('the verdict is told with its evidence, names them, and its smallest change holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyWindow, anyCrowd, fc.constantFrom(...Object.values(EXAMPLES))), anyHouse, (counted, house) => {
        const facts = { ...counted, house }
        const verdict = judge(facts)
        expect(verdict.verdict).toBe(decide(facts))
        expect(Object.fromEntries(verdict.own_thresholds.map((one) => [one.id, one.value]))).toEqual(
          Object.fromEntries(
            adjustable.filter((id) => house.thresholds[id] !== THRESHOLDS[id].value).map((id) => [id, house.thresholds[id]]),
          ),
        )
        expect(verdict.rules.filter((rule) => rule.is_decisive)).toHaveLength(1)
        for (const rule of verdict.rules) for (const { sentence } of rule.tests) expect(sentence).not.toMatch(/NaN|undefined|Infinity/)
        const { flip } = verdict
        if (flip !== null) {
          const lever = [...LEVERS, ...DATA_LEVERS, ...WAKING_LEVERS].find(({ id }) => id === flip.change)
          expect(lever && decide(lever.apply(facts, flip.amount))).toBe(flip.to_verdict)
        }
      }),
      { numRuns: 120 },
    )
  }, 60_000)

  test('"most" is said of half and more, never of less', () => {
    fc.assert(
      fc.property(fc.oneof(anyWindow, anyCrowd), anyHouse, (counted, house) => {
        const facts = { ...counted, house }
        const { sentence } = judge(facts)
        const { mix, people } = facts
        const isMost = (k: number, n: number) => 2 * k >= n
        if (sentence.includes('most of it is news')) expect(isMost(mix.news, people.contribution_count)).toBe(true)
        if (sentence.includes('most of what happens is work')) expect(isMost(mix.work, people.contribution_count)).toBe(true)
        if (sentence.includes('makes most of it'))
          expect(isMost(distributionOf(people.contributions_by_person).top, people.contribution_count)).toBe(true)
        if (sentence.includes('most of the answers'))
          expect(isMost(distributionOf(people.answers_by_person).top, people.answer_count)).toBe(true)
        if (sentence.includes('starts most threads'))
          expect(isMost(distributionOf(people.starts_by_person).top, people.start_count)).toBe(true)
      }),
      { numRuns: 120 },
    )
  }, 60_000)

  test('what less than half decides is called much, and few who help are not called many', () => {
    const fifth = craftWindow({ mix: { work: 20, discussion: 80 } })
    expect(judge(withOwn(fifth, { workgroup_work: 15 })).sentence).toBe(
      'It reads as a workgroup: much of what happens is work on tasks and documents.',
    )
    const news = craftWindow({ mix: { news: 20, discussion: 80 } })
    expect(judge(withOwn(news, { newsletter_news: 20 })).sentence).toContain('much of it is news')
    const hosted = craftWindow({ mix: { discussion: 100 }, hosted: [60] })
    expect(judge(withOwn(hosted, { blog_host: 60 })).sentence).toContain('others talk, but mostly in threads that one person starts')
  })

  test('asking for one voice is met by anybody’s answer, and no change of counts turns it', () => {
    const verdict = judge(withOwn(EXAMPLES.community, { community_voices: 1 }))
    const voices = verdict.rules.find((rule) => rule.id === 'community')?.tests.find((one) => one.metric.startsWith('effective-voices'))
    expect(voices).toMatchObject({ passed: true, threshold: 1, smallest_change: null })
  })
})
