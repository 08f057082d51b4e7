/** What a weekly number is made of: by channel, source, person or join month, from the rollups. */
import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import type { AlertMaterial } from '../alert-rule.ts'
import type { Db } from './follow-decline.ts'

/** Cases of a part by week; `people`: different ones in all the weeks asked for. */
export type PartWeeks = { key: string | null; people: number; weeks: ReadonlyMap<string, number> }
export type Dimension = 'channel' | 'source' | 'person' | 'standing'

/** Local days; `to_on` is exclusive. */
export type Days = { from_on: string; to_on: string }

/** Whoever joins is told by the channel in which they first show up within so many days: each has had as long. */
const FIRST_DAYS = 7
/** Who first contributed within so many days is new. */
export const NEW_DAYS = 91

// instants of local midnights: $1 community, $2 zone, $3 and $4 local days
const SPAN = `span as (
  select $3::date::timestamp at time zone $2 as from_at, $4::date::timestamp at time zone $2 as to_at
)`
const localDay = (at: string) => `(${at} at time zone $2)::date`

const JOINED = `select s.person_id, ${localDay('s.joined_at')} as day_on, s.joined_at
  from span
  join membership_spell s on s.community_id = $1 and s.joined_at >= span.from_at and s.joined_at < span.to_at`

const IS_COUNTED = 'not c.is_bot and not c.is_quarantined and c.removed_at is null'
const CONTRIBUTED = `select c.person_id, ${localDay('c.occurred_at')} as day_on, c.event_key, c.channel, c.occurred_at
  from span
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= span.from_at
    and c.occurred_at < span.to_at
    and c.person_id is not null
    and ${IS_COUNTED}`

const ASKED = `select e.asker_id as person_id, ${localDay('e.asked_at')} as day_on, e.question_key as event_key, e.channel, e.first_helper_id
  from span
  join help_episode e on e.community_id = $1 and e.asked_at >= span.from_at and e.asked_at < span.to_at`
const ANSWERED = `${ASKED}
  where not e.is_answered_elsewhere and e.first_answered_at <= e.asked_at + interval '${ANSWER_DAYS * 24} hours'`
// where some questions are in chats without threads, answers are counted in threads alone, as the metric does
const IN_THREADS = ` and exists (
    select 1 from contribution c where c.community_id = $1 and c.event_key = e.question_key and c.inferred_link is null
  )`

const SOURCE_OF = (key: string) => `(select v.source from event v where v.community_id = $1 and v.event_key = ${key})`

/** One row a case: key, person and day. A person counts once in each week, in the part of most of their contributions in it. */
const byWeek = (of: string, key: string) => `(
  select distinct on (person_id, week_on) person_id, week_on as day_on, key
  from (
    select person_id, day_on - (extract(isodow from day_on)::int - 1) as week_on, ${key} as key, count(*) as count
    from (${of}) as one
    group by 1, 2, 3
  ) as of_part
  order by person_id, week_on, count desc, key
)`

