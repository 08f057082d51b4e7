import type { Pool } from 'pg'
import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { readDraft, type StoredDraft } from '../../store/report-drafts.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { buildReport, type ReportWords } from './build-report.ts'

/** What managers have written for a month, as it goes into the report. */
export const wordsOf = ({ ask, story_keys, updated_by }: Pick<StoredDraft, 'ask' | 'story_keys' | 'updated_by'>): ReportWords => ({
  ask: ask === null ? null : { text: ask, by: updated_by },
  story_keys,
})

const NO_WORDS: ReportWords = { ask: null, story_keys: null }

/** The report of a month as it would be if it were made now; kept nowhere. `withDraft` false: without what managers have not sent yet. */
export const previewReport = async (
  pool: Pool,
  community: ReportedCommunity,
  month: string,
  now: Date,
  { withDraft = true, build = buildReport }: { withDraft?: boolean; build?: typeof buildReport } = {},
): Promise<ValueReport> => {
  const words = withDraft ? wordsOf(await readDraft(pool, community.community_id, month)) : NO_WORDS
  const { content } = await build(pool, community, month, { words, now })
  return {
    status: 'preview',
    revision: null,
    last_revision: null,
    made_at: now.toISOString(),
    made_by: null,
    corrections: [],
    withdrawn_story_count: 0,
    content,
  }
}
