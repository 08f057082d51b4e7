import { followChannels } from '../../server/ingest/infer/infer-links.ts'
import type { SourceItem } from '../../server/ingest/sources/source.ts'
import { madeUpChat } from './made-up-chat.ts'

export type InferenceSpeed = { messages: number; messages_per_second: number; state_megabytes: number }

/**
 * How fast threads are inferred in a made-up chat of 20 channels and 5,000 people, on one core, and how much memory the state
 * takes in the end (0 where node runs without --expose-gc). Making up the messages is not timed.
 */
export const timeInference = (messages: number, now: () => number = () => performance.now()): InferenceSpeed => {
  const items = [...madeUpChat(messages)]
  const before = heap()
  const follow = followChannels()
  const began = now()
  for (const item of items) follow(item)
  const seconds = (now() - began) / 1000
  const state = heap() - before
  // both still in use, so that neither was collected before it was measured
  follow(items[0] as SourceItem)
  return { messages, messages_per_second: Math.round(messages / seconds), state_megabytes: Math.max(0, state) / 1e6 }
}

const heap = (): number => {
  if (globalThis.gc === undefined) return 0
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
