import type { ClientBase } from 'pg'

const LIKE = {
  new: [
    'contribution',
    'acceptance',
    'help_episode',
    'help_edge',
    'contribution_day',
    'person_day',
    'host_day',
    'activity_day',
    'event_day',
  ],
  old: ['contribution', 'acceptance', 'help_episode', 'help_edge', 'activity_day', 'event_day'],
}

/** What a refresh works on, by name; the columns of each. */
const TABLES: Record<string, string> = {
  // an event to look at again
  stale_event: 'event_key uuid, thread_key uuid, target_key uuid, type text, occurred_at timestamptz, identity_key uuid, person_id uuid',
  // a contribution that names no thread and answers another contribution
  hanging: 'event_key uuid, target_key uuid, answered_thread_key uuid',
  // a contribution and the thread it lies in
  thread_member: `event_key uuid, thread_key uuid, target_key uuid, occurred_at timestamptz, removed_at timestamptz,
    person_id uuid, is_bot boolean, kind text, opening_rank integer, is_work boolean, is_thanks boolean, is_acknowledging boolean, is_comment boolean, channel text, url text,
    word_count integer, artefact_word_count integer, document_word_count integer, inferred_link text, is_answered_elsewhere boolean`,
  // a contribution as it was, to be taken from the counts, or as it is, to be added
  contribution_signed: 'sign integer, like contribution',
  ...Object.fromEntries(
    (['new', 'old'] as const).flatMap((age) => LIKE[age].map((table) => [`${table}_${age}`, `like ${table} including defaults`] as const)),
  ),
}

const make = [
  ...Object.entries(TABLES).map(([name, columns]) => `create temporary table ${name} (${columns}) on commit delete rows`),
  'create index on hanging (target_key)',
].join(';\n')

/**
 * Makes the tables that a refresh works on, empty. They stay with the connection: making twenty tables anew takes longer
 * than what most refreshes do with them.
 */
export const prepareTemporaryTables = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query<{ is_made: boolean }>(`select to_regclass('pg_temp.contribution_signed') is not null as is_made`)
  if (!rows[0]?.is_made) {
    await client.query(make)
    return
  }
  // emptied by the end of the transaction, unless this is the second refresh in it
  const used = await client.query(
    'select from pg_temp.stale_event union all select from pg_temp.contribution_new union all select from pg_temp.event_day_new limit 1',
  )
  if (used.rowCount)
    await client.query(
      Object.keys(TABLES)
        .map((name) => `delete from pg_temp.${name};`)
        .join('\n'),
    )
}

/** Beyond this the space of the largest table is worth giving back before the transaction ends. */
const LARGE_BYTES = 64 * 1024 * 1024

/** Gives back the space, which may be as much as the events take. */
export const emptyTemporaryTables = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query<{ bytes: number }>(`select pg_relation_size('pg_temp.contribution_new') as bytes`)
  if ((rows[0]?.bytes ?? 0) < LARGE_BYTES) return
  await client.query(
    `truncate ${Object.keys(TABLES)
      .map((name) => `pg_temp.${name}`)
      .join(', ')}`,
  )
}
