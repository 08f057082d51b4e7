import type { ClientBase } from 'pg'
import { LAPSE_DAYS, ORDINARY_DAYS } from './lapse-days.ts'
import { localDayOf } from './local-day.ts'
import type { PartScope, RollupChange, RollupTable } from './rollup-change.ts'
import { rollupStatement } from './statement.ts'

type Kind = 'active' | 'unbroken' | 'benefited'
/** For how many days, itself included, a day counts in a stretch of each kind. */
const STRETCH_DAYS: Record<Kind, number> = { active: LAPSE_DAYS, unbroken: ORDINARY_DAYS, benefited: LAPSE_DAYS }

const statement = (name: string, stretchDays = LAPSE_DAYS) =>
  rollupStatement(name).replaceAll('lapse_days()', String(LAPSE_DAYS)).replaceAll('stretch_days()', String(stretchDays))

const personDays = statement('person-days')

/** A change to any of these asks for a rebuild. Each gives the rows of a table, or of a part of it, as they should be. */
export const membershipStatements = {
  membershipSpell: statement('membership-spell'),
  unbrokenPresence: statement('presence', STRETCH_DAYS.unbroken).replaceAll('day_table()', 'activity_day'),
  activePresence: statement('active-presence', STRETCH_DAYS.unbroken),
  benefitedPresence: statement('presence', STRETCH_DAYS.benefited).replaceAll('day_table()', 'benefit_day'),
  person: statement('person'),
  membershipDay: statement('membership-day').replace('person_days()', () => personDays),
  silenceLength: statement('silence-length', STRETCH_DAYS.unbroken),
}
/** In this order: the active ones are made of the unbroken ones. */
const stretchesOf: Record<Kind, string> = {
  unbroken: membershipStatements.unbrokenPresence,
  active: membershipStatements.activePresence,
  benefited: membershipStatements.benefitedPresence,
}

const SPELL_COLUMNS = ['left_at', 'is_rejoin', 'joined_on', 'left_on']
/** Those that decide in which cohorts a person starts, and whether they got on. */
const START_COLUMNS = ['joined_on', 'first_seen_on', 'first_contribution_on', 'second_contribution_on', 'first_helped_on']
const PERSON_COLUMNS = [
  ...START_COLUMNS,
  'first_seen_at',
  'last_active_on',
  'joined_at',
  'is_since_before',
  'first_left_at',
  'first_left_on',
  'left_at',
  'left_on',
  'first_contribution_at',
  'second_contribution_at',
]
const COUNTS = [
  'joined_count',
  'rejoined_count',
  'left_count',
  'first_seen_count',
  'last_active_count',
  'member_change',
  'present_member_change',
  'present_seen_change',
  'benefited_member_change',
  'benefited_present_change',
]

/**
 * Brings `membership_spell`, `presence`, `person`, `membership_day` and `silence_length` up to date for the people in scope, inside the
 * caller's transaction and after contributions, activity and benefits. Looks at those people's rows alone; days are
 * adjusted by the difference their rows make. Without people everything is derived again, and nothing told of what changed.
 */
export const refreshMembership = async (client: ClientBase, scope: PartScope): Promise<RollupChange> => {
  const change: RollupChange = new Map()
  if (scope.people === null) {
    await rebuildMembership(client, scope)
    return change
  }
  const benefitPeople = scope.benefitPeople ?? scope.people
  const people = [...new Set([...scope.people, ...benefitPeople])]
  await keepPersonDays(client, scope.communityId, people)
  await refreshSpells(client, scope, scope.people, change)
  await refreshActive(client, scope, scope.people, change)
  await replaceStretches(client, scope.communityId, 'benefited', benefitPeople, change)
  await refreshPeople(client, scope, [...new Set([...people, ...(scope.threadPeople ?? [])])], change)
  note(change, 'membership_day', await adjustDays(client, scope.communityId, people))
  return change
}

