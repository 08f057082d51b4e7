/** How well the rules find what labelled posts are. */
import { readFileSync } from 'node:fs'
import { FOUND_TYPES } from '../../shared/contract/channel.ts'
import { classifyMessage } from '../../server/ingest/classify/classify-message.ts'
import { type FoundType, TYPE_OF } from '../../server/ingest/classify/rules.ts'
import { wilsonInterval } from '../../server/metrics/statistics/wilson-interval.ts'

export type LabelledPost = { id: string; source: string; channel: string | null; title: string | null; text: string; label: FoundType }
export type Read = { post: LabelledPost; found: FoundType; rule: string }
export type Figure = { k: number; n: number; low: number; high: number } | null

export const readLabelled = (half: 'tuning' | 'held-out'): LabelledPost[] =>
  readFileSync(new URL(`labelled/${half}.ndjson`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LabelledPost)

/** As though each opened a thread, which chat messages in the middle of one do not. */
export const classifyPosts = (posts: readonly LabelledPost[]): Read[] =>
  posts.map((post) => {
    const { type, is_work, rule } = classifyMessage({ ...post, channel: null })
    const found = is_work ? 'work' : (FOUND_TYPES.find((one) => one !== 'work' && TYPE_OF[one] === type) as FoundType)
    return { post, found, rule }
  })

const figure = (k: number, n: number): Figure => {
  const interval = wilsonInterval(k, n)
  return interval === null ? null : { k, n, ...interval }
}

/** Precision: of those found to be it, how many are. Recall: of those that are it, how many were found. Null: of none. */
export const figuresOf = (reads: readonly Read[], type: FoundType): { precision: Figure; recall: Figure } => {
  const right = reads.filter(({ post, found }) => found === type && post.label === type).length
  return {
    precision: figure(right, reads.filter(({ found }) => found === type).length),
    recall: figure(right, reads.filter(({ post }) => post.label === type).length),
  }
}
