import type { ClientBase } from 'pg'
import { localDayOf } from './local-day.ts'
import type { RollupChange, RollupTable } from './rollup-change.ts'
import {
  acceptance,
  addCounts,
  contribution,
  contributionDay,
  type DerivedTable,
  helpEdge,
  helpEpisode,
  hostDay,
  personDay,
  readDifferingDays,
  replaceAllRows,
  replaceRows,
} from './rollup-table.ts'
import { rollupStatement } from './statement.ts'

export const contributionStatements = {
  hanging: rollupStatement('hanging'),
  threadMember: rollupStatement('thread-member'),
  threadMemberAll: rollupStatement('thread-member-all'),
  contribution: rollupStatement('contribution'),
  acceptance: rollupStatement('acceptance'),
  helpEpisode: rollupStatement('help-episode'),
  helpEdge: rollupStatement('help-edge'),
  contributionDay: rollupStatement('contribution-day'),
  personDay: rollupStatement('person-day'),
  hostDay: rollupStatement('host-day'),
}

const DERIVED = [contribution, acceptance, helpEpisode, helpEdge] as const
const COUNTED = [
  [contributionDay, contributionStatements.contributionDay],
  [personDay, contributionStatements.personDay],
  [hostDay, contributionStatements.hostDay],
] as const

type Scope = { communityId: string; timeZone: string }
export type ContributionChange = { change: RollupChange; threadPeople: string[]; askers: string[] }

/**
 * Derives the contributions of these threads again, with acceptances, help episodes and edges, writes the rows that
 * differ, and adds the difference to the counts by day.
 */
export const refreshContributions = async (
  client: ClientBase,
  { communityId, timeZone, threads }: Scope & { threads: string[] },
): Promise<ContributionChange> => {
  await client.query(contributionStatements.threadMember, [communityId, threads])
  await client.query('analyze thread_member')
  await deriveFromMembers(client, communityId)
  await readOldRows(client, communityId, threads)

  const change: RollupChange = new Map()
  const note = (table: DerivedTable, days: string[]) => {
    if (days.length) change.set(table.name as RollupTable, new Set(days))
  }
  for (const table of DERIVED) {
    const days =
      table === helpEpisode
        ? await readEpisodeDays(client, communityId, timeZone)
        : await readDifferingDays(client, table, communityId, timeZone)
    note(table, days)
  }
  const then = await readThenDays(client, timeZone)
  if (then.length) change.set('contribution_then', new Set(then))
  const result = await readPeople(client, communityId)
  await readSigned(client, communityId)
  for (const table of DERIVED) await replaceRows(client, table, communityId)
  for (const [table, statement] of COUNTED) {
    await client.query(statement, [communityId, timeZone])
    note(table, await addCounts(client, table, communityId))
  }
  return { change, ...result }
}

/** Derives everything of `refreshContributions` from all events. */
export const rebuildContributions = async (client: ClientBase, { communityId, timeZone }: Scope): Promise<void> => {
  await client.query(contributionStatements.hanging, [communityId])
  await client.query('analyze hanging')
  await client.query(contributionStatements.threadMemberAll, [communityId])
  await client.query('analyze thread_member')
  await deriveFromMembers(client, communityId)
  for (const table of DERIVED) await replaceAllRows(client, table, communityId)
  for (const [table, statement] of COUNTED) {
    await client.query(statement.replace('from contribution_signed c', 'from (select 1 as sign, n.* from contribution_new n) c'), [
      communityId,
      timeZone,
    ])
    await client.query(`analyze ${table.name}_new`)
    await replaceAllRows(client, table, communityId)
  }
}

const deriveFromMembers = async (client: ClientBase, communityId: string) => {
  const statements = [
    [contribution, contributionStatements.contribution],
    [acceptance, contributionStatements.acceptance],
    [helpEpisode, contributionStatements.helpEpisode],
    [helpEdge, contributionStatements.helpEdge],
  ] as const
  for (const [table, statement] of statements) {
    await client.query(statement, [communityId])
    // a table without statistics is taken for nearly empty, and then joined row by row
    await client.query(`analyze ${table.name}_new`)
  }
}

