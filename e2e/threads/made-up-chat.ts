import type { SourceItem } from '../../server/ingest/sources/source.ts'

/** Nothing real: messages as long and as often named as those of a busy help channel, to measure how fast threads are inferred. */

const PEOPLE = 5_000
const CHANNELS = 20
const WORDS =
  'the pump at my place leaks when I open its upper valve and then it stops for a while until somebody turns the other one again'.split(' ')
/** Seconds between messages of a channel. */
const STEP = 15

/** The same numbers each time (mulberry32). */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** The accounts of a chat, then so many messages of its channels, mixed, in the order of their time. */
export function* madeUpChat(messages: number): Generator<SourceItem> {
  const random = randomOf(7)
  const at = (i: number) => Math.floor(random() * i)
  for (let i = 0; i < PEOPLE; i++) yield { position: i, account: { id: `U${i}`, name: `person${i}` } }
  for (let i = 0; i < messages; i++) {
    // most is said by few
    const author = Math.floor(PEOPLE * random() ** 3)
    const start = random() < 0.4 ? `person${Math.max(0, author - at(5))}: ` : ''
    const words = Array.from({ length: 4 + at(16) }, () => WORDS[at(WORDS.length)])
    const occurred_at = new Date(Date.UTC(2024, 0, 1) + Math.floor(i / CHANNELS) * STEP * 1000).toISOString()
    yield {
      position: i,
      is_flat: true,
      event: {
        id: `m${i}`,
        source: 'chat',
        type: 'message.posted',
        occurred_at,
        actor: { id: `U${author}` },
        channel: `channel ${i % CHANNELS}`,
        text: `${start}${words.join(' ')}${random() < 0.2 ? '?' : ''}`,
      },
    }
  }
}
