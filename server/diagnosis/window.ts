import type { ClientBase, Pool } from 'pg'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { addDays, daysBetween, daysOfPeriod } from '../../shared/period.ts'
import { readPeriods } from '../metrics/measure-periods.ts'
import type { HouseRules } from './house-rules.ts'
import { loadHouseRules } from './load-house-rules.ts'
import { judge } from './judge.ts'
import { periodParams, readWindowCounts, readWindowCountsNow, type WindowCounts } from './readings/window-counts.ts'
import { readWindowDifferences } from './readings/window-differences.ts'
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
  /** What its managers set when left out. */
  house?: HouseRules
}

/** Windows of this many days are held at a time: they name everyone who wrote in them. */
const WINDOWS_AT_ONCE = 12

/** The verdicts as known at the end of each of the days, in their order. Throws a RangeError on what is no day. */
export const loadVerdicts = async (db: Pool | ClientBase, asked: WindowsAsked): Promise<Verdict[]> =>
  inParts(await chooseWindows(db, asked), async (part) =>
    (await countWindows(part, (params) => readWindowCounts(db, params))).map((facts) => judge(facts)),
  )

/**
 * The same by rollups that hold all there is, and nothing at or after `knownBy`: what a window costs then follows the people
 * in it and not what they wrote. Makes temporary tables, so it wants a client in a transaction.
 */
export const loadVerdictsNow = async (client: ClientBase, asked: WindowsAsked): Promise<Verdict[]> => {
  const windows = await chooseWindows(client, asked, true)
  if (windows.length === 0) return []
  await readWindowDifferences(client, periodParams(paramsOf(windows)))
  return inParts(windows, async (part) =>
    (await countWindows(part, (params) => readWindowCountsNow(client, params))).map((facts) => judge(facts)),
  )
}

/** The facts the verdicts rest on: for each day its window, as short as holds enough contributions. */
export const loadWindows = async (db: Pool | ClientBase, asked: WindowsAsked): Promise<WindowFacts[]> =>
  countWindows(await chooseWindows(db, asked), (params) => readWindowCounts(db, params))

/** The same as `loadVerdictsNow`. */
export const loadWindowsNow = async (client: ClientBase, asked: WindowsAsked): Promise<WindowFacts[]> => {
  const windows = await chooseWindows(client, asked, true)
  if (windows.length === 0) return []
  await readWindowDifferences(client, periodParams(paramsOf(windows)))
  return countWindows(windows, (params) => readWindowCountsNow(client, params))
}

type ChosenWindow = {
  asked: WindowsAsked
  house: HouseRules
  at_on: string
  period: { from_on: string; to_on: string; is_as_known_then: boolean }
  feed: WindowFeed
  /** Which of WINDOW_DAYS. */
  length: number
}

const chooseWindows = async (db: Pool | ClientBase, asked: WindowsAsked, isNow = false): Promise<ChosenWindow[]> => {
  const { communityId, timeZone, knownBy, atDays } = asked
  const ending = atDays.map((at_on) => ({ ...daysOfPeriod(at_on, 'day'), is_as_known_then: true }))
  const house = asked.house ?? (await loadHouseRules(db, communityId))
  const feeds = await readPeriods(db, windowFeed, { communityId, timeZone, knownBy, periods: ending, isNow: isNow && 'then too' })
  return ending.map((end, i) => {
    const feed = feeds[i] as WindowFeed
    const length = chooseLength(feed, house)
    const period = { ...end, from_on: addDays(end.to_on, -(WINDOW_DAYS[length] as number)) }
    return { asked, house, at_on: atDays[i] as string, period, feed, length }
  })
}

const paramsOf = (windows: readonly ChosenWindow[]) => {
  const { communityId, timeZone, knownBy } = (windows[0] as ChosenWindow).asked
  return { communityId, timeZone, knownBy, periods: windows.map((window) => window.period) }
}

const inParts = async <Item, Result>(items: readonly Item[], work: (part: readonly Item[]) => Promise<Result[]>): Promise<Result[]> => {
  const results: Result[] = []
  for (let i = 0; i < items.length; i += WINDOWS_AT_ONCE) results.push(...(await work(items.slice(i, i + WINDOWS_AT_ONCE))))
  return results
}

const countWindows = async (
  windows: readonly ChosenWindow[],
  count: (params: ReturnType<typeof paramsOf>) => Promise<WindowCounts[]>,
): Promise<WindowFacts[]> => {
  if (windows.length === 0) return []
  const counts = await count(paramsOf(windows))
  return windows.map((window, i) => factsOf(window, counts[i] as WindowCounts))
}

const factsOf = ({ house, at_on, period, feed, length }: ChosenWindow, counts: WindowCounts): WindowFacts => {
  const { talk, episodes, news_by_top_author } = counts
  return {
    from_on: period.from_on,
    at_on,
    days: WINDOW_DAYS[length] as number,
    house,
    feed: feedFacts(feed, length, at_on),
    mix: counts.mix,
    people: counts.people,
    hosts: counts.hosts,
    episodes,
    talk: { word_count: talk.word_count, artefact_word_count: talk.artefact_word_count, document_word_count: talk.document_word_count },
    questions_by_others: episodes.question_count - talk.question_count_of_top_answerer,
    news_by_top_author,
  }
}

/** Which of the lengths: the shortest that holds enough, else the longest. */
const chooseLength = (feed: WindowFeed, house: HouseRules): number => {
  const enough = feed.contribution_counts.findIndex((count) => count >= house.thresholds.enough_contributions)
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