const readOldRows = async (client: ClientBase, communityId: string, threads: string[]) => {
  await client.query(
    'insert into contribution_old select c.* from contribution c where c.community_id = $1 and c.thread_key = any ($2::uuid[])',
    [communityId, threads],
  )
  await client.query('analyze contribution_old')
  // a batch stored while this runs may have moved one here from a thread that nobody asked for
  await client.query(
    `insert into contribution_old
     select c.*
     from contribution_new n
     join contribution c on c.community_id = $1 and c.event_key = n.event_key
     where n.community_id = $1 and not exists (select from contribution_old o where o.event_key = n.event_key)`,
    [communityId],
  )
  const questions = `(
    select event_key from contribution_old where kind = 'question' union select event_key from contribution_new where kind = 'question'
  )`
  for (const name of ['acceptance', 'help_episode', 'help_edge']) {
    await client.query(
      `insert into ${name}_old
       select t.*
       from ${questions} q
       cross join lateral (select o.* from ${name} o where o.community_id = $1 and o.question_key = q.event_key offset 0) t`,
      [communityId],
    )
    await client.query(`analyze ${name}_old`)
  }
}

/** What contributions that differ take from the counts (as they were) and add to them (as they are). */
const readSigned = async (client: ClientBase, communityId: string) => {
  const differing = (sign: number, a: string, b: string) =>
    `select ${sign}, a.*
     from contribution_${a} a
     left join contribution_${b} b on b.event_key = a.event_key
     where a.community_id = $1 and (b.community_id is null or a is distinct from b)`
  await client.query(`insert into contribution_signed ${differing(-1, 'old', 'new')} union all ${differing(1, 'new', 'old')}`, [
    communityId,
  ])
}

/** Columns that say what is known now, and change without anything becoming different of the past. */
const KNOWN_NOW = ['category', 'host_id', 'is_counted', 'second_person_at', 'removed_at']

/** Days of contributions that are others, or told otherwise, also as known then. */
const readThenDays = async (client: ClientBase, timeZone: string): Promise<string[]> => {
  const columns = contribution.columns.filter((column) => !KNOWN_NOW.includes(column))
  const said = (side: string) => `(${columns.map((column) => `${side}.${column}`).join(', ')})`
  const { rows } = await client.query<{ day_on: string }>(
    `with differing as (
       select o.occurred_at as before_at, n.occurred_at as now_at
       from contribution_old o
       full join contribution_new n on n.event_key = o.event_key
       where o.event_key is null or n.event_key is null or ${said('o')} is distinct from ${said('n')}
     )
     select distinct greatest(${localDayOf('at', '$1')}, '0001-01-01'::date) as day_on
     from (select before_at as at from differing union select now_at from differing) as either
     where at is not null`,
    [timeZone],
  )
  return rows.map((row) => row.day_on)
}

/** Days of questions of which the episode, an edge, an acceptance or an answer differs. */
const readEpisodeDays = async (client: ClientBase, communityId: string, timeZone: string): Promise<string[]> => {
  const differing = (table: DerivedTable) => {
    const side = (a: string, b: string) =>
      `select a.question_key from ${table.name}_${a} a
       left join ${table.name}_${b} b on ${table.key.map((column) => `a.${column} = b.${column}`).join(' and ')}
       where a.community_id = $1 and a.question_key is not null and (b.community_id is null or a is distinct from b)`
    return `${side('old', 'new')} union ${side('new', 'old')}`
  }
  const { rows } = await client.query<{ day_on: string }>(
    `with question as (${DERIVED.map(differing).join(' union ')}),
     asked as (
       select c.occurred_at from question q join contribution_old c on c.community_id = $1 and c.event_key = q.question_key
       union
       select c.occurred_at from question q join contribution_new c on c.community_id = $1 and c.event_key = q.question_key
     )
     select distinct greatest(${localDayOf('occurred_at', '$2')}, '0001-01-01'::date) as day_on from asked`,
    [communityId, timeZone],
  )
  return rows.map((row) => row.day_on)
}

const readPeople = async (client: ClientBase, communityId: string): Promise<{ threadPeople: string[]; askers: string[] }> => {
  const { rows } = await client.query<{ thread_people: string[]; askers: string[] }>(
    `with differing as (
       select o.asker_id from help_episode_old o left join help_episode_new n on n.question_key = o.question_key
       where o.community_id = $1 and (n.community_id is null or n is distinct from o)
       union
       select n.asker_id from help_episode_new n left join help_episode_old o on n.question_key = o.question_key
       where n.community_id = $1 and (o.community_id is null or n is distinct from o)
     ),
     present as (
       select person_id from contribution_old where community_id = $1
       union
       select person_id from contribution_new where community_id = $1
     )
     select
       (select coalesce(array_agg(person_id), '{}') from present where person_id is not null) as thread_people,
       (select coalesce(array_agg(asker_id), '{}') from differing where asker_id is not null) as askers`,
    [communityId],
  )
  return { threadPeople: rows[0]?.thread_people ?? [], askers: rows[0]?.askers ?? [] }
}
