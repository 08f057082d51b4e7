import fc from 'fast-check'
import { countWindow, type ExampleThread } from './example-windows.ts'
import type { WindowFacts } from './window-facts.ts'

const who = (people: number) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: people }).map((i) => `member ${Math.ceil((i * i) / people)}`) },
    { weight: 1, arbitrary: fc.constant(null) },
  )

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
    }),
  )
  .map(({ threads, ...feed }) => countWindow(threads, feed))