const rebuildMembership = async (client: ClientBase, { communityId, timeZone }: PartScope): Promise<void> => {
  const { membershipSpell, person, silenceLength } = membershipStatements
  for (const table of ['silence_length', 'membership_day', 'person', 'presence', 'membership_spell'])
    await client.query(`delete from ${table} where community_id = $1`, [communityId])
  await client.query(
    `insert into membership_spell (community_id, person_id, joined_at, ${SPELL_COLUMNS})
     select $1, person_id, joined_at, ${SPELL_COLUMNS} from (${membershipSpell}) as derived`,
    [communityId, null, timeZone],
  )
  for (const [kind, stretches] of Object.entries(stretchesOf))
    await client.query(
      `insert into presence (community_id, person_id, kind, from_on, to_on)
       select $1, person_id, '${kind}', from_on, to_on from (${stretches}) as derived`,
      [communityId, null],
    )
  // a table just filled has no statistics, and is taken for a small one
  await client.query('analyze membership_spell, presence')
  await client.query(
    `insert into person (community_id, person_id, ${PERSON_COLUMNS}) select $1, person_id, ${PERSON_COLUMNS} from (${person}) as derived`,
    [communityId, null, timeZone],
  )
  await keepPersonDays(client, communityId, [])
  await adjustDays(client, communityId, null)
  await client.query(
    `insert into silence_length (community_id, silent_days, returned_count)
     select $1, silent_days, returned_count from (${silenceLength}) as derived`,
    [communityId, null],
  )
}

// the days of these people as they count in membership_day, before any of their rows change
const keepPersonDays = async (client: ClientBase, communityId: string, people: string[]): Promise<void> => {
  await client.query('drop table if exists pg_temp.person_days_before')
  await client.query(`create temporary table person_days_before on commit drop as ${personDays}`, [communityId, people])
}

const refreshSpells = async (client: ClientBase, scope: PartScope, people: string[], change: RollupChange): Promise<void> => {
  const { rows } = await client.query<{ days: string[] }>(
    `with
     derived as (${membershipStatements.membershipSpell}),
     stored as (select * from membership_spell where community_id = $1 and person_id = any ($2)),
     differing as (
       select d.*, s.person_id as before_person_id, s.joined_at as before_joined_at, s.joined_on as before_joined_on, s.left_on as before_left_on
       from derived d
       full join stored s on s.person_id = d.person_id and s.joined_at = d.joined_at
       where (${listOf('d', SPELL_COLUMNS)}) is distinct from (${listOf('s', SPELL_COLUMNS)})
     ),
     gone as (
       delete from membership_spell m
       using differing d
       where d.person_id is null and m.community_id = $1 and m.person_id = d.before_person_id and m.joined_at = d.before_joined_at
     ),
     written as (
       insert into membership_spell (community_id, person_id, joined_at, ${SPELL_COLUMNS})
       select $1, person_id, joined_at, ${SPELL_COLUMNS} from differing where person_id is not null
       on conflict (community_id, person_id, joined_at) do update set ${SPELL_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
     )
     select ${daysOf(['joined_on', 'left_on', 'before_joined_on', 'before_left_on'])} as days`,
    [scope.communityId, people, scope.timeZone],
  )
  note(change, 'membership_spell', rows[0]?.days)
}

/**
 * A day more lengthens or joins stretches: the stored ones and the new days are enough. Only of who may have lost a day
 * all days are read again.
 */
