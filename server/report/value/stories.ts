import type { Pool } from 'pg'
import type { ReportedCommunity } from '../health-report.ts'

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

/** The stories told on local days from `from_on` up to before `to_on` whose tellers allow them to be shown today, the newest first. */
export const readStories = async (
  _pool: Pool,
  _community: ReportedCommunity,
  _days: { from_on: string; to_on: string },
): Promise<Story[]> => []

/** Those of these stories that may not be shown any more: consent was taken back, the story was, or its teller was erased. */
export const findWithdrawn = async (_pool: Pool, _communityId: string, _keys: readonly string[]): Promise<string[]> => []
