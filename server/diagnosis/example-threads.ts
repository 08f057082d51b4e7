import fc from 'fast-check'
import { countWindow, type ExampleThread } from './example-windows.ts'
import type { WindowFacts } from './window-facts.ts'

const who = (people: number) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: people }).map((i) => `member ${Math.ceil((i * i) / people)}`) },
    { weight: 1, arbitrary: fc.constant(null) },
  )

type Talk = WindowFacts['talk']
const NO_WORDS: Talk = { word_count: 0, artefact_word_count: 0, document_word_count: 0 }
/** Words that come near the thresholds of the rule about talk, on both sides. */
const someTalk: fc.Arbitrary<Talk> = fc.record({
  word_count: fc.integer({ min: 900, max: 2000 }),
  artefact_word_count: fc.integer({ max: 12, min: 0 }),
  document_word_count: fc.integer({ max: 12, min: 0 }),
})
const withTalk = (facts: WindowFacts, talk: Talk): WindowFacts => (facts.people.contribution_count === 0 ? facts : { ...facts, talk })

/** Random windows of a few to some dozens of contributions, of every mixture of kinds, some busy people and some quiet; for properties. */
export const anyWindow: fc.Arbitrary<WindowFacts> = fc
  .record({
    people: fc.integer({ min: 1, max: 12 }),
    kinds: fc.subarray(['question', 'post', 'announcement', 'work'] as const, { minLength: 1 }),
  })
  .chain(({ people, kinds }) =>
    fc.record({
      threads: fc.array(
        fc.record({
          kind: fc.constantFrom(...kinds),
          by: who(people),
          replies: fc.array(fc.record({ by: who(people), is_late: fc.boolean() }), { maxLength: 4 }),
          is_fresh: fc.boolean(),
        }) satisfies fc.Arbitrary<ExampleThread>,
        { maxLength: 40, size: 'max' },
      ),
      history_weeks: fc.constantFrom(200, 200, 200, 200, 200, 200, 26, 25, 8, 7),
      feed_gap_days: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 18, 19),
      is_feed_alive: fc.boolean(),
      talk: fc.oneof(fc.constant(NO_WORDS), someTalk),
    }),
  )
  .map(({ threads, talk, ...feed }) => withTalk(countWindow(threads, feed), talk))

/** Random windows of more people than the ten whom the rule about talk looks at, with words near its thresholds. */
export const anyCrowd: fc.Arbitrary<WindowFacts> = fc
  .constantFrom(12, 24, 36)
  .chain((people) => {
    const by = fc.integer({ min: 1, max: people }).map((i) => `member ${i}`)
    return fc.record({
      threads: fc.array(
        fc.record({
          kind: fc.constantFrom('question' as const, 'post' as const),
          by,
          replies: fc.array(fc.record({ by }), { maxLength: 2 }),
        }) satisfies fc.Arbitrary<ExampleThread>,
        { minLength: 20, maxLength: 60, size: 'max' },
      ),
      talk: someTalk,
    })
  })
  .map(({ threads, talk }) => withTalk(countWindow(threads), talk))
