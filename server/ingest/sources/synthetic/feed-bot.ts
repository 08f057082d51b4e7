import type { EventInput } from '../../../../shared/contract/event.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
const WEEK_HOURS = 168
/** It runs at this minute of an hour, and takes so long to fetch, at most. */
const AT_MS = 5 * 60_000
const FETCH_MS = 8000

/** A feed that posts headlines into a place, by the clock, all alike and answered by nobody. */
export type Feed = {
  /** The name of its account. */
  name: string
  /** The source says that it is a bot. */
  isFlagged: boolean
  /** About so many posts: it runs every so many whole hours. */
  perWeek: number
}

const TOPICS = 'steel,energy,ports,shipping,safety,water,mining,cement'.split(',')

/** Gives what the feed posts from where it was asked last up to an instant. It draws from a stream of its own. */
export const createFeed = ({ name, isFlagged, perWeek }: Feed, startAt: number, random: Random, source: string) => {
  const every = Math.max(1, Math.round(WEEK_HOURS / perWeek)) * HOUR_MS
  const firstAt = Math.ceil(startAt / HOUR_MS) * HOUR_MS + AT_MS
  let count = 0
  return function* until(limit: number): Generator<{ at: number; event: Omit<EventInput, 'occurred_at'> }> {
    while (firstAt + (count + 1) * every < limit) {
      count++
      yield {
        at: Math.floor(firstAt + count * every + random.next() * FETCH_MS),
        event: {
          id: `f${count}`,
          source,
          type: 'post.published',
          actor: { id: 'feed', name, ...(isFlagged ? { is_bot: true } : {}) },
          text: `Headlines: ${random.pick(TOPICS)} and ${random.pick(TOPICS)} today, https://news.example/${100_000 + random.below(900_000)}`,
        },
      }
    }
  }
}
