import type { Pool } from 'pg'
import type { ReportStory } from '../../../shared/contract/value-report.ts'
import { addDays, daysOfPeriod } from '../../../shared/period.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { readStories, type Story } from './stories.ts'

const STORY_DAYS = 90
const showStory = (story: Story): ReportStory => ({
  key: story.key,
  text: story.text,
  by: story.name ?? story.role ?? 'A member',
  on: story.on,
  is_shortened: false,
})

/** The stories that may stand in the report of a month, the newest first. */
export const choosableStories = async (pool: Pool, community: ReportedCommunity, month: string): Promise<ReportStory[]> => {
  const { to_on } = daysOfPeriod(month, 'month')
  return (await readStories(pool, community, { from_on: addDays(to_on, -STORY_DAYS), to_on })).map(showStory)
}
