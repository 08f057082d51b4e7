import type { ContentMixCounts } from '../metrics/readings/content-mix-counts.ts'
import type { Episodes } from '../metrics/readings/episodes.ts'
import type { HostCounts } from '../metrics/readings/host-counts.ts'
import type { PersonCounts } from '../metrics/readings/person-counts.ts'
import type { HouseRules } from './house-rules.ts'

/** How far the data reach, at the end of the window. Rates are what rule "dormant" needs. */
export type FeedFacts = {
  /** Whole weeks from the first event to the end of the window. */
  history_weeks: number
  /** Contributions in the last 8 weeks of the window. */
  recent_contribution_count: number
  /** Contributions in the year up to the last one before those 8 weeks, and the weeks from the first to the last of them (at least 8, since fewer say little of a rate; may be a fraction). */
  earlier_contribution_count: number
  earlier_weeks: number
  /** Of those earlier ones, how many started a thread. */
  earlier_start_count: number
  /** Some event of any type lies in the last 8 weeks, or the feed is known to reach the end of the window. */
  is_feed_alive: boolean
  /** Days at the end of the window, after the last event of any type, through which the feed is not known to reach. */
  feed_gap_days: number
  bot_contribution_count: number
  /** People these are by. */
  bot_account_count: number
  quarantined_contribution_count: number
  deleted_contribution_count: number
}

/**
 * All that the rules see: counts of one window, nothing else. Plain data, so that a rule is a pure function and the
 * smallest change that would flip the verdict can be found by changing the counts and asking the rules again.
 * The mix sums to `people.contribution_count`, which equals `hosts.contribution_count`.
 */
export type WindowFacts = {
  from_on: string
  /** The last day of the window, included. */
  at_on: string
  days: number
  /** By what it is judged: travels with the counts, so that every rule and every search sees the same. */
  house: HouseRules
  feed: FeedFacts
  mix: ContentMixCounts
  people: PersonCounts
  hosts: HostCounts
  episodes: Pick<Episodes, 'question_count' | 'ripe_count' | 'ripe_answered_count'>
  /** Words, and among them those about artefacts and procedure, and about documents and building: for the rule "workgroup, by its talk". */
  talk: { word_count: number; artefact_word_count: number; document_word_count: number }
  /** Questions by people other than the person with most answers; of several with equally many the one who asked most. */
  questions_by_others: number
  /** News by the person who wrote most of it; null where nobody known wrote any. */
  news_by_top_author: number | null
}
