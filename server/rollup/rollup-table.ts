import type { ClientBase } from 'pg'
import { localDayOf } from './local-day.ts'
import type { RollupTable } from './rollup-change.ts'

/** A rollup that is brought up to date by difference: `<name>_new` holds its rows as they should be, `<name>_old` as they are. */
export type DerivedTable = {
  name: Exclude<RollupTable, 'person_start' | 'person_stay' | 'person_stay_year'> | 'event_day'
  /** Its primary key, without the community. */
  key: readonly string[]
  columns: readonly string[]
  /** The column whose local day the row lies under. */
  day: string
  /** The order that makes what reads it, and its indexes, quickest. */
  order: string
}

export const contribution: DerivedTable = {
  name: 'contribution',
  key: ['event_key'],
  columns: [
    'thread_key',
    'occurred_at',
    'removed_at',
    'person_id',
    'is_bot',
    'kind',
    'thread_kind',
    'is_start',
    'start_key',
    'question_key',
    'is_answer',
    'is_quarantined',
    'channel',
    'url',
    'word_count',
    'artefact_word_count',
    'document_word_count',
    'category',
    'host_id',
    'is_counted',
    'second_person_at',
    'inferred_link',
    'acknowledges_key',
    'is_answered_elsewhere',
  ],
  day: 'occurred_at',
  order: 'occurred_at',
}

export const acceptance: DerivedTable = {
  name: 'acceptance',
  key: ['answer_key', 'accepted_at'],
  columns: ['question_key', 'unaccepted_at'],
  day: 'accepted_at',
  order: 'accepted_at',
}

export const helpEpisode: DerivedTable = {
  name: 'help_episode',
  key: ['question_key'],
  columns: [
    'thread_key',
    'asked_at',
    'asker_id',
    'channel',
    'url',
    'first_answered_at',
    'first_answer_key',
    'first_helper_id',
    'answer_count',
    'helper_count',
    'accepted_at',
    'acknowledged_at',
    'is_answered_elsewhere',
  ],
  day: 'asked_at',
  order: 'asked_at',
}

export const helpEdge: DerivedTable = {
  name: 'help_edge',
  key: ['question_key', 'helper_id'],
  columns: ['asker_id', 'asked_at', 'first_at', 'answer_count'],
  day: 'first_at',
  order: 'first_at',
}

export const activityDay: DerivedTable = {
  name: 'activity_day',
  key: ['person_id', 'day_on'],
  columns: ['first_at', 'last_at', 'contribution_count'],
  day: 'day_on',
  order: 'day_on',
}

export const eventDay: DerivedTable = {
  name: 'event_day',
  key: ['day_on', 'source', 'type'],
  columns: ['event_count', 'first_at', 'last_at'],
  day: 'day_on',
  order: 'day_on',
}

/** Integer counts, which a refresh adjusts by the difference: `<name>_new` then holds what to add. */
export const contributionDay: DerivedTable = {
  name: 'contribution_day',
  key: ['day_on'],
  columns: [
    'contribution_count',
    'anonymous_count',
    'start_count',
    'answer_count',
    'question_count',
    'help_count',
    'discussion_count',
    'broadcast_count',
    'news_count',
    'work_count',
    'other_count',
    'word_count',
    'artefact_word_count',
    'document_word_count',
    'bot_count',
    'quarantined_count',
    'removed_count',
    'inferred_count',
    'inferred_question_count',
    'named_reply_count',
    'guessed_reply_count',
  ],
  day: 'day_on',
  order: 'day_on',
}

export const personDay: DerivedTable = {
  name: 'person_day',
  key: ['day_on', 'person_id'],
  columns: ['contribution_count', 'start_count', 'answer_count', 'question_count', 'news_count'],
  day: 'day_on',
  order: 'day_on',
}

export const hostDay: DerivedTable = {
  name: 'host_day',
  key: ['day_on', 'host_id'],
  columns: ['contribution_count'],
  day: 'day_on',
  order: 'day_on',
}

const isSame = (table: DerivedTable, a: string, b: string) =>
  ['community_id', ...table.key].map((column) => `${a}.${column} = ${b}.${column}`).join(' and ')

/** The local days as labels can name them: west of Greenwich the first hours of year 1 lie in the year before it. */
const dayOf = (table: DerivedTable, row: string, zone: string) =>
  `greatest(${table.day === 'day_on' ? `${row}.day_on` : localDayOf(`${row}.${table.day}`, zone)}, '0001-01-01'::date)`

