import type { VerdictView } from '../../../shared/verdict-views.ts'
import { PERIOD_CTE, type Reading } from '../../metrics/reading.ts'
import { localDayOf } from '../../rollup/local-day.ts'
import { THRESHOLDS, WINDOW_DAYS } from '../thresholds.ts'
import { isPerson } from '../views.ts'

/** What the feed held at the end of a period, and in the windows of each length that end there. Arrays follow `WINDOW_DAYS`. */
export type WindowFeed = {
  /** The local day of the first event of any type; null for no event by then. */
  first_event_on: string | null
  is_feed_alive: boolean
  /** Days at the end of the period that lie after everything the feed is known to cover; null for no event by then. */
  uncovered_days: number | null
  recent_contribution_count: number
  /** Before the recent ones, in the year that ends with the last of these. */
  earlier_contribution_count: number
  earlier_start_count: number
  /** Days from the first to the last of the earlier ones, both included; 0 for none. */
  earlier_days: number
  contribution_counts: number[]
  bot_counts: number[]
  quarantined_counts: number[]
  deleted_counts: number[]
}

const RECENT_DAYS = THRESHOLDS.dormant_recent_weeks.value * 7
const EARLIER_DAYS = THRESHOLDS.dormant_earlier_weeks.value * 7
const none = WINDOW_DAYS.map(() => 0)
const perWindow = (column: string) =>
  `array[${WINDOW_DAYS.map((days) => `coalesce(sum(${column}) filter (where day_on >= to_on - ${days}), 0)`).join(', ')}]::int[]`

const SEEN = `seen as (
  select
    p.period_no,
    p.to_on,
    d.day_on,
    d.by_people - coalesce(t.taken_back, 0) as visible,
    coalesce(t.taken_back, 0) as taken_back,
    d.starts - coalesce(t.starts, 0) as starts,
    d.by_bots,
    d.quarantined,
    max(d.day_on) filter (where d.by_people > coalesce(t.taken_back, 0) and d.day_on < p.to_on - ${RECENT_DAYS})
      over (partition by p.period_no) as last_earlier_on
  from period p
  join day d on d.day_on < p.to_on
  left join taken_back t on t.period_no = p.period_no and t.day_on = d.day_on
),
counted as (
  select
    period_no,
    coalesce(sum(visible) filter (where day_on >= to_on - ${RECENT_DAYS}), 0)::int as recent_contribution_count,
    -- the year that ends with the last of the earlier ones: what was usual long before says nothing of now
    coalesce(sum(visible) filter (where day_on between last_earlier_on - ${EARLIER_DAYS - 1} and last_earlier_on), 0)::int as earlier_contribution_count,
    coalesce(sum(starts) filter (where day_on between last_earlier_on - ${EARLIER_DAYS - 1} and last_earlier_on), 0)::int as earlier_start_count,
    coalesce(max(last_earlier_on) - min(day_on) filter (where visible > 0 and day_on > last_earlier_on - ${EARLIER_DAYS}) + 1, 0)::int as earlier_days,
    ${perWindow('visible')} as contribution_counts,
    ${perWindow('by_bots')} as bot_counts,
    ${perWindow('quarantined')} as quarantined_counts,
    ${perWindow('taken_back')} as deleted_counts
  from seen
  group by period_no
),
-- an event of any type shows that the feed was alive then; a source may be known to have been whole for longer
feed as (
  select
    p.period_no,
    p.to_on,
    (select min(e.occurred_at) from event e where e.community_id = $1 and e.occurred_at < p.known_by) as first_event_at,
    (select max(e.occurred_at) from event e where e.community_id = $1 and e.occurred_at < p.known_by) as last_event_at,
    (select max(s.observed_until) from source s where s.community_id = $1) as observed_until,
    case
      when $5::timestamptz >= (p.to_on - 1)::timestamp at time zone $6::text then least($5::timestamptz, p.ends_at)
      else p.ends_at
    end as has_to_reach
  from period p
)
select
  f.period_no,
  greatest((f.first_event_at at time zone $6::text)::date, '0001-01-01') as first_event_on,
  coalesce((f.last_event_at at time zone $6::text)::date >= f.to_on - ${RECENT_DAYS} or f.observed_until >= f.has_to_reach, false) as is_feed_alive,
  greatest(
    0,
    f.to_on - 1 - greatest(
      (f.last_event_at at time zone $6::text)::date,
      -- whole up to a midnight covers the day before it
      ((f.observed_until - interval '1 microsecond') at time zone $6::text)::date
    )
  )::int as uncovered_days,
  coalesce(c.recent_contribution_count, 0) as recent_contribution_count,
  coalesce(c.earlier_contribution_count, 0) as earlier_contribution_count,
  coalesce(c.earlier_start_count, 0) as earlier_start_count,
  coalesce(c.earlier_days, 0) as earlier_days,
  coalesce(c.contribution_counts, '{${none.join(',')}}') as contribution_counts,
  coalesce(c.bot_counts, '{${none.join(',')}}') as bot_counts,
  coalesce(c.quarantined_counts, '{${none.join(',')}}') as quarantined_counts,
  coalesce(c.deleted_counts, '{${none.join(',')}}') as deleted_counts
from feed f
left join counted c on c.period_no = f.period_no
where f.first_event_at is not null`

