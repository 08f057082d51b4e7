import type { ClientBase } from 'pg'
import { type AccountPosts, BEHAVIOUR } from './measure-behaviour.ts'

/** The latest contributions of an account, with whose it is. */
export type PostsOfAccount = { identity_key: string; person_id: string; posts: AccountPosts }

type PostsRow = {
  identity_key: string
  person_id: string
  times: number[]
  began_at: number
  has_mostly_dates: boolean
  answered: number
  replies: number
  news: number
  with_words: number
  word_count: number
  word_deviation: number
}

/**
 * Of accounts that wrote enough and mostly not in reply: all others are left out, before it is looked up who else wrote in
 * their threads. All that is read is the same whoever is taken for a bot. Taken back or not, what was written was written.
 */
const LATEST = (source: string) => `(
    select c.event_key, c.thread_key, c.occurred_at, c.kind, c.word_count
    from ${source}
    order by c.occurred_at desc, c.event_key desc
    limit ${BEHAVIOUR.latest}
  )`
const ALONE = 'contribution c where c.community_id = $1 and c.person_id = a.person_id and a.is_alone'
// where accounts are one person's, only the events tell them apart
const TOGETHER = `contribution c
    join event e on e.community_id = $1 and e.event_key = c.event_key and e.identity_key = a.identity_key
    where c.community_id = $1 and c.person_id = a.person_id and not a.is_alone`
const latest = `(select * from ${LATEST(ALONE)} as own union all select * from ${LATEST(TOGETHER)} as part) as l`

const POSTS = `with account as materialized (
  select
    i.identity_key,
    i.person_id,
    not exists (
      select from identity o where o.community_id = $1 and o.person_id = i.person_id and o.identity_key <> i.identity_key
    ) as is_alone
  from identity i
  where i.community_id = $1 and i.person_id = any ($2::uuid[])
),
quiet as materialized (
  select a.*
  from account a
  cross join lateral (
    select count(*) as contributions, count(*) filter (where l.kind in ('answer', 'reply')) as replies
    from ${latest}
  ) own
  where own.contributions >= ${BEHAVIOUR.fewest} and own.replies <= ${BEHAVIOUR.reply_share} * own.contributions
)
select
  a.identity_key,
  a.person_id,
  p.*,
  extract(epoch from coalesce(
    (select c.occurred_at from ${ALONE} order by c.occurred_at limit 1),
    (select c.occurred_at from ${TOGETHER} order by c.occurred_at limit 1)
  ))::float8 * 1000 as began_at
from quiet a
cross join lateral (
  select
    array_agg(floor(extract(epoch from l.occurred_at) * 1000)::float8) as times,
    greatest(
      count(*) filter (where (l.occurred_at at time zone $3::text)::time = '00:00'),
      count(*) filter (where (l.occurred_at at time zone 'UTC')::time = '00:00')
    ) * 2 >= count(*) as has_mostly_dates,
    count(*) filter (
      where exists (
        select
        from contribution o
        where o.community_id = $1 and o.thread_key = l.thread_key and o.person_id is distinct from a.person_id
      )
    )::int as answered,
    count(*) filter (where l.kind in ('answer', 'reply'))::int as replies,
    count(*) filter (where l.kind = 'announcement')::int as news,
    count(*) filter (where l.word_count > 0)::int as with_words,
    coalesce(avg(l.word_count), 0)::float8 as word_count,
    coalesce(stddev_pop(l.word_count), 0)::float8 as word_deviation
  from ${latest}
) p`

/** So many people are read at a time: two hundred contributions of each. */
const PEOPLE_AT_ONCE = 500

/** The accounts of these people whose contributions may look like a program's. */
export async function* readPosts(
  client: ClientBase,
  { communityId, timeZone, people }: { communityId: string; timeZone: string; people: readonly string[] },
): AsyncGenerator<PostsOfAccount> {
  for (let i = 0; i < people.length; i += PEOPLE_AT_ONCE) {
    const { rows } = await client.query<PostsRow>(POSTS, [communityId, people.slice(i, i + PEOPLE_AT_ONCE), timeZone])
    for (const { identity_key, person_id, ...posts } of rows) yield { identity_key, person_id, posts }
  }
}

/** Everyone who wrote enough, and mostly not in reply: others have no accounts to look at. */
export const readProlific = async (client: ClientBase, communityId: string): Promise<string[]> => {
  const { rows } = await client.query<{ person_id: string }>(
    `select person_id
     from contribution
     where community_id = $1 and person_id is not null
     group by person_id
     having count(*) filter (where kind not in ('answer', 'reply')) >= ${(1 - BEHAVIOUR.reply_share) * BEHAVIOUR.fewest}`,
    [communityId],
  )
  return rows.map((row) => row.person_id)
}

