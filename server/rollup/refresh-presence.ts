import type { ClientBase } from 'pg'
import { daysOfDiffering, noteDays } from './differing-days.ts'
import { localDayOf } from './local-day.ts'
import { emptyTemporaryTable } from './empty-temporary-table.ts'
import { STRETCH_DAYS, type StretchKind, stretchesOf } from './membership-statements.ts'
import type { PartScope, RollupChange } from './rollup-change.ts'

/**
 * A day more lengthens or joins stretches: the stored ones and the new days are enough. Only of who may have lost a day
 * all days are read again.
 */
export const refreshActive = async (client: ClientBase, scope: PartScope, people: string[], change: RollupChange): Promise<void> => {
  const { communityId, timeZone } = scope
  const lost = scope.lostActivity ?? people
  await emptyTemporaryTable(client, 'new_active_day', 'community_id uuid, person_id uuid, day_on date')
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

/** Reads all days of these people again. */
export const replaceStretches = async (
  client: ClientBase,
  communityId: string,
  kind: StretchKind,
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
  { kind, derived, params }: { kind: StretchKind; derived: string; params: unknown[] },
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
     select ${daysOfDiffering(['from_on', 'before_from_on'])} as days`,
    params,
  )
  noteDays(change, 'presence', rows[0]?.days)
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
