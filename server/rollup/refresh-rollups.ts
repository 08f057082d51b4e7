import type { ClientBase } from 'pg'
import type { DayRange } from '../../shared/period.ts'
import { localDayOf } from './local-day.ts'
import { isRebuildQuicker, receivedOf } from './is-rebuild-quicker.ts'
import { NAME_SIGNS } from '../ingest/classify/read-bot-name.ts'
import { BEHAVIOUR } from './bots/measure-behaviour.ts'
import { recogniseBots, settleBots } from './bots/recognise-bots.ts'
import { readBots, writeKnownBots } from './known-bots.ts'
import { contributionStatements, rebuildContributions, refreshContributions } from './refresh-contributions.ts'
import { dayStatements, refreshDays } from './refresh-days.ts'
import { firstStartStatements, refreshFirstStarts } from './refresh-first-starts.ts'
import { membershipStatements } from './membership-statements.ts'
import { refreshMembership } from './refresh-membership.ts'
import { observingStatements, refreshObserving } from './refresh-observing.ts'
import type { PartScope, RollupChange } from './rollup-change.ts'
import { boundsOf, rangesOfDays, type StaleMark, spansOfMarks } from './stale-days.ts'
import { rollupStatement } from './statement.ts'
import { emptyTemporaryTables, prepareTemporaryTables } from './temporary-tables.ts'

const staleStatements = {
  staleEvent: rollupStatement('stale-event'),
  affectedThreads: rollupStatement('affected-threads'),
  leftThreads: rollupStatement('left-threads'),
}

/** A change to any of these asks for a rebuild: statements, and by what bots are recognised. */
export const rollupStatements = {
  bots: JSON.stringify([BEHAVIOUR, NAME_SIGNS]),
  ...staleStatements,
  ...contributionStatements,
  ...dayStatements,
  ...membershipStatements,
  ...observingStatements,
  ...firstStartStatements,
}

export type RollupScope = {
  communityId: string
  timeZone: string
  /** What changed; null rebuilds everything. */
  marks: readonly Pick<StaleMark, 'day_on' | 'received_at'>[] | null
}

/**
 * Brings the rollups up to date with the events that the marks name, inside the caller's transaction. Each rollup is a
 * function of the events, so however often and in whatever order they are refreshed, the rows end the same as after a
 * rebuild. Gives the local days of rows that differ, by table; after a rebuild nothing, since all may.
 */
export const refreshRollups = async (client: ClientBase, { communityId, timeZone, marks }: RollupScope): Promise<RollupChange> => {
  const scope = { communityId, timeZone }
  await settleBots(client, communityId)
  const before = await readBots(client, communityId, timeZone)
  const all = marks && [...marks, ...before.marks]
  const first = await derive(client, { ...scope, marks: all })
  await writeKnownBots(client, communityId, before.identityKeys)
  await recogniseBots(client, { ...scope, people: marks === null ? null : (first?.people ?? []) })

  // who turned out to be one just now, or no longer is: their days once more
  const found = await readBots(client, communityId, timeZone)
  const change = first?.change ?? new Map()
  if (found.marks.length === 0) return change
  const isAllAgain = marks === null && (await isRebuildQuicker(client, { ...scope, marks: found.marks }))
  const second = await derive(client, { ...scope, marks: isAllAgain ? null : found.marks })
  await writeKnownBots(client, communityId, found.identityKeys)
  return marks === null ? new Map() : mergeChanges([change, second?.change ?? new Map()])
}

/** What became different, and the people of whom there is something new, or null for everyone. Null where nothing is to be done. */
const derive = async (
  client: ClientBase,
  { communityId, timeZone, marks }: RollupScope,
): Promise<{ change: RollupChange; people: string[] | null } | null> => {
  if (marks?.length === 0) return null
  await prepareTemporaryTables(client)
  if (marks === null) {
    await rebuildContributions(client, { communityId, timeZone })
    await refreshDays(client, { communityId, timeZone, days: null })
    await emptyTemporaryTables(client)
    // tables just filled have no statistics, and without them what reads them next takes minutes instead of seconds
    await client.query(
      'analyze contribution, acceptance, help_episode, help_edge, contribution_day, person_day, host_day, activity_day, event_day',
    )
    await refreshParts(client, { communityId, timeZone, threads: null, people: null, threadPeople: null, events: null, days: null })
    return { change: new Map(), people: null }
  }
  const stale = await readStale(client, { communityId, timeZone, marks })
  const contributions = await refreshContributions(client, { communityId, timeZone, threads: stale.threads })
  const byDay = await refreshDays(client, { communityId, timeZone, days: stale.days })
  const parts = await refreshParts(client, {
    communityId,
    timeZone,
    threads: stale.threads,
    people: [...new Set([...stale.people, ...contributions.askers])],
    threadPeople: contributions.threadPeople,
    events: stale.events,
    days: stale.wholeDays,
    lostActivity: byDay.lostActivity,
  })
  return {
    change: mergeChanges([contributions.change, byDay.change, parts]),
    people: [...new Set([...stale.people, ...contributions.threadPeople])],
  }
}

