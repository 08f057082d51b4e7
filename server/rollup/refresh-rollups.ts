import type { ClientBase } from 'pg'
import type { DayRange } from '../../shared/period.ts'
import { rollupStatement } from './statement.ts'

/** A change to any of these asks for a rebuild. */
export const rollupStatements = {
  affectedThreads: rollupStatement('affected-threads'),
  contribution: rollupStatement('contribution'),
  acceptance: rollupStatement('acceptance'),
  membershipSpell: rollupStatement('membership-spell'),
  activityDay: rollupStatement('activity-day'),
  eventDay: rollupStatement('event-day'),
}

export type RollupScope = {
  communityId: string
  timeZone: string
  /** The days whose events changed; null rebuilds everything. */
  staleDays: DayRange[] | null
}

export type RollupChange = {
  /** Local days of which a contribution lies in an affected thread: what is said of them may have changed. */
  touchedDays: string[]
  /** The first local day on which a rolled-up row itself differs from before; null when none does. */
  changedSince: string | null
  /** Somebody whose membership changed is, or was, taken for a member since before the data. */
  hasPastMembership: boolean
}

/** What a refresh without stale days leaves. */
export const NO_CHANGE: RollupChange = { touchedDays: [], changedSince: null, hasPastMembership: false }

/**
 * Brings the rollups up to date with the events of the stale days, inside the caller's transaction. Each statement is a
 * pure function of the events, so however often and in whatever order days are refreshed, the rows end the same as after
 * a rebuild.
 */
export const refreshRollups = async (client: ClientBase, scope: RollupScope): Promise<RollupChange> => {
  const { communityId, timeZone, staleDays } = scope
  const from = staleDays?.map((r) => r.from_on) ?? null
  const to = staleDays?.map((r) => r.to_on) ?? null
  const threads = staleDays
    ? (await client.query<{ thread_key: string }>(rollupStatements.affectedThreads, [communityId, from, to, timeZone])).rows.map(
        (r) => r.thread_key,
      )
    : null

  await keepRowsBefore(client, communityId, threads)
  await client.query(
    `delete from acceptance a using contribution c
     where a.community_id = $1 and c.community_id = $1 and c.event_key = a.answer_key and ($2::uuid[] is null or c.thread_key = any ($2))`,
    [communityId, threads],
  )
  await client.query('delete from contribution where community_id = $1 and ($2::uuid[] is null or thread_key = any ($2))', [
    communityId,
    threads,
  ])
  await client.query(rollupStatements.contribution, [communityId, threads])
  await client.query(rollupStatements.acceptance, [communityId, threads])
  const change = await compareWithBefore(client, communityId, timeZone, threads)

  const people = staleDays ? await peopleWhoMoved(client, communityId, timeZone, from ?? [], to ?? []) : null
  const hadAlways = await areSomeSinceBefore(client, communityId, people)
  await client.query('delete from membership_spell where community_id = $1 and ($2::uuid[] is null or person_id = any ($2))', [
    communityId,
    people,
  ])
  await client.query(rollupStatements.membershipSpell, [communityId, people])
  change.hasPastMembership = hadAlways || (await areSomeSinceBefore(client, communityId, people))

  for (const [table, statement] of [
    ['activity_day', rollupStatements.activityDay],
    ['event_day', rollupStatements.eventDay],
  ] as const) {
    await client.query(
      `delete from ${table} a
       where a.community_id = $1
         and ($2::date[] is null or exists (
           select from unnest($2::date[], $3::date[]) as span (from_on, to_on) where a.day_on >= span.from_on and a.day_on < span.to_on))`,
      [communityId, from, to],
    )
    await client.query(statement, [communityId, from, to, timeZone])
  }
  return change
}

/** Whether some of these people count as members since before the data: then even the first periods have changed. */
const areSomeSinceBefore = async (client: ClientBase, communityId: string, people: string[] | null): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select from membership_spell where community_id = $1 and joined_at = '-infinity' and ($2::uuid[] is null or person_id = any ($2)) limit 1`,
    [communityId, people],
  )
  return rowCount === 1
}

/** People with a join or a leave on the stale days, by the events now or by the spells as they were. */
const peopleWhoMoved = async (
  client: ClientBase,
  communityId: string,
  timeZone: string,
  from: string[],
  to: string[],
): Promise<string[]> => {
  const { rows } = await client.query<{ person_id: string }>(
    `with stale as (
       select
         from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
         to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at
       from unnest($2::date[], $3::date[]) as span (from_on, to_on)
     )
     select i.person_id
     from stale s
     join event e on e.community_id = $1 and e.occurred_at >= s.starts_at and e.occurred_at < s.ends_at
     join identity i on i.community_id = $1 and i.identity_key = e.identity_key
     where e.type in ('member.joined', 'member.left')
     union
     select m.person_id
     from stale s
     join membership_spell m on m.community_id = $1
       and ((m.joined_at >= s.starts_at and m.joined_at < s.ends_at) or (m.left_at >= s.starts_at and m.left_at < s.ends_at))`,
    [communityId, from, to, timeZone],
  )
  return rows.map((row) => row.person_id)
}

// the rows as they were, for the length of the transaction, to tell afterwards from which day on anything differs
const keepRowsBefore = async (client: ClientBase, communityId: string, threads: string[] | null) => {
  if (threads === null) return
  await client.query('create temporary table if not exists contribution_before (like contribution) on commit drop')
  await client.query(
    'insert into contribution_before select * from contribution where community_id = $1 and thread_key = any ($2::uuid[])',
    [communityId, threads],
  )
}

const compareWithBefore = async (
  client: ClientBase,
  communityId: string,
  timeZone: string,
  threads: string[] | null,
): Promise<RollupChange> => {
  if (threads === null) return { ...NO_CHANGE }
  const { rows } = await client.query<{ touched: string[]; changed_since: string | null }>(
    `with
     now_there as (select * from contribution where community_id = $1 and thread_key = any ($2::uuid[])),
     differing as (
       select occurred_at from (table contribution_before except table now_there) as gone
       union all
       select occurred_at from (table now_there except table contribution_before) as new
     )
     select
       -- west of Greenwich the first hours of year 1 lie in a year that labels cannot name
       (select coalesce(array_agg(distinct greatest((occurred_at at time zone $3::text)::date, '0001-01-01')), '{}')
        from (select occurred_at from contribution_before union all select occurred_at from now_there) as either) as touched,
       (select greatest((min(occurred_at) at time zone $3::text)::date, '0001-01-01') from differing) as changed_since`,
    [communityId, threads, timeZone],
  )
  return { touchedDays: rows[0]?.touched ?? [], changedSince: rows[0]?.changed_since ?? null, hasPastMembership: false }
}
