import type { ClientBase, Pool } from 'pg'

/** An account as people are shown it to tell whose it is. */
export type AccountActivity = {
  identity_key: string
  source: string
  source_actor_id: string
  display_name: string | null
  person_id: string
  email_key: string | null
  name_key: string | null
  /** What it wrote, as far as it counts; times of the first and last. */
  contributions: number
  first_seen_at: Date | null
  last_seen_at: Date | null
}

/** All accounts of these people with what each of them wrote, in the order of source and id. */
export const readAccountActivity = async (
  db: Pool | ClientBase,
  communityId: string,
  people: readonly string[],
): Promise<AccountActivity[]> => {
  const { rows } = await db.query<AccountActivity>(
    `with account as materialized (
      select i.*, count(*) over (partition by i.person_id) as accounts
      from identity i
      where i.community_id = $1 and i.person_id = any ($2::uuid[])
    ),
    -- contributions are in order by person; only where accounts are one person's do the events have to tell them apart
    written as (
      select a.identity_key, seen.*
      from account a
      cross join lateral (
        select count(*)::int as contributions, min(c.occurred_at) as first_seen_at, max(c.occurred_at) as last_seen_at
        from contribution c
        where c.community_id = $1 and c.person_id = a.person_id and c.removed_at is null
      ) seen
      where a.accounts = 1
      union all
      select e.identity_key, count(*)::int, min(c.occurred_at), max(c.occurred_at)
      from (select distinct person_id from account where accounts > 1) several
      join contribution c on c.community_id = $1 and c.person_id = several.person_id and c.removed_at is null
      join event e on e.community_id = $1 and e.event_key = c.event_key
      group by e.identity_key
    )
    select a.identity_key, a.source, a.source_actor_id, a.display_name, a.person_id, a.email_key, a.name_key,
      coalesce(w.contributions, 0) as contributions, w.first_seen_at, w.last_seen_at
    from account a
    left join written w on w.identity_key = a.identity_key
    order by a.source collate "C", a.source_actor_id collate "C"`,
    [communityId, people],
  )
  return rows
}
