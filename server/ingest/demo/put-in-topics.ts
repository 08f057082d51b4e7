import { hash } from 'node:crypto'
import { SHOWN_BY } from '../../../shared/contract/shown-by.ts'
import type { EventInput } from '../../../shared/contract/event.ts'

/** Of `n` topics the k-th is talked about 1/k as often as the first. */
const pickTopic = (topics: readonly string[], uniform: number): string => {
  const total = topics.reduce((sum, _, k) => sum + 1 / (k + 1), 0)
  let rest = uniform * total
  for (const [k, topic] of topics.entries()) {
    rest -= 1 / (k + 1)
    if (rest < 0) return topic
  }
  return topics.at(-1) as string
}

/** The event with the channel of its thread: always the same for the same thread, and nothing else about it changes. */
export const putInTopics = (event: EventInput, topics: readonly string[]): EventInput => {
  if (!SHOWN_BY.contributions.some((type) => type === event.type) || event.channel != null) return event
  const uniform = hash('sha256', `topic ${event.thread_id ?? event.id}`, 'buffer').readUInt32BE(0) / 2 ** 32
  return { ...event, channel: pickTopic(topics, uniform) }
}
