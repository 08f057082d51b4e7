import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXAMPLES } from './example-windows.ts'
import { anyCrowd, anyWindow } from './example-threads.ts'
import { DATA_LEVERS, LEVERS, WAKING_LEVERS } from './flip.ts'
import type { WindowFacts } from './window-facts.ts'

const ALL_LEVERS = [...new Set([...LEVERS, ...DATA_LEVERS, ...WAKING_LEVERS])]
const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)

/** Everything that must hold between the counts of a window. */
const expectConsistent = (facts: WindowFacts) => {
  const { people, hosts, mix, episodes, feed, talk } = facts
  expect(sum(Object.values(mix))).toBe(people.contribution_count)
  expect(hosts.contribution_count).toBe(people.contribution_count)
  expect(sum(people.contributions_by_person) + people.anonymous_count).toBe(people.contribution_count)
  expect(sum(people.starts_by_person)).toBeLessThanOrEqual(people.start_count)
  expect(sum(people.answers_by_person)).toBeLessThanOrEqual(people.answer_count)
  expect(people.answer_count).toBeLessThanOrEqual(mix.help)
  expect(sum(hosts.contributions_by_host)).toBeLessThanOrEqual(hosts.contribution_count)
  expect(hosts.host_ids).toHaveLength(hosts.contributions_by_host.length)
  expect(new Set(hosts.host_ids).size).toBe(hosts.host_ids.length)
  expect(new Set(people.person_ids).size).toBe(people.person_ids.length)
  for (const counts of [people.contributions_by_person, people.starts_by_person, people.answers_by_person])
    expect(counts).toHaveLength(people.person_ids.length)
  for (const [i, contributions] of people.contributions_by_person.entries())
    expect((people.starts_by_person[i] as number) + (people.answers_by_person[i] as number)).toBeLessThanOrEqual(contributions)
  expect(episodes.ripe_answered_count).toBeLessThanOrEqual(episodes.ripe_count)
  expect(episodes.ripe_count).toBeLessThanOrEqual(episodes.question_count)
  expect(talk.artefact_word_count + talk.document_word_count).toBeLessThanOrEqual(talk.word_count)
  expect(facts.questions_by_others).toBeLessThanOrEqual(episodes.question_count)
  expect(facts.news_by_top_author ?? 0).toBeLessThanOrEqual(mix.news)
  expect(feed.recent_contribution_count + feed.earlier_contribution_count).toBeGreaterThanOrEqual(people.contribution_count)
  expect(feed.recent_contribution_count).toBeLessThanOrEqual(people.contribution_count)
  const counts = [
    ...Object.values(mix),
    ...people.contributions_by_person,
    ...people.starts_by_person,
    ...people.answers_by_person,
    ...hosts.contributions_by_host,
    ...Object.values(episodes),
    ...Object.values(talk),
    feed.recent_contribution_count,
    feed.earlier_contribution_count,
    feed.feed_gap_days,
    facts.questions_by_others,
  ]
  for (const count of counts) expect(Number.isInteger(count) && count >= 0, `${count} is a count`).toBe(true)
}

describe('levers', () => {
  test('examples and random windows are consistent to begin with', () => {
    for (const name of ['community', 'teaching_platform', 'blog', 'commented_blog', 'newsletter', 'workgroup', 'mixed', 'empty'] as const)
      expectConsistent(EXAMPLES[name])
    fc.assert(fc.property(anyWindow, expectConsistent))
  })

  test.each(ALL_LEVERS)('$id keeps all counts consistent, in any amount, and leaves the window as it was', (lever) => {
    fc.assert(
      fc.property(fc.oneof(anyWindow, anyCrowd), fc.double({ min: 0, max: 1, noNaN: true }), (facts, part) => {
        const most = lever.most(facts)
        fc.pre(most > 0)
        const amount = Math.max(1, Math.round(most * part * part))
        const before = structuredClone(facts)
        const changed = lever.apply(facts, amount)
        expect(facts).toEqual(before)
        expectConsistent(changed)
        expect(changed).not.toEqual(facts)
      }),
      { numRuns: 120 },
    )
  })

  test.each(ALL_LEVERS)('$id says its amount, in a clause without names', (lever) => {
    for (const facts of Object.values(EXAMPLES)) {
      for (const amount of [1, 2]) {
        if (lever.most(facts) < amount) continue
        const clause = lever.says(facts, amount)
        expect(clause).toMatch(new RegExp(`\\b${amount}\\b`))
        expect(clause).not.toMatch(/undefined|NaN|null|member \d|author|editor|teacher/)
      }
    }
  })

  test('ids are unique and stable in form', () => {
    expect(new Set(ALL_LEVERS.map((lever) => lever.id)).size).toBe(ALL_LEVERS.length)
    for (const lever of ALL_LEVERS) expect(lever.id).toMatch(/^[a-z]+(_[a-z]+)*$/)
  })
})