/** Contributions of others that are looked at for how finely times are told. */
const OTHERS = 500

/** The times of others' contributions while this account wrote, a list a person, in milliseconds. */
export const readTimesOfOthers = async (
  client: ClientBase,
  { communityId, personId, from, to }: { communityId: string; personId: string; from: string; to: string },
): Promise<number[][]> => {
  const { rows } = await client.query<{ times: number[] }>(
    `select array_agg(floor(extract(epoch from o.occurred_at) * 1000)::float8) as times
     from (
       select c.person_id, c.occurred_at
       from contribution c
       where c.community_id = $1 and c.occurred_at >= $3 and c.occurred_at < $4::timestamptz + interval '1 millisecond' and c.person_id <> $2
       order by c.occurred_at desc, c.event_key desc
       limit ${OTHERS}
     ) o
     group by o.person_id`,
    [communityId, personId, from, to],
  )
  return rows.map((row) => row.times)
}

/**
 * Of all that was written on the days from the first to the last of these contributions, besides what is by people in `apart`,
 * the share by this account.
 */
export const readShare = async (
  client: ClientBase,
  {
    communityId,
    timeZone,
    identityKey,
    personId,
    from,
    to,
    apart,
  }: {
    communityId: string
    timeZone: string
    identityKey: string
    personId: string
    from: string
    to: string
    apart: readonly string[]
  },
): Promise<number> => {
  const { rows } = await client.query<{ own: number; all: number; apart: number }>(
    `with day as (
       select
         ($3::timestamptz at time zone $5::text)::date as from_on,
         ($4::timestamptz at time zone $5::text)::date as to_on
     ),
     span as (
       select d.*, d.from_on::timestamp at time zone $5::text as starts_at, (d.to_on + 1)::timestamp at time zone $5::text as ends_at from day d
     )
     select
       (
         select count(*)::int from contribution c
         where c.community_id = $1 and c.person_id = $2 and c.occurred_at >= s.starts_at and c.occurred_at < s.ends_at
           and (
             not exists (select from identity o where o.community_id = $1 and o.person_id = $2 and o.identity_key <> $7)
             or exists (select from event e where e.community_id = $1 and e.event_key = c.event_key and e.identity_key = $7)
           )
       ) as own,
       (
         select coalesce(sum(n.contribution_count + n.bot_count + n.quarantined_count + n.removed_count), 0)::int
         from contribution_day n
         where n.community_id = $1 and n.day_on between s.from_on and s.to_on
       ) as all,
       (
         select count(*)::int from contribution c
         where c.community_id = $1 and c.person_id = any ($6::uuid[]) and c.person_id <> $2
           and c.occurred_at >= s.starts_at and c.occurred_at < s.ends_at
       ) as apart
     from span s`,
    [communityId, personId, from, to, timeZone, apart, identityKey],
  )
  const { own, all, apart: left_out } = rows[0] ?? { own: 0, all: 0, apart: 0 }
  return Math.min(1, own / Math.max(1, all - left_out))
}

/** Contributions of others that are looked at for whether they talk. */
const TALK = 1000
/** Before the last contribution of the account. */
const TALK_DAYS = 90

/** Who, besides these people, takes part in threads with somebody else of the rest, and how much they wrote there lately. */
export const readTalkOfOthers = async (
  client: ClientBase,
  { communityId, to, apart }: { communityId: string; to: string; apart: readonly string[] },
): Promise<{ people: number; contributions: number }> => {
  const { rows } = await client.query<{ people: number; contributions: number }>(
    `with other as materialized (
       select c.thread_key, c.person_id
       from contribution c
       where c.community_id = $1
         and c.occurred_at > $2::timestamptz - interval '${TALK_DAYS} days'
         and c.occurred_at < $2::timestamptz + interval '1 millisecond'
         and c.person_id is not null
         and c.person_id <> all ($3::uuid[])
       order by c.occurred_at desc, c.event_key desc
       limit ${TALK}
     ),
     shared as (
       select thread_key from other group by thread_key having count(distinct person_id) > 1
     )
     select count(distinct o.person_id)::int as people, count(*)::int as contributions
     from other o
     join shared s on s.thread_key = o.thread_key`,
    [communityId, to, apart],
  )
  return rows[0] ?? { people: 0, contributions: 0 }
}
