import type { DayRange } from '../../shared/period.ts'

/** Rollups that results are made of, each row lying under one local day (named beside it). */
export type RollupTable =
  // the day it was written
  | 'contribution'
  // the same, of contributions that are told otherwise of past times too
  | 'contribution_then'
  | 'contribution_day'
  | 'person_day'
  | 'host_day'
  // the day it was asked
  | 'help_episode'
  // the day of the helper's first answer
  | 'help_edge'
  // the day of the acceptance
  | 'acceptance'
  | 'activity_day'
  | 'membership_spell'
  | 'membership_day'
  | 'presence'
  // the days of joining and of being seen first, before and now; '0001-01-01' where there is neither
  | 'person'
  // the same and the day of the first contribution, of people whose first steps differ
  | 'person_start'
  // the days of joining and of being seen first, before and now, of people of whose stay there is something new to tell
  | 'person_stay'
  // the first days of the twelve months from each of those on
  | 'person_stay_year'
  // the day of the view
  | 'observation'
  // the day it was shared
  | 'practice'
  // the day of the use
  | 'practice_use'
  | 'practice_day'
  // the day of the report
  | 'value_report'
  // the day of their first observation
  | 'observer'
  | 'benefit_day'
  // the day it was written
  | 'first_start'

/** The local days under which rows of a table differ from before. A table that is not there has not changed. */
export type RollupChange = Map<RollupTable, Set<string>>

/** What one part of a refresh looks at again. Null everywhere: all of it. */
export type PartScope = {
  communityId: string
  timeZone: string
  /** Threads whose contributions were derived again. */
  threads: string[] | null
  /** People, bots too, with an event among the stale ones, before or now, and askers whose first answer changed. */
  people: string[] | null
  /** People with a contribution in those threads, before or now. */
  threadPeople: string[] | null
  /** Keys of the stale events. */
  events: string[] | null
  /** Local days of which some events may have gone: replaced, erased, or another person's now. */
  days: DayRange[] | null
  /** Those of the people who lost a day of activity. Null or absent: any of them may have, so all their days are read again. */
  lostActivity?: string[] | null
  /** People whose days of benefit differ from before. Null or absent: any of `people` may. */
  benefitPeople?: string[] | null
}
