import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distributionOf } from './distribution.ts'
import { cellsOfThreads } from './example-cells.ts'
import { countWindow, type ExampleThread } from './example-windows.ts'
import { type CellFacts, factsOfCells } from './facts-of-cells.ts'
import { prepareDraws } from './prepare-draws.ts'
import type { WindowFacts } from './window-facts.ts'

const who = fc.option(
  fc.nat(6).map((i) => `member ${i}`),
  { freq: 6 },
)
const someThreads: fc.Arbitrary<ExampleThread[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('question' as const, 'post' as const, 'announcement' as const, 'work' as const),
    by: who,
    replies: fc.array(fc.record({ by: who, is_late: fc.boolean() }), { maxLength: 5 }),
    is_fresh: fc.boolean(),
  }),
  { maxLength: 12, size: 'max' },
)

test('facts of cells are the facts of the threads they were made of', () => {
  fc.assert(
    fc.property(someThreads, (threads) => {
      const expected = countWindow(threads)
      expect({ ...expected, ...factsOfCells(cellsOfThreads(threads)) }).toEqual(expected)
    }),
  )
})

test('a thread that counts twice is the thread and another like it, and one that counts for nothing is not there', () => {
  fc.assert(
    fc.property(
      someThreads.chain((threads) =>
        fc.tuple(fc.constant(threads), fc.array(fc.nat(3), { minLength: threads.length, maxLength: threads.length })),
      ),
      ([threads, weights]) => {
        const repeated = threads.flatMap((thread, i) => Array.from({ length: weights[i] as number }, () => thread))
        const found = factsOfCells(cellsOfThreads(threads), weights)
        expect(found).toEqual(factsOfCells(cellsOfThreads(repeated)))
      },
    ),
  )
})

/** What rules see of facts: counts by person in no order. */
const seen = ({ people, hosts, ...rest }: CellFacts) => {
  const { person_ids, contributions_by_person, starts_by_person, answers_by_person, ...counts } = people
  const spread = (some: readonly number[]) => ({ ...distributionOf([...some]), top_index: 0 })
  return {
    ...rest,
    ...counts,
    contributions: spread(contributions_by_person),
    starts: spread(starts_by_person),
    answers: spread(answers_by_person),
    hosts: spread(hosts.contributions_by_host),
    hosted: hosts.contribution_count,
  }
}
const cellPart = ({ mix, people, hosts, episodes, talk, questions_by_others, news_by_top_author }: WindowFacts): CellFacts => ({
  mix,
  people,
  hosts,
  episodes,
  talk,
  questions_by_others,
  news_by_top_author,
})

test('each draw gives the rules what counting the window anew with its weights would, threads grouped or not', () => {
  fc.assert(
    fc.property(
      someThreads.chain((threads) =>
        fc.record({
          threads: fc.constant(threads),
          words: fc.array(fc.tuple(fc.nat(90), fc.nat(9)), { maxLength: threads.length }),
          groups: fc.option(fc.integer({ min: 1, max: 4 })),
          draws: fc.array(fc.array(fc.nat(3), { minLength: threads.length, maxLength: threads.length }), { minLength: 1, maxLength: 4 }),
        }),
      ),
      ({ threads, words, groups, draws }) => {
        const window = cellsOfThreads(threads, words)
        const facts = { ...countWindow(threads), ...factsOfCells(window) }
        const prepared = groups === null ? prepareDraws(window, facts) : prepareDraws(window, facts, groups, (thread) => thread % groups)
        for (const weights of draws) {
          const some = weights.slice(0, prepared.groupCount)
          while (some.length < prepared.groupCount) some.push(0)
          const ofThreads = threads.map((_, t) => some[groups === null ? t : t % groups] as number)
          expect(seen(cellPart(prepared.draw(Int32Array.from(some))))).toEqual(seen(factsOfCells(window, ofThreads)))
        }
      },
    ),
  )
})