/** The days of rows that differ between `<name>_old` and `<name>_new`. */
export const readDifferingDays = async (
  client: ClientBase,
  table: DerivedTable,
  communityId: string,
  timeZone: string,
): Promise<string[]> => {
  const { name } = table
  const differing = (a: string, b: string) =>
    `select ${dayOf(table, 'a', '$2')} as day_on
     from ${name}_${a} a
     left join ${name}_${b} b on ${isSame(table, 'a', 'b')}
     where a.community_id = $1 and (b.community_id is null or a is distinct from b)`
  const { rows } = await client.query<{ day_on: string }>(
    `${differing('old', 'new')} union ${differing('new', 'old')}`,
    table.day === 'day_on' ? [communityId] : [communityId, timeZone],
  )
  return rows.map((row) => row.day_on)
}

/** Puts the rows of `<name>_new` in the place of those in `<name>_old`, writing only what differs. */
export const replaceRows = async (client: ClientBase, table: DerivedTable, communityId: string): Promise<void> => {
  const { name } = table
  await client.query(
    `delete from ${name} t using ${name}_old o
     where t.community_id = $1 and ${isSame(table, 't', 'o')}
       and not exists (select from ${name}_new n where ${isSame(table, 'n', 'o')})`,
    [communityId],
  )
  await client.query(upsert(table, `left join ${name}_old o on ${isSame(table, 'o', 'n')}`), [communityId])
}

/** Puts the rows of `<name>_new` in the place of all that are there of the community. */
export const replaceAllRows = async (client: ClientBase, table: DerivedTable, communityId: string): Promise<void> => {
  const { name } = table
  const { rowCount } = await client.query(`select from ${name} where community_id = $1 limit 1`, [communityId])
  const columns = ['community_id', ...table.key, ...table.columns].join(', ')
  if (rowCount === 0) {
    await client.query(
      `insert into ${name} (${columns}) select ${columns} from ${name}_new n where n.community_id = $1 order by n.${table.order}`,
      [communityId],
    )
    return
  }
  await client.query(
    `delete from ${name} t where t.community_id = $1 and not exists (select from ${name}_new n where ${isSame(table, 'n', 't')})`,
    [communityId],
  )
  await client.query(upsert(table, `left join ${name} o on ${isSame(table, 'o', 'n')}`), [communityId])
}

const upsert = (table: DerivedTable, joinOld: string) => {
  const columns = ['community_id', ...table.key, ...table.columns]
  return `insert into ${table.name} (${columns.join(', ')})
    select ${columns.map((column) => `n.${column}`).join(', ')}
    from ${table.name}_new n ${joinOld}
    where n.community_id = $1
      and (o.community_id is null or (${table.columns.map((column) => `o.${column}`).join(', ')}) is distinct from (${table.columns.map((column) => `n.${column}`).join(', ')}))
    order by n.${table.order}
    on conflict (${['community_id', ...table.key].join(', ')}) do update set
      ${table.columns.map((column) => `${column} = excluded.${column}`).join(', ')}`
}

/** Adds `<name>_new` to the counts there are, removes rows of nothing, and gives the days of which a count has changed. */
export const addCounts = async (client: ClientBase, table: DerivedTable, communityId: string): Promise<string[]> => {
  const { name, key, columns } = table
  const isNothing = (row: string) => `(${columns.map((column) => `${row}.${column}`).join(', ')}) = (${columns.map(() => '0').join(', ')})`
  const all = ['community_id', ...key, ...columns].join(', ')
  const { rows } = await client.query<{ day_on: string }>(
    `with added as (
       insert into ${name} as t (${all})
       select ${all} from ${name}_new n where n.community_id = $1 and not (${isNothing('n')}) order by ${['community_id', ...key].join(', ')}
       on conflict (${['community_id', ...key].join(', ')}) do update set
         ${columns.map((column) => `${column} = t.${column} + excluded.${column}`).join(', ')}
       returning t.day_on
     )
     select distinct ${dayOf(table, 'added', "'UTC'")} as day_on from added`,
    [communityId],
  )
  await client.query(
    `delete from ${name} t using ${name}_new n where t.community_id = $1 and ${isSame(table, 't', 'n')} and ${isNothing('t')}`,
    [communityId],
  )
  return rows.map((row) => row.day_on)
}
