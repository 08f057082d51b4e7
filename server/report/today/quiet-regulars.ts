/** People who took part regularly and have been silent for far longer than is usual for them. */
import type { Pool } from 'pg'
import { countOf, formatDecimal } from '../../../shared/format.ts'
import {
  findQuiet,
  HABIT_WEEKS,
  MAX_SILENT_DAYS,
  MIN_HISTORY_DAYS,
  MIN_SILENT_DAYS,
  PAST_DAYS,
  type Quiet,
  REGULAR_WEEKS,
  tellUsual,
  USUAL_WEEKS,
} from './quiet-rule.ts'
import type { Place, TodayScope } from './today-scope.ts'

export type QuietRegular = Quiet &
  Place & {
    person_id: string
    /** All their accounts: a key may have been made of any. */
    identity_keys: string[]
    /** When they wrote last, and that local day. */
    since: Date
    last_on: string
    calendar_days: number
    /** The last day they were seen at all, where that is later: they still read. */
    read_on: string | null
    channel: string | null
  }

/** Those there are, the most regular first; or why nobody can be named. */
export const readQuietRegulars = async (pool: Pool, scope: TodayScope): Promise<{ people: QuietRegular[] } | { cannot: string }> => {
  const today = dayNumber(scope.knownOn)
  const { rows: began } = await pool.query<{ first_event_on: string }>(
    'select first_event_on from community_state where community_id = $1',
    [scope.communityId],
  )
  const history = began[0] ? today - dayNumber(began[0].first_event_on) + 1 : 0
  if (history < MIN_HISTORY_DAYS)
    return { cannot: `The data go back ${countOf(history, 'day')}; it takes ${MIN_HISTORY_DAYS} to know who takes part regularly.` }
  const usualOn = await readUsual(pool, scope, today)
  const now = usualOn(today)
  if (!now.isUsual)
    return {
      cannot:
        now.written === 0
          ? 'Nobody wrote in the last seven days: everyone is quiet, or the feed is, so nobody is named.'
          : `In the last seven days people wrote on ${countOf(now.written, 'day')} between them, usually on ${formatDecimal(now.usual)}: a holiday, or a feed that lags, looks the same, so nobody is named.`,
    }
  const counted = new Map<number, number>()
  let sum = 0
  for (let day = today; day > today - MAX_SILENT_DAYS; day--) {
    if (usualOn(day).isUsual) sum++
    counted.set(day - 1, sum)
  }
  const candidates = await readCandidates(pool, scope)
  const people = candidates.flatMap(({ days, ...person }) => {
    const quiet = findQuiet(days, today, (after) => counted.get(after) ?? 0)
    return quiet === null ? [] : [{ ...person, ...quiet, calendar_days: today - (days.at(-1) as number) }]
  })
  people.sort((a, b) => b.habit_days - a.habit_days || (a.person_id < b.person_id ? -1 : 1))
  return { people: await addPlaces(pool, scope, people) }
}

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)

const readUsual = async (pool: Pool, { communityId, knownOn }: TodayScope, today: number) => {
  const { rows } = await pool.query<{ day: number; writers: number }>(
    `select d.day_on - date '1970-01-01' as day, count(*)::int as writers
     from person_day d
     where d.community_id = $1 and d.day_on > $2::date - $3::int and d.day_on <= $2::date
     group by d.day_on`,
    [communityId, knownOn, MAX_SILENT_DAYS + USUAL_WEEKS * 7 + 7],
  )
  const writers = new Map(rows.map((row) => [row.day, row.writers]))
  return (day: number) => tellUsual((on) => (on > today ? 0 : (writers.get(on) ?? 0)), day)
}

type Candidate = Pick<QuietRegular, 'person_id' | 'last_on' | 'read_on'> & { days: number[] }

/**
 * Everyone whose last day of writing lies far enough back, and not too far, and who wrote on enough days that still stand; members who
 * left said so themselves. By day first, since in order of days half a year of everyone is read sooner than the days of each.
 */
const readCandidates = async (pool: Pool, { communityId, knownOn }: TodayScope): Promise<Candidate[]> => {
  const { rows } = await pool.query<Candidate>(
    `with quiet as materialized (
       select d.person_id
       from person_day d
       where d.community_id = $1 and d.day_on > $2::date - ${HABIT_WEEKS * 7 + MAX_SILENT_DAYS} and d.day_on <= $2::date
       group by d.person_id
       having max(d.day_on) between $2::date - ${MAX_SILENT_DAYS} and $2::date - ${MIN_SILENT_DAYS} and count(*) >= ${REGULAR_WEEKS}
     )
     select q.person_id, wrote.days, wrote.last_on, case when p.last_active_on > wrote.last_on then p.last_active_on end as read_on
     from quiet q
     cross join lateral (
       select array_agg(a.day_on - date '1970-01-01' order by a.day_on) as days, max(a.day_on) as last_on
       from activity_day a
       where a.community_id = $1
         and a.person_id = q.person_id
         and a.day_on >= $2::date - ${PAST_DAYS + MAX_SILENT_DAYS}
         and a.day_on <= $2::date
         and a.contribution_count > 0
     ) as wrote
     join person p on p.community_id = $1 and p.person_id = q.person_id
     where p.left_on is null or p.left_on < wrote.last_on`,
    [communityId, knownOn],
  )
  return rows
}

type Found = Omit<QuietRegular, keyof Place | 'identity_keys' | 'since' | 'channel'>

const addPlaces = async (pool: Pool, { communityId, knownBy }: TodayScope, people: Found[]): Promise<QuietRegular[]> => {
  if (people.length === 0) return []
  type Last = Place & Pick<QuietRegular, 'person_id' | 'identity_keys' | 'since' | 'channel'>
  const { rows } = await pool.query<Last>(
    `select
       asked.person_id, last.occurred_at as since, last.channel, last.url, e.source, e.source_event_id,
       array(select i.identity_key from identity i where i.community_id = $1 and i.person_id = asked.person_id order by 1) as identity_keys
     from unnest($2::uuid[]) as asked (person_id)
     cross join lateral (
       select c.event_key, c.occurred_at, c.channel, c.url
       from contribution c
       where c.community_id = $1 and c.person_id = asked.person_id and c.occurred_at < $3
       order by c.occurred_at desc
       limit 1
     ) as last
     join event e on e.community_id = $1 and e.event_key = last.event_key`,
    [communityId, people.map((person) => person.person_id), knownBy],
  )
  const places = new Map(rows.map((row) => [row.person_id, row]))
  return people.flatMap((person) => {
    const place = places.get(person.person_id)
    return place ? [{ ...person, ...place }] : []
  })
}
