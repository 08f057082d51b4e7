import { IS_VISIBLE } from '../reading.ts'

/** Threads of which something was taken back, ever: only there may a view have counted at one time and not at another. */
export const REMOVED_THREAD_CTE = `removed_thread as (
  select distinct thread_key from contribution where community_id = $1 and removed_at is not null
)`

/**
 * Condition on `o` (observation) and `p` with its known_by, after REMOVED_THREAD_CTE: a view, as known then not taken back, of a
 * thread that held a visible answer to a visible question by the time of the view, by someone who had not visibly written in it.
 */
export const IS_OBSERVED = `o.viewed_at < p.known_by
    and (o.removed_at is null or o.removed_at >= p.known_by)
    and (
      o.thread_key not in (select thread_key from removed_thread)
      or (
        exists (
          select from contribution c
          where c.community_id = $1
            and c.thread_key = o.thread_key
            and c.occurred_at <= o.viewed_at
            and ${IS_VISIBLE}
            and c.question_key in (
              select c.event_key from contribution c where c.community_id = $1 and c.thread_key = o.thread_key and ${IS_VISIBLE}
            )
        )
        and not exists (
          select from contribution c
          where c.community_id = $1
            and c.thread_key = o.thread_key
            and c.person_id = o.person_id
            and c.occurred_at <= o.viewed_at
            and ${IS_VISIBLE}
        )
      )
    )`
