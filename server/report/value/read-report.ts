import type { ClientBase, Pool } from 'pg'
import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { listCorrections, readLastMonth, readLastRevisionNo, readRevision, type StoredRevision } from '../../store/reports.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { findWithdrawn } from './stories.ts'

export type FrozenReport = { report: ValueReport; inputs: Record<string, unknown> }

/**
 * A report as it was made, with what it was made of: the last revision unless told; null where there is none. What was told with a
 * consent that does not stand any more is gone from it, however long ago it was made.
 */
export const readFrozen = async (
  db: Pool | ClientBase,
  community: ReportedCommunity,
  month: string | 'latest',
  revision?: number,
): Promise<FrozenReport | null> => {
  const { community_id: communityId } = community
  const asked = month === 'latest' ? await readLastMonth(db, communityId) : month
  const stored = asked === null ? null : await readRevision(db, communityId, asked, revision ?? null)
  if (stored === null) return null
  const withdrawn = new Set(await findWithdrawn(db, communityId, storyKeysOf(stored)))
  const stories = stored.content.stories.filter(({ key }) => !withdrawn.has(key))
  return {
    report: {
      status: 'frozen',
      revision: stored.revision,
      last_revision: await readLastRevisionNo(db, communityId, stored.month),
      made_at: stored.made_at.toISOString(),
      made_by: stored.made_by,
      corrections: (await listCorrections(db, communityId, stored.month)).map((one) => ({ ...one, made_at: one.made_at.toISOString() })),
      withdrawn_story_count: stored.content.stories.length - stories.length,
      content: { ...stored.content, stories },
    },
    inputs: withoutStories(stored.inputs, withdrawn) as Record<string, unknown>,
  }
}

export const readFrozenReport = async (
  db: Pool | ClientBase,
  community: ReportedCommunity,
  month: string | 'latest',
  revision?: number,
): Promise<ValueReport | null> => (await readFrozen(db, community, month, revision))?.report ?? null

const storyKeysOf = ({ content, inputs }: StoredRevision): string[] => [
  ...new Set([...content.stories.map(({ key }) => key), ...keysUnder(inputs)]),
]

// What was told with its hours is a claim as well, and hours are taken back in another way: only what lies under these names is a story.
const isStoryList = (name: string): boolean => name === 'stories' || name === 'story_keys'
const keyOf = (story: unknown): string | null => {
  if (typeof story === 'string') return story
  const key = typeof story === 'object' && story !== null && 'key' in story ? story.key : null
  return typeof key === 'string' ? key : null
}

const keysUnder = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) =>
    isStoryList(name) && Array.isArray(one) ? one.flatMap((story) => keyOf(story) ?? []) : keysUnder(one),
  )
}

const withoutStories = (value: unknown, withdrawn: ReadonlySet<string>): unknown => {
  if (withdrawn.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => withoutStories(one, withdrawn))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      isStoryList(name) && Array.isArray(one) ? one.filter((story) => !withdrawn.has(keyOf(story) ?? '')) : withoutStories(one, withdrawn),
    ]),
  )
}
