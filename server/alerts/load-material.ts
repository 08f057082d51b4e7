import type { ClientBase, Pool } from 'pg'
import { loadContext } from '../metrics/capabilities.ts'
import { localDay } from '../rollup/data-span.ts'
import type { AlertMaterial } from './alert-rule.ts'

type Community = { community_id: string; slug: string; name: string; time_zone: string }

/** What the rules of a community read from, and which refresh made it; null while there are no numbers. */
export const loadMaterial = async (
  db: Pool | ClientBase,
  { community_id, slug, name, time_zone }: Community,
  now: Date,
): Promise<{ material: AlertMaterial; revision: number } | null> => {
  const { rows } = await db.query<{ first_event_on: string | null; known_by: Date | null; revision: number }>(
    'select first_event_on, known_by, revision::int as revision from community_state where community_id = $1',
    [community_id],
  )
  const state = rows[0]
  if (!state || state.first_event_on === null || state.known_by === null) return null
  const material: AlertMaterial = {
    communityId: community_id,
    slug,
    name,
    timeZone: time_zone,
    firstOn: state.first_event_on,
    knownBy: state.known_by,
    overUntil: await localDay(db, state.known_by, time_zone),
    now,
    context: await loadContext(db, community_id),
  }
  return { material, revision: state.revision }
}
