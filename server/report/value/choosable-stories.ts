import type { Pool } from 'pg'
import type { ReportStory } from '../../../shared/contract/value-report.ts'
import { addDays, daysOfPeriod } from '../../../shared/period.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { readStories } from './stories.ts'
import { STORY_DAYS, showStory } from './write-stories.ts'

/** The stories that may stand in the report of a month, the newest first. */
export const choosableStories = async (pool: Pool, community: ReportedCommunity, month: string): Promise<ReportStory[]> => {
  const { to_on } = daysOfPeriod(month, 'month')
  return (await readStories(pool, community, { from_on: addDays(to_on, -STORY_DAYS), to_on })).flatMap((story) => showStory(story) ?? [])
}
