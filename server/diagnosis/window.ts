import { setImmediate } from 'node:timers/promises'
import type { ClientBase, Pool } from 'pg'
import type { VerdictView } from '../../shared/verdict-views.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { addDays, daysBetween, daysOfPeriod } from '../../shared/period.ts'
import { readPeriods } from '../metrics/measure-periods.ts'
import { readSuspects } from '../rollup/bots/read-suspects.ts'
import { factsOfCells } from './facts-of-cells.ts'
import type { HouseRules } from './house-rules.ts'
import { judge } from './judge.ts'
import { loadHouseRules } from './load-house-rules.ts'
import { readWindowBots } from './readings/window-bots.ts'
import { NO_DOUBTS, readWindowDoubts, type WindowDoubts } from './readings/window-doubts.ts'
import { type WindowFeed, windowFeed } from './readings/window-feed.ts'
import { readCells } from './read-cells.ts'
import { supportOf } from './support.ts'
import { THRESHOLDS, WINDOW_DAYS } from './thresholds.ts'
import type { WindowCells } from './window-cells.ts'
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
  /** Who counts as one of the people judged; as found when left out. */
  view?: VerdictView
}

/** A window as it is judged: its facts, and what they are made of. */
export type Window = {
  facts: WindowFacts
  cells: WindowCells
  /** Ids of people who may be programs, though they count. */
  suspects: readonly string[]
  /** What of it was inferred. */
  doubts: WindowDoubts
}

/** The verdicts as known at the end of each of the days, in their order. Throws a RangeError on what is no day. */
export const loadVerdicts = (db: Pool | ClientBase, asked: WindowsAsked): Promise<Verdict[]> => eachWindow(db, asked, judgeWindow)

/** The same where the rollups hold all there is, and nothing at or after `knownBy`: how far the feed reaches is then read from days. */
export const loadVerdictsNow = (client: ClientBase, asked: WindowsAsked): Promise<Verdict[]> => eachWindow(client, asked, judgeWindow, true)

/** The facts the verdicts rest on: for each day its window, as short as holds enough contributions. */
export const loadWindows = (db: Pool | ClientBase, asked: WindowsAsked): Promise<WindowFacts[]> =>
  eachWindow(db, asked, ({ facts }) => facts)

/** The same as `loadVerdictsNow`. */
export const loadWindowsNow = (client: ClientBase, asked: WindowsAsked): Promise<WindowFacts[]> =>
  eachWindow(client, asked, ({ facts }) => facts, true)

/** One window and the verdict on it, with all it is made of. */
export const loadVerdictView = async (
  db: Pool | ClientBase,
  { at, ...asked }: Omit<WindowsAsked, 'atDays'> & { at: string },
): Promise<Window & { verdict: Verdict }> => {
  const [found] = await eachWindow(db, { ...asked, atDays: [at] }, (window) => ({ ...window, verdict: judgeWindow(window) }))
  return found as Window & { verdict: Verdict }
}

const judgeWindow = ({ facts, cells, suspects, doubts }: Window): Verdict => judge(facts, supportOf(cells, facts, { suspects, doubts }))

type ChosenWindow = {
  asked: WindowsAsked
  house: HouseRules
  at_on: string
  period: { from_on: string; to_on: string; is_as_known_then: boolean }
  feed: WindowFeed
  /** Which of WINDOW_DAYS. */
  length: number
}

const chooseWindows = async (db: Pool | ClientBase, asked: WindowsAsked, isNow: boolean): Promise<ChosenWindow[]> => {
  const { communityId, timeZone, knownBy, atDays, view = 'as_found' } = asked
  const ending = atDays.map((at_on) => ({ ...daysOfPeriod(at_on, 'day'), is_as_known_then: true }))
  const house = asked.house ?? (await loadHouseRules(db, communityId))
  const feeds = await readPeriods(db, windowFeed(view), { communityId, timeZone, knownBy, periods: ending, isNow: isNow && 'then too' })
  return ending.map((end, i) => {
    const feed = feeds[i] as WindowFeed
    const length = chooseLength(feed, house)
    const period = { ...end, from_on: addDays(end.to_on, -(WINDOW_DAYS[length] as number)) }
    return { asked, house, at_on: atDays[i] as string, period, feed, length }
  })
}

