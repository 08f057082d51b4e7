import type { ClientBase, Pool } from 'pg'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import { isPerson } from '../views.ts'
import { isVisible } from './window-contributions.ts'

/** Threads, each as known at a time. */
export type ThreadsThen = { thread_keys: string[]; known_bys: (Date | null)[] }

const ASKED = `period as (
  select o.place, o.thread_key, o.known_by
  from unnest($2::uuid[], $3::timestamptz[]) with ordinality as o (thread_key, known_by, place)
)`

/** Who started each; null where that is not known, was not yet written or was taken back by then, or does not count in the view. */
export const readHosts = async (
  db: Pool | ClientBase,
  { communityId, view }: { communityId: string; view: VerdictView },
  { thread_keys, known_bys }: ThreadsThen,
): Promise<(string | null)[]> => {
  const hosts: (string | null)[] = thread_keys.map(() => null)
  if (thread_keys.length === 0) return hosts
  const { rows } = await db.query<{ place: number; host_id: string | null }>(
    `with ${ASKED}
     select p.place::int as place, start.person_id as host_id
     from period p
     cross join lateral (
       select c.start_key from contribution c where c.community_id = $1 and c.thread_key = p.thread_key limit 1
     ) of_thread
     join contribution start
       on start.community_id = $1
       and start.event_key = of_thread.start_key
       and start.occurred_at < p.known_by
       and (start.removed_at is null or start.removed_at >= p.known_by)
       and ${isPerson(view, 'start')}`,
    [communityId, thread_keys, known_bys],
  )
  for (const { place, host_id } of rows) hosts[place - 1] = host_id
  return hosts
}

/** Whether two people or more had taken part in each; all anonymous ones are one. */
export const readJoined = async (
  db: Pool | ClientBase,
  { communityId, view }: { communityId: string; view: VerdictView },
  { thread_keys, known_bys }: ThreadsThen,
): Promise<boolean[]> => {
  const joined = thread_keys.map(() => false)
  if (thread_keys.length === 0) return joined
  const { rows } = await db.query<{ place: number }>(
    `with ${ASKED}
     select p.place::int as place
     from period p
     join contribution c on c.community_id = $1 and c.thread_key = p.thread_key and ${isVisible(view, 'c')}
     group by p.place
     having count(distinct coalesce(c.person_id, '00000000-0000-0000-0000-000000000000')) >= 2`,
    [communityId, thread_keys, known_bys],
  )
  for (const { place } of rows) joined[place - 1] = true
  return joined
}