const casesOf = (id: DirectionSeries['id'], dimension: Dimension, isBoth: boolean): string | null => {
  const answered = isBoth ? ANSWERED + IN_THREADS : ANSWERED
  if (id === 'joins') {
    if (dimension === 'channel')
      return `(select person_id, day_on, (
        select coalesce(c.channel, '') from contribution c
        where c.community_id = $1 and c.person_id = one.person_id
          and c.occurred_at >= one.joined_at - interval '24 hours' and c.occurred_at < one.joined_at + interval '${FIRST_DAYS * 24} hours'
          and ${IS_COUNTED}
        order by c.occurred_at, c.event_key
        limit 1
      ) as key from (${JOINED}) as one)`
    if (dimension === 'source')
      return `(select person_id, day_on, (
        select min(v.source) from identity i
        join event v on v.community_id = $1 and v.identity_key = i.identity_key and v.type = 'member.joined' and v.occurred_at = one.joined_at
        where i.community_id = $1 and i.person_id = one.person_id
      ) as key from (${JOINED}) as one)`
    return null
  }
  if (id === 'active-people') {
    if (dimension === 'channel') return byWeek(CONTRIBUTED, "coalesce(channel, '')")
    if (dimension === 'source') return byWeek(CONTRIBUTED, SOURCE_OF('one.event_key'))
    if (dimension === 'standing')
      return `(select distinct d.person_id, d.day_on - (extract(isodow from d.day_on)::int - 1) as day_on,
          case when p.first_contribution_on > d.day_on - (extract(isodow from d.day_on)::int - 1) - ${NEW_DAYS} then 'new' else 'longer' end as key
        from person_day d
        join person p on p.community_id = $1 and p.person_id = d.person_id
        where d.community_id = $1 and d.day_on >= $3::date and d.day_on < $4::date and d.contribution_count > 0)`
    return null
  }
  if (id === 'questions' || id === 'answered') {
    const of = id === 'questions' ? ASKED : answered
    if (dimension === 'channel') return `(select person_id, day_on, coalesce(channel, '') as key from (${of}) as one)`
    if (dimension === 'source') return `(select person_id, day_on, ${SOURCE_OF('one.event_key')} as key from (${of}) as one)`
    if (dimension === 'person' && id === 'answered') return `(select person_id, day_on, first_helper_id::text as key from (${of}) as one)`
  }
  return null
}

type PartRow = { key: string | null; on: string | null; count: number; people: number }

/** The parts of a series along a dimension, week by week; null where the series has none. Sums of the parts are the series. */
export const loadParts = async (
  db: Db,
  { communityId, timeZone, context }: AlertMaterial,
  { id, dimension, days }: { id: DirectionSeries['id']; dimension: Dimension; days: Days },
): Promise<PartWeeks[] | null> => {
  const cases = casesOf(id, dimension, context.threads === 'both')
  if (cases === null) return null
  const { rows } = await db.query<PartRow>(
    `with ${SPAN},
     counted as materialized (
       select key, person_id, day_on - (extract(isodow from day_on)::int - 1) as on from ${cases} as one
     )
     select key, "on", count(*)::int as count, count(distinct person_id)::int as people
     from counted
     group by grouping sets ((key, "on"), (key))
     order by key, "on" nulls last`,
    [communityId, timeZone, days.from_on, days.to_on],
  )
  const parts = new Map<string | null, { people: number; weeks: Map<string, number> }>()
  for (const { key, on, count, people } of rows) {
    const part = parts.get(key) ?? { people: 0, weeks: new Map<string, number>() }
    parts.set(key, part)
    if (on === null) part.people = people
    else part.weeks.set(on, count)
  }
  return [...parts].map(([key, part]) => ({ key, ...part }))
}

export type SpellCount = { cohort: string; joined_on: string; left_on: string | null; count: number; people: number }

/** Members by the month of joining, the week in which they did (or the first asked for) and the week in which they left by the last. */
export const loadSpells = async (db: Db, { communityId, timeZone }: AlertMaterial, { from_on, to_on }: Days): Promise<SpellCount[]> => {
  const { rows } = await db.query<SpellCount>(
    `with spell as (
       select
         person_id,
         case when joined_at > '-infinity' then ${localDay('joined_at')} end as joined_on,
         ${localDay('left_at')} as left_on
       from membership_spell
       where community_id = $1
     ),
     placed as (
       select
         person_id,
         coalesce(to_char(joined_on, 'YYYY-MM'), '') as cohort,
         greatest(joined_on - (extract(isodow from joined_on)::int - 1), $3::date - 7) as joined_on,
         case when left_on < $4::date then left_on - (extract(isodow from left_on)::int - 1) end as left_on
       from spell
       where (left_on is null or left_on >= $3::date) and (joined_on is null or joined_on < $4::date)
     )
     select cohort, joined_on, left_on, count(*)::int as count, count(distinct person_id)::int as people
     from placed
     group by 1, 2, 3`,
    [communityId, timeZone, from_on, to_on],
  )
  return rows
}