const refreshActive = async (client: ClientBase, scope: PartScope, people: string[], change: RollupChange): Promise<void> => {
  const { communityId, timeZone } = scope
  const lost = scope.lostActivity ?? people
  await client.query('drop table if exists pg_temp.new_active_day')
  await client.query('create temporary table new_active_day (community_id uuid, person_id uuid, day_on date) on commit drop')
  await client.query(
    `insert into new_active_day (community_id, person_id, day_on)
     select distinct $1::uuid, i.person_id, a.day_on
     from event e
     join identity i on i.community_id = $1 and i.identity_key = e.identity_key
     -- whatever counts as activity, the rollup of activity has it already
     join activity_day a on a.community_id = $1 and a.person_id = i.person_id and a.day_on = ${localDayOf('e.occurred_at', '$4')}
     where e.community_id = $1 and e.event_key = any ($2::uuid[]) and i.person_id <> all ($3::uuid[])`,
    [communityId, scope.events ?? [], lost, timeZone],
  )
  for (const kind of ['unbroken', 'active'] as const) {
    await replaceStretches(client, communityId, kind, lost, change)
    await writeStretches(client, change, {
      kind,
      derived: `
     uncovered as (
       select n.person_id, n.day_on
       from new_active_day n
       where n.community_id = $1 and not exists (
         select from presence p
         where p.community_id = $1 and p.person_id = n.person_id and p.kind = '${kind}'
           and p.from_on <= n.day_on and p.to_on >= n.day_on + ${STRETCH_DAYS[kind]}
       )
     ),
     stored as (
       select p.person_id, p.from_on, p.to_on
       from presence p
       where p.community_id = $1 and p.kind = '${kind}' and p.person_id in (select person_id from uncovered)
     ),
     derived as (
       select person_id, lower(stretch) as from_on, upper(stretch) as to_on
       from (
         select person_id, unnest(range_agg(span)) as stretch
         from (
           select person_id, daterange(from_on, to_on) as span from stored
           union all
           select person_id, daterange(day_on, day_on + ${STRETCH_DAYS[kind]}) from uncovered
         ) as span_of
         group by person_id
       ) as stretch_of
     )`,
      params: [communityId],
    })
  }
  await client.query('delete from silence_length where community_id = $1 and returned_count = 0', [communityId])
}

const replaceStretches = async (
  client: ClientBase,
  communityId: string,
  kind: Kind,
  people: readonly string[],
  change: RollupChange,
): Promise<void> => {
  if (people.length === 0) return
  await writeStretches(client, change, {
    kind,
    derived: `
     derived as (${stretchesOf[kind]}),
     stored as (
       select person_id, from_on, to_on from presence where community_id = $1 and kind = '${kind}' and person_id = any ($2)
     )`,
    params: [communityId, people],
  })
}

/** From CTEs `derived` and `stored`, of the same people, to the rows of `presence`: few differ, and only those are written. */
const writeStretches = async (
  client: ClientBase,
  change: RollupChange,
  { kind, derived, params }: { kind: Kind; derived: string; params: unknown[] },
): Promise<void> => {
  const { rows } = await client.query<{ days: string[] }>(
    `with ${derived},
     differing as (
       select d.person_id, d.from_on, d.to_on, s.person_id as before_person_id, s.from_on as before_from_on
       from derived d
       full join stored s on s.person_id = d.person_id and s.from_on = d.from_on
       where d.to_on is distinct from s.to_on
     ),
     gone as (
       delete from presence p
       using differing d
       where d.person_id is null
         and p.community_id = $1 and p.person_id = d.before_person_id and p.kind = '${kind}' and p.from_on = d.before_from_on
     ),
     written as (
       insert into presence (community_id, person_id, kind, from_on, to_on)
       select $1, person_id, '${kind}', from_on, to_on from differing where person_id is not null
       on conflict (community_id, person_id, kind, from_on) do update set to_on = excluded.to_on
     )${kind === 'unbroken' ? `, ${ADJUST_SILENCES}` : ''}
     select ${daysOf(['from_on', 'before_from_on'])} as days`,
    params,
  )
  note(change, 'presence', rows[0]?.days)
}

/** From `derived`, `stored` and `differing`, which hold all stretches of their people, to the lengths of what lies between them. */
const ADJUST_SILENCES = `silence as (
       select lead(from_on) over (partition by person_id order by from_on) - (to_on - ${STRETCH_DAYS.unbroken}) as silent_days, 1 as step
       from derived
       where person_id in (select coalesce(person_id, before_person_id) from differing)
       union all
       select lead(from_on) over (partition by person_id order by from_on) - (to_on - ${STRETCH_DAYS.unbroken}), -1
       from stored
       where person_id in (select coalesce(person_id, before_person_id) from differing)
     ),
     adjusted as (
       insert into silence_length (community_id, silent_days, returned_count)
       select $1, silent_days, sum(step)::int
       from silence
       where silent_days is not null
       group by silent_days
       having sum(step) <> 0
       on conflict (community_id, silent_days) do update set returned_count = silence_length.returned_count + excluded.returned_count
     )`

