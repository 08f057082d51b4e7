/** For tests: what `readPosts` reads, worked out slowly from the events. One account is one person. */
import type { EventInput } from '../../../shared/contract/event.ts'
import { countWords } from '../../ingest/classify/word-counts.ts'
import { type AccountPosts, BEHAVIOUR } from './measure-behaviour.ts'

const KINDS = [
  'question.asked',
  'answer.posted',
  'reply.posted',
  'post.published',
  'announcement.published',
  'document.edited',
  'task.completed',
]

/** By id of the account; those that wrote too little, or mostly in reply, are left out. */
export const obviousPosts = (events: readonly EventInput[]): Map<string, AccountPosts> => {
  const written = events.filter((event) => KINDS.includes(event.type))
  const byId = new Map(written.map((event) => [event.id, event]))
  const threads = new Map<string, Set<string | undefined>>()
  const threadOf = (event: EventInput): string => {
    if (event.thread_id) return event.thread_id
    const above = event.in_reply_to ? byId.get(event.in_reply_to) : undefined
    return above ? threadOf(above) : event.id
  }
  for (const event of written) threads.set(threadOf(event), (threads.get(threadOf(event)) ?? new Set()).add(event.actor?.id))
  const found = new Map<string, AccountPosts>()
  for (const [id, all] of Map.groupBy(written, (event) => event.actor?.id)) {
    if (id === undefined) continue
    const times = all.map((event) => Date.parse(event.occurred_at))
    const latest = all
      .map((event, n) => ({ event, at: times[n] as number }))
      .sort((a, b) => b.at - a.at)
      .slice(0, BEHAVIOUR.latest)
    const count = (is: (event: EventInput) => boolean) => latest.filter(({ event }) => is(event)).length
    const replies = count(({ type }) => type === 'answer.posted' || type === 'reply.posted')
    if (latest.length < BEHAVIOUR.fewest || replies > BEHAVIOUR.reply_share * latest.length) continue
    const words = latest.map(({ event }) => countWords(event.title, event.text).word_count)
    const mean = words.reduce((a, b) => a + b, 0) / words.length
    found.set(id, {
      times: latest.map(({ at }) => at),
      began_at: Math.min(...times),
      has_mostly_dates: latest.filter(({ at }) => at % 86_400_000 === 0).length * 2 >= latest.length,
      answered: count((event) => [...(threads.get(threadOf(event)) ?? [])].some((other) => other !== id)),
      replies,
      news: count(({ type }) => type === 'announcement.published'),
      with_words: words.filter((n) => n > 0).length,
      word_count: mean,
      word_deviation: Math.sqrt(words.reduce((sum, n) => sum + (n - mean) ** 2, 0) / words.length),
    })
  }
  return found
}
