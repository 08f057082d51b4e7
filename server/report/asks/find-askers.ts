import type { ClientBase, Pool } from 'pg'
import { IS_INFERRED } from '../today/today-scope.ts'
import { ASK_AFTER_DAYS, ASK_WITHIN_DAYS, DAY_MS, PERSON_PAUSE_DAYS } from './ask-rules.ts'

/** A question whose asker may be asked now. */
export type Asker = {
  question_key: string
  identity_key: string
  person_id: string
  source: string
  source_event_id: string
  channel: string | null
  url: string | null
  asked_at: Date
  first_answered_at: Date
  source_actor_id: string
  /** As the source names the asker. */
  display_name: string | null
  /** Where a manager gave one. */
  address: string | null
  /** That it is a question, or who answered it, was recognised from texts and times. */
  is_inferred: boolean
}

/** Why questions that were answered may not be asked about now, each counted once, by the first reason that holds. */
export type NotYet = { too_fresh: number; opted_out: number; paused: number; left: number }

// $1 community · $2 now · $3 the earliest time of asking · $4 the latest of the first answer · $5 the earliest of an ask that counts
const CANDIDATES = `candidate as (
  select h.question_key, h.asker_id as person_id, h.asked_at, h.first_answered_at, h.channel, h.url
  from help_episode h
  where h.community_id = $1
    and h.asked_at > $3 and h.asked_at <= $2
    and h.first_answered_at is not null and h.first_answered_at <= $2
    and h.asker_id is not null
    and not h.is_answered_elsewhere
    -- a ruling of a minute ago, which the rollups do not know yet
    and not exists (select from question_ruling r where r.community_id = $1 and r.event_key = h.question_key)
    and not exists (select from event d where d.community_id = $1 and d.target_key = h.question_key and d.type = 'content.deleted')
    and not exists (select from value_ask a where a.community_id = $1 and a.question_key = h.question_key)
),
unsaid as (
  select c.*
  from candidate c
  where not exists (
    select from event v
    join identity i on i.community_id = $1 and i.identity_key = v.identity_key and i.person_id = c.person_id
    where v.community_id = $1 and v.target_key = c.question_key and v.type = 'value.reported'
  )
),
-- everything a person may be known by: accounts, and hashes of addresses
known_as as (
  select i.person_id, k.out_key
  from identity i
  left join member_contact m on m.community_id = $1 and m.identity_key = i.identity_key
  cross join lateral (values (i.identity_key), (i.email_key), (m.address_key)) as k (out_key)
  where i.community_id = $1 and i.person_id in (select u.person_id from unsaid u) and k.out_key is not null
),
opted_out as (
  select distinct k.person_id from known_as k join ask_opt_out o on o.community_id = $1 and o.out_key = k.out_key
),
-- all accounts and addresses of whoever was asked, not the account alone that was
asked_as as (
  select distinct k.out_key
  from value_ask a
  join identity i on i.community_id = $1 and i.identity_key = a.identity_key
  join identity p on p.community_id = $1 and p.person_id = i.person_id
  left join member_contact m on m.community_id = $1 and m.identity_key = p.identity_key
  cross join lateral (values (p.identity_key), (p.email_key), (m.address_key)) as k (out_key)
  where a.community_id = $1 and greatest(a.made_at, a.asked_at) > $5 and k.out_key is not null
),
asked_lately as (
  select distinct k.person_id from known_as k join asked_as a on a.out_key = k.out_key
),
gone as (
  select s.person_id
  from membership_spell s
  where s.community_id = $1 and s.person_id in (select u.person_id from unsaid u)
  group by s.person_id
  having bool_and(s.left_at is not null and s.left_at <= $2)
),
judged as (
  select
    u.*,
    case
      when u.person_id in (select o.person_id from opted_out o) then 'opted_out'
      when u.person_id in (select g.person_id from gone g) then 'left'
      when u.first_answered_at > $4 then 'too_fresh'
      when u.person_id in (select l.person_id from asked_lately l) then 'paused'
    end as reason
  from unsaid u
)`

const timesOf = (now: Date) => [
  now,
  new Date(now.getTime() - ASK_WITHIN_DAYS * DAY_MS),
  new Date(now.getTime() - ASK_AFTER_DAYS * DAY_MS),
  new Date(now.getTime() - PERSON_PAUSE_DAYS * DAY_MS),
]

/**
 * Who may be asked now: of each person the question answered last, the newest first; or the one question named. Rollups may lag behind by
 * seconds, so whoever makes an ask looks again, under the lock. `isMailable`: only those with an address, and without what was inferred.
 */
export const findAskers = async (
  db: Pool | ClientBase,
  communityId: string,
  {
    now,
    questionKey = null,
    isMailable = false,
    limit = 200,
  }: { now: Date; questionKey?: string | null; isMailable?: boolean; limit?: number },
): Promise<Asker[]> => {
  const { rows } = await db.query<Asker>(
    `with ${CANDIDATES},
     one_each as (
       select distinct on (j.person_id) j.*
       from judged j
       where j.reason is null and ($6::uuid is null or j.question_key = $6::uuid)
       order by j.person_id, j.first_answered_at desc, j.question_key
     ),
     described as (
       select
         o.question_key, e.identity_key, o.person_id, e.source, e.source_event_id, coalesce(o.channel, e.channel) as channel,
       coalesce(o.url, e.url) as url, o.asked_at, o.first_answered_at, i.source_actor_id, i.display_name, ${IS_INFERRED} as is_inferred,
       (
         select m.address
         from identity p
         join member_contact m on m.community_id = $1 and m.identity_key = p.identity_key
         where p.community_id = $1 and p.person_id = o.person_id
         order by m.added_at desc, m.identity_key
         limit 1
       ) as address
     from one_each o
     join event e on e.community_id = $1 and e.event_key = o.question_key
     join identity i on i.community_id = $1 and i.identity_key = e.identity_key and not i.is_bot
     )
     select *
     from described
     where not $8::boolean or (address is not null and not is_inferred)
     order by first_answered_at desc, question_key
     limit $7`,
    [communityId, ...timesOf(now), questionKey, limit, isMailable],
  )
  return rows
}

export const countNotYet = async (db: Pool | ClientBase, communityId: string, now: Date): Promise<NotYet> => {
  const { rows } = await db.query<NotYet>(
    `with ${CANDIDATES}
     select
       count(*) filter (where reason = 'too_fresh')::int as too_fresh,
       count(*) filter (where reason = 'opted_out')::int as opted_out,
       count(*) filter (where reason = 'paused')::int as paused,
       count(*) filter (where reason = 'left')::int as left
     from judged`,
    [communityId, ...timesOf(now)],
  )
  return rows[0] as NotYet
}