const refreshPeople = async (client: ClientBase, scope: PartScope, people: string[], change: RollupChange): Promise<void> => {
  const { rows } = await client.query<{ days: string[]; start_days: string[] }>(
    `with
     derived as (${membershipStatements.person}),
     stored as (select person_id, ${PERSON_COLUMNS} from person where community_id = $1 and person_id = any ($2)),
     differing as (
       select
         d.*,
         s.person_id as before_person_id,
         ${START_COLUMNS.map((column) => `s.${column} as before_${column}`).join(', ')},
         (${listOf('d', START_COLUMNS)}) is distinct from (${listOf('s', START_COLUMNS)}) as is_start_differing
       from derived d
       full join stored s on s.person_id = d.person_id
       where (${listOf('d', PERSON_COLUMNS)}) is distinct from (${listOf('s', PERSON_COLUMNS)})
     ),
     gone as (
       delete from person p
       using differing d
       where d.person_id is null and p.community_id = $1 and p.person_id = d.before_person_id
     ),
     written as (
       insert into person (community_id, person_id, ${PERSON_COLUMNS})
       select $1, person_id, ${PERSON_COLUMNS} from differing where person_id is not null
       on conflict (community_id, person_id) do update set
         ${PERSON_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
     )
     select
       ${daysOf(['joined_on', 'first_seen_on', 'before_joined_on', 'before_first_seen_on'])} as days,
       ${daysOf(['joined_on', 'first_seen_on', 'first_contribution_on', 'before_joined_on', 'before_first_seen_on', 'before_first_contribution_on'], 'is_start_differing')} as start_days`,
    [scope.communityId, people, scope.timeZone],
  )
  note(change, 'person', rows[0]?.days)
  note(change, 'person_start', rows[0]?.start_days)
}

/** Adds to each day what these people amount to now, less what they amounted to before. Gives the days that differ. */
const adjustDays = async (client: ClientBase, communityId: string, people: string[] | null): Promise<string[]> => {
  const { rows } = await client.query<{ days: string[] }>(
    `with
     differing as (
       select * from (${membershipStatements.membershipDay}) as derived where ${COUNTS.map((count) => `${count} <> 0`).join(' or ')}
     ),
     written as (
       insert into membership_day (community_id, day_on, ${COUNTS})
       select $1, day_on, ${COUNTS} from differing
       on conflict (community_id, day_on) do update set
         ${COUNTS.map((count) => `${count} = membership_day.${count} + excluded.${count}`).join(', ')}
     )
     select ${daysOf(['day_on'])} as days`,
    [communityId, people],
  )
  const days = rows[0]?.days ?? []
  await client.query(
    `delete from membership_day
     where community_id = $1 and (day_on = any ($2::date[]) or day_on < '0001-01-01') and ${COUNTS.map((count) => `${count} = 0`).join(' and ')}`,
    [communityId, days],
  )
  return days
}

const note = (change: RollupChange, table: RollupTable, days: readonly string[] = []) => {
  if (days.length) change.set(table, new Set([...(change.get(table) ?? []), ...days]))
}

const listOf = (table: string, columns: readonly string[]) => columns.map((column) => `${table}.${column}`).join(', ')

/** An aggregate: the distinct days in these columns; those before the year 1, -infinity among them, have no label and give its first day. */
const daysOf = (columns: readonly string[], condition = 'true') =>
  `coalesce((
       select array_agg(distinct greatest(changed_on, '0001-01-01'))
       from differing, unnest(array[${columns.join(', ')}]) as changed_on
       where ${condition} and changed_on is not null
     ), '{}')`