/** Windows are read together while they hold no more than this, and not more than so many: their cells name everyone and every thread. */
const CONTRIBUTIONS_AT_ONCE = 50_000
const WINDOWS_AT_ONCE = 12

const eachWindow = async <Result>(
  db: Pool | ClientBase,
  asked: WindowsAsked,
  look: (window: Window) => Result,
  isNow = false,
): Promise<Result[]> => {
  const results: Result[] = []
  const suspects = await readSuspects(db, asked.communityId)
  for (const part of inParts(await chooseWindows(db, asked, isNow))) {
    const { communityId, timeZone, knownBy, view = 'as_found' } = asked
    const params = { communityId, timeZone, knownBy, periods: part.map((window) => window.period) }
    const cellsOfWindows = await readCells(db, view, params)
    // where they count as people they are left out of nothing
    const doubts = await readWindowDoubts(db, params)
    const bots = view === 'with_bots' ? [] : await readWindowBots(db, params)
    for (const [i, cells] of cellsOfWindows.entries()) {
      const facts = factsOf(part[i] as ChosenWindow, cells, bots[i] ?? 0)
      results.push(look({ cells, facts, suspects, doubts: doubts[i] ?? NO_DOUBTS }))
      // judging a large window takes a good part of a second, and whoever asks for a page meanwhile waits for it
      await setImmediate()
    }
  }
  return results
}

const inParts = (windows: readonly ChosenWindow[]): ChosenWindow[][] => {
  const parts: ChosenWindow[][] = []
  let held = 0
  for (const window of windows) {
    const holds = window.feed.contribution_counts[window.length] ?? 0
    held += holds
    const last = parts.at(-1)
    if (last !== undefined && held <= CONTRIBUTIONS_AT_ONCE && last.length < WINDOWS_AT_ONCE) last.push(window)
    else {
      parts.push([window])
      held = holds
    }
  }
  return parts
}

const factsOf = ({ house, at_on, period, feed, length }: ChosenWindow, cells: WindowCells, bot_account_count: number): WindowFacts => ({
  from_on: period.from_on,
  at_on,
  days: WINDOW_DAYS[length] as number,
  house,
  feed: { ...feedFacts(feed, length, at_on), bot_account_count },
  ...factsOfCells(cells),
})

/** Which of the lengths: the shortest that holds enough, else the longest. */
const chooseLength = (feed: WindowFeed, house: HouseRules): number => {
  const enough = feed.contribution_counts.findIndex((count) => count >= house.thresholds.enough_contributions)
  return enough === -1 ? WINDOW_DAYS.length - 1 : enough
}

const feedFacts = (feed: WindowFeed, length: number, at_on: string): Omit<FeedFacts, 'bot_account_count'> => {
  const days = WINDOW_DAYS[length] as number
  return {
    history_weeks: feed.first_event_on === null ? 0 : Math.max(0, Math.floor(daysBetween(feed.first_event_on, addDays(at_on, 1)) / 7)),
    recent_contribution_count: feed.recent_contribution_count,
    earlier_contribution_count: feed.earlier_contribution_count,
    earlier_start_count: feed.earlier_start_count,
    earlier_weeks: Math.max(THRESHOLDS.dormant_recent_weeks.value, feed.earlier_days / 7),
    is_feed_alive: feed.is_feed_alive,
    feed_gap_days: Math.min(days, feed.uncovered_days ?? days),
    bot_contribution_count: feed.bot_counts[length] ?? 0,
    quarantined_contribution_count: feed.quarantined_counts[length] ?? 0,
    deleted_contribution_count: feed.deleted_counts[length] ?? 0,
  }
}