/**
 * Read for periods that end where the windows end; where a period starts does not matter. The last day may be unfinished:
 * then the feed has to reach the time all is known by, and not the end of that day.
 */
export const windowFeed = (view: VerdictView): Reading<WindowFeed> => ({
  id: 'window-feed',
  grain: 'one row a period: how far the feed reaches at its end, and contributions in the windows that end with it',
  tables: ['contribution', 'event', 'source'],
  reach: 'onward',
  empty: {
    first_event_on: null,
    is_feed_alive: false,
    uncovered_days: null,
    recent_contribution_count: 0,
    earlier_contribution_count: 0,
    earlier_start_count: 0,
    earlier_days: 0,
    contribution_counts: none,
    bot_counts: none,
    quarantined_counts: none,
    deleted_counts: none,
  },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
day as (
  select
    ${localDayOf('occurred_at', '$6')} as day_on,
    count(*) filter (where is_person and not is_quarantined) as by_people,
    count(*) filter (where is_person and not is_quarantined and is_start) as starts,
    count(*) filter (where is_bot and not is_person) as by_bots,
    count(*) filter (where is_quarantined and is_person) as quarantined
  from contribution c
  cross join lateral (select ${isPerson(view, 'c')} as is_person) as counting
  where community_id = $1
    and occurred_at < least($5::timestamptz, (select max(ends_at) from period))
  group by 1
),
-- few, so that each period can ask which of them had been taken back by then
taken_back as (
  select p.period_no, ${localDayOf('c.occurred_at', '$6')} as day_on, count(*) as taken_back, count(*) filter (where c.is_start) as starts
  from period p
  join contribution c
    on c.community_id = $1
    and c.removed_at < p.known_by
    and c.occurred_at < p.known_by
    and not c.is_quarantined
    and ${isPerson(view, 'c')}
  group by 1, 2
),
${SEEN}`,
  // days hold what is so as found alone
  ...(view === 'as_found' && { now: NOW }),
})

const NOW: NonNullable<Reading<WindowFeed>['now']> = {
  tables: ['contribution_day', 'contribution'],
  // how many of the ends a time has reached says between which of them it lies
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
day as (
  select day_on, contribution_count + removed_count as by_people, start_count as starts, removed_count, bot_count as by_bots, quarantined_count as quarantined
  from contribution_day
  where community_id = $1
),
span_end as (
  select array_agg(distinct known_by order by known_by) as times from period
),
taken_back_later as (
  select ${localDayOf('c.occurred_at', '$6')} as day_on, c.occurred_at, c.removed_at, c.is_start
  from contribution c, span_end s
  where c.community_id = $1
    and c.removed_at is not null
    and not c.is_bot
    and not c.is_quarantined
    and width_bucket(c.occurred_at, s.times) < width_bucket(c.removed_at, s.times)
),
still_there as (
  select p.period_no, t.day_on, count(*) as contributions, count(*) filter (where t.is_start) as starts
  from taken_back_later t
  join period p on t.occurred_at < p.known_by and t.removed_at >= p.known_by
  group by 1, 2
),
taken_back as (
  -- starts of a day are those still there now: what was taken back later is added again
  select p.period_no, d.day_on, d.removed_count - coalesce(s.contributions, 0) as taken_back, -coalesce(s.starts, 0) as starts
  from period p
  join day d on d.day_on < p.to_on
  left join still_there s on s.period_no = p.period_no and s.day_on = d.day_on
  where d.removed_count > 0
),
${SEEN}`,
}
