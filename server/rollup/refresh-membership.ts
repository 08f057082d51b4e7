import type { ClientBase } from 'pg'
import { daysOfDiffering, listOf, noteDays } from './differing-days.ts'
import { emptyTemporaryTable } from './empty-temporary-table.ts'
import { membershipStatements, personDays, stretchesOf } from './membership-statements.ts'
import { noteStays, readStays } from './note-stays.ts'
import { refreshActive, replaceStretches } from './refresh-presence.ts'
import type { PartScope, RollupChange } from './rollup-change.ts'

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
  const everyone = [...new Set([...people, ...(scope.threadPeople ?? [])])]
  const staysBefore = await readStays(client, scope, everyone)
  await keepPersonDays(client, scope.communityId, people)
  await refreshSpells(client, scope, scope.people, change)
  await refreshActive(client, scope, scope.people, change)
  await replaceStretches(client, scope.communityId, 'benefited', benefitPeople, change)
  const beginning = await readBeginning(client, scope.communityId)
  await refreshPeople(client, scope, everyone, change)
  await noteBeginning(client, scope.communityId, beginning, change)
  await noteStays(client, scope, staysBefore, await readStays(client, scope, everyone), change)
  noteDays(change, 'membership_day', await adjustDays(client, scope.communityId, people))
  return change
}

const readBeginning = async (client: ClientBase, communityId: string): Promise<string | null> => {
  const { rows } = await client.query<{ begins_on: string | null }>(
    'select min(first_seen_on) as begins_on from person where community_id = $1',
    [communityId],
  )
  return rows[0]?.begins_on ?? null
}

/** When activity begins decides who of all that ever joined was followed from the first day. */
const noteBeginning = async (client: ClientBase, communityId: string, before: string | null, change: RollupChange): Promise<void> => {
  if ((await readBeginning(client, communityId)) === before) return
  const { rows } = await client.query<{ day_on: string }>(
    'select distinct joined_on as day_on from person where community_id = $1 and joined_on is not null',
    [communityId],
  )
  noteDays(
    change,
    'person_start',
    rows.map((row) => row.day_on),
  )
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

const PERSON_DAYS = `person_id uuid, joined_on date[], rejoined_on date[], left_on date[], first_seen_on date, last_active_on date,
  member_days datemultirange, present_member_days datemultirange, active_days datemultirange,
  benefited_member_days datemultirange, benefited_present_days datemultirange`

// the days of these people as they count in membership_day, before any of their rows change
const keepPersonDays = async (client: ClientBase, communityId: string, people: string[]): Promise<void> => {
  await emptyTemporaryTable(client, 'person_days_before', PERSON_DAYS)
  await client.query(`insert into person_days_before ${personDays}`, [communityId, people])
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
     select ${daysOfDiffering(['joined_on', 'left_on', 'before_joined_on', 'before_left_on'])} as days`,
    [scope.communityId, people, scope.timeZone],
  )
  noteDays(change, 'membership_spell', rows[0]?.days)
}

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
       ${daysOfDiffering(['joined_on', 'first_seen_on', 'before_joined_on', 'before_first_seen_on'])} as days,
       ${daysOfDiffering(['joined_on', 'first_seen_on', 'first_contribution_on', 'before_joined_on', 'before_first_seen_on', 'before_first_contribution_on'], 'is_start_differing')} as start_days`,
    [scope.communityId, people, scope.timeZone],
  )
  noteDays(change, 'person', rows[0]?.days)
  noteDays(change, 'person_start', rows[0]?.start_days)
}

/** Whoever comes back was last active on another day, however long ago: that moves no stock, and only silences read it. */
const MOVES_A_STOCK = COUNTS.filter((count) => count !== 'last_active_count')
  .map((count) => `${count} <> 0`)
  .join(' or ')

/** Adds to each day what these people amount to now, less what they amounted to before. Gives the days on which a stock moves otherwise. */
const adjustDays = async (client: ClientBase, communityId: string, people: string[] | null): Promise<string[]> => {
  const { rows } = await client.query<{ days: string[]; stock_days: string[] }>(
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
     select ${daysOfDiffering(['day_on'])} as days, ${daysOfDiffering(['day_on'], MOVES_A_STOCK)} as stock_days`,
    [communityId, people],
  )
  const days = rows[0]?.days ?? []
  await client.query(
    `delete from membership_day
     where community_id = $1 and (day_on = any ($2::date[]) or day_on < '0001-01-01') and ${COUNTS.map((count) => `${count} = 0`).join(' and ')}`,
    [communityId, days],
  )
  return rows[0]?.stock_days ?? []
}
