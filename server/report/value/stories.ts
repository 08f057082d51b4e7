import type { ClientBase, Pool } from 'pg'
import type { ReportedCommunity } from '../health-report.ts'
import { readValueReports, type ValueReported } from './read-reports.ts'

/** A story that its teller allows to be shown, as they allowed it. */
export type Story = {
  /** The event that holds it. */
  key: string
  text: string
  consent: 'name' | 'role' | 'anonymous'
  /** Only where the consent is to the name. */
  name: string | null
  /** Only where the consent is to the name or the role. */
  role: string | null
  /** Local day it was told. */
  on: string
}

/** As its teller allows it; a name or role that is not known makes it an anonymous one. Null: it may not be shown. */
export const toStory = ({ key, story, consent, name, role, display_name, on }: ValueReported): Story | null => {
  if (story === null || consent === 'none') return null
  const shown = { key, text: story, on }
  const bearer = name ?? display_name
  if (consent === 'name' && bearer !== null) return { ...shown, consent, name: bearer, role }
  if (consent !== 'anonymous' && role !== null) return { ...shown, consent: 'role', name: null, role }
  return { ...shown, consent: 'anonymous', name: null, role: null }
}

/** The stories told on local days from `from_on` up to before `to_on` whose tellers allow them to be shown today, the newest first. */
export const readStories = async (
  pool: Pool | ClientBase,
  community: ReportedCommunity,
  days: { from_on: string; to_on: string },
): Promise<Story[]> => (await readValueReports(pool, community, { days })).flatMap((report) => toStory(report) ?? [])

/** Those of these stories that may not be shown any more: consent was taken back, the story was, or its teller was erased. */
export const findWithdrawn = async (pool: Pool | ClientBase, communityId: string, keys: readonly string[]): Promise<string[]> => {
  if (keys.length === 0) return []
  const reports = await readValueReports(pool, { community_id: communityId, time_zone: 'UTC' }, { keys })
  const shown = new Set(reports.flatMap((report) => toStory(report)?.key ?? []))
  return keys.filter((key) => !shown.has(key))
}
