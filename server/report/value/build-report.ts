import type { Pool } from 'pg'
import type { ReportContent } from '../../../shared/contract/value-report.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { readMaterial } from './read-material.ts'
import type { ReportWords } from './report-material.ts'
import { writeReport } from './write-report.ts'

export type { ReportWords } from './report-material.ts'

/** Everything a report was made of, kept with it: a ReportMaterial, of which older ones may hold less. */
export type ReportInputs = Record<string, unknown>

/**
 * The value report of a month of the community's own calendar, in words and figures, with nothing used that happened after the month.
 * Works for any month: one before the community existed, one that is running, one without data; what cannot be told says why. Reads
 * the store and never the clock: `now` only decides which days are over.
 */
export const buildReport = async (
  pool: Pool,
  community: ReportedCommunity,
  month: string,
  { words, now }: { words: ReportWords; now: Date },
): Promise<{ content: ReportContent; inputs: ReportInputs }> => {
  const material = await readMaterial(pool, community, month, { words, now })
  const content = writeReport(material)
  const shown = new Set(content.stories.map(({ key }) => key))
  // of what members told, only what was shown is kept; of the rest, that it was told
  const stories = material.stories.map((story) => (shown.has(story.key) ? story : { ...story, text: '', name: null, role: null }))
  return { content, inputs: { ...material, stories } }
}