/** The rollups made from contributions and events by others: each from those before it. */
const refreshParts = async (client: ClientBase, scope: PartScope): Promise<RollupChange> => {
  const observing = await refreshObserving(client, scope)
  const firstStarts = await refreshFirstStarts(client, scope)
  const membership = await refreshMembership(client, { ...scope, benefitPeople: observing.benefitPeople })
  return mergeChanges([observing.change, firstStarts, membership])
}

const mergeChanges = (changes: readonly RollupChange[]): RollupChange => {
  const merged: RollupChange = new Map()
  for (const change of changes) for (const [table, days] of change) merged.set(table, merged.get(table)?.union(days) ?? days)
  return merged
}

type Stale = { events: string[]; threads: string[]; people: string[]; days: DayRange[]; wholeDays: DayRange[] }

/** The events that the marks name, the threads they may alter, the people they are of, now or before, and their days. */
const readStale = async (
  client: ClientBase,
  { communityId, timeZone, marks }: RollupScope & { marks: NonNullable<RollupScope['marks']> },
): Promise<Stale> => {
  const spans = spansOfMarks(marks)
  const whole = spans.filter((span) => span.received_at === null)
  const [wholeFrom, wholeTo] = boundsOf(whole)
  await client.query(staleStatements.staleEvent, [
    communityId,
    ...boundsOf(spans),
    timeZone,
    spans.map((span) => receivedOf(span.received_at)),
  ])
  await client.query('analyze stale_event')
  const threads = await client.query<{ thread_key: string }>(staleStatements.affectedThreads, [communityId])
  const left = whole.length
    ? await client.query<{ thread_key: string }>(staleStatements.leftThreads, [communityId, wholeFrom, wholeTo, timeZone])
    : { rows: [] }
  const events = await client.query<{ event_key: string }>('select event_key from stale_event')
  const people = await client.query<{ person_id: string }>(PEOPLE, [communityId, wholeFrom, wholeTo, timeZone])
  const days = await client.query<{ day_on: string }>(
    `select distinct greatest(${localDayOf('occurred_at', '$1')}, '0001-01-01'::date) as day_on from stale_event`,
    [timeZone],
  )
  return {
    events: events.rows.map((row) => row.event_key),
    threads: [...new Set([...threads.rows, ...left.rows].map((row) => row.thread_key))],
    people: people.rows.map((row) => row.person_id),
    days: rangesOfDays([
      ...days.rows.map((row) => row.day_on),
      ...marks.map((mark) => mark.day_on),
      // where clocks go back over midnight, an event that has gone was on the date before its day
      ...wholeTo,
    ]),
    wholeDays: rangesOfDays([...marks.filter((mark) => mark.received_at === null).map((mark) => mark.day_on), ...wholeTo]),
  }
}

/** $1 community_id · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 time zone: days of which some events may have gone. */
const PEOPLE = `with gone as (
  select
    from_on,
    to_on + 1 as to_on,
    from_on::timestamp at time zone $4::text - interval '3 hours' as starts_at,
    to_on::timestamp at time zone $4::text + interval '3 hours' as ends_at
  from unnest($2::date[], $3::date[]) as span (from_on, to_on)
)
select person_id from stale_event where person_id is not null
union
select a.person_id
from gone g
join activity_day a on a.community_id = $1 and a.day_on >= g.from_on and a.day_on < g.to_on
union
select c.person_id
from gone g
join contribution c on c.community_id = $1 and c.occurred_at >= g.starts_at and c.occurred_at < g.ends_at
where c.person_id is not null
union
select m.person_id
from gone g
join membership_spell m
  on m.community_id = $1
  and ((m.joined_at >= g.starts_at and m.joined_at < g.ends_at) or (m.left_at >= g.starts_at and m.left_at < g.ends_at))`
