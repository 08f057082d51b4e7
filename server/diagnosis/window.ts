import type { ClientBase, Pool } from 'pg'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { addDays, daysBetween, daysOfPeriod } from '../../shared/period.ts'
import { readPeriods } from '../metrics/measure-periods.ts'
import { contentMixCounts } from '../metrics/readings/content-mix-counts.ts'
import { episodes } from '../metrics/readings/episodes.ts'
import { hostCounts } from '../metrics/readings/host-counts.ts'
import { personCounts } from '../metrics/readings/person-counts.ts'
import { talkCounts } from '../metrics/readings/talk-counts.ts'
import { judge } from './judge.ts'
import { newsAuthor } from './readings/news-author.ts'
import { type WindowFeed, windowFeed } from './readings/window-feed.ts'
import { THRESHOLDS, WINDOW_DAYS } from './thresholds.ts'
import type { FeedFacts, WindowFacts } from './window-facts.ts'

export type WindowsAsked = {
  communityId: string
  timeZone: string
  /** Nothing later is used, on any day. */
  knownBy: Date
  /** Local days, YYYY-MM-DD, each judged as known at its end. */
  atDays: readonly string[]
}

/**
 * The verdicts as known at the end of each of the days, in their order; seven statements, however many days. Throws a
 * RangeError on what is no day.
 */
export const loadVerdicts = async (db: Pool | ClientBase, asked: WindowsAsked): Promise<Verdict[]> =>
  (await loadWindows(db, asked)).map(judge)

/** The facts the verdicts rest on: for each day its window, as short as holds enough contributions. */
export const loadWindows = async (db: Pool | ClientBase, { atDays, ...common }: WindowsAsked): Promise<WindowFacts[]> => {
  if (atDays.length === 0) return []
  const ending = atDays.map((at_on) => ({ ...daysOfPeriod(at_on, 'day'), is_as_known_then: true }))
  const feeds = await readPeriods(db, windowFeed, { ...common, periods: ending })
  const chosen = feeds.map((feed) => chooseWindow(feed))
  const periods = ending.map((end, i) => ({ ...end, from_on: addDays(end.to_on, -(WINDOW_DAYS[chosen[i] as number] as number)) }))
  const params = { ...common, periods }
  // one after another: a client runs one statement at a time
  const mixes = await readPeriods(db, contentMixCounts, params)
  const people = await readPeriods(db, personCounts, params)
  const hosts = await readPeriods(db, hostCounts, params)
  const helps = await readPeriods(db, episodes, params)
  const talks = await readPeriods(db, talkCounts, params)
  const news = await readPeriods(db, newsAuthor, params)
  return atDays.map((at_on, i) => {
    const at = <Row>(rows: Row[]) => rows[i] as Row
    const { question_count, ripe_count, ripe_answered_count } = at(helps)
    const { word_count, artefact_word_count, document_word_count, question_count_of_top_answerer } = at(talks)
    return {
      from_on: at(periods).from_on,
      at_on,
      days: WINDOW_DAYS[at(chosen)] as number,
      feed: feedFacts(at(feeds), at(chosen), at_on),
      mix: at(mixes),
      people: at(people),
      hosts: at(hosts),
      episodes: { question_count, ripe_count, ripe_answered_count },
      talk: { word_count, artefact_word_count, document_word_count },
      questions_by_others: question_count - question_count_of_top_answerer,
      news_by_top_author: at(news).news_by_top_author,
    }
  })
}

/** Which of the lengths: the shortest that holds enough, else the longest. */
const chooseWindow = (feed: WindowFeed): number => {
  const enough = feed.contribution_counts.findIndex((count) => count >= THRESHOLDS.enough_contributions.value)
  return enough === -1 ? WINDOW_DAYS.length - 1 : enough
}

const feedFacts = (feed: WindowFeed, length: number, at_on: string): FeedFacts => {
  const days = WINDOW_DAYS[length] as number
  return {
    history_weeks: feed.first_event_on === null ? 0 : Math.max(0, Math.floor(daysBetween(feed.first_event_on, addDays(at_on, 1)) / 7)),
    recent_contribution_count: feed.recent_contribution_count,
    earlier_contribution_count: feed.earlier_contribution_count,
    earlier_weeks: Math.max(THRESHOLDS.dormant_recent_weeks.value, feed.earlier_days / 7),
    is_feed_alive: feed.is_feed_alive,
    feed_gap_days: Math.min(days, feed.uncovered_days ?? days),
    bot_contribution_count: feed.bot_counts[length] ?? 0,
    quarantined_contribution_count: feed.quarantined_counts[length] ?? 0,
    deleted_contribution_count: feed.deleted_counts[length] ?? 0,
  }
}
