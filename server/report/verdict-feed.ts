/**
 * From `period` to `reach` (covered_until: the last local day that the feed is known to cover; null for no event by then) and
 * `heard` (day_on, events: those of any kind by local day).
 */
export const WINDOW_FEED_REACH = `heard as materialized (
  select d.day_on, sum(d.event_count)::int as events
  from period p
  join event_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  group by d.day_on
),
reach as (
  select
    greatest(
      (select (max(e.occurred_at) at time zone $6::text)::date from event e where e.community_id = $1 and e.occurred_at < p.known_by),
      -- whole up to a midnight covers the day before it
      (
        select ((max(s.observed_until) - interval '1 microsecond') at time zone $6::text)::date
        from source s
        where s.community_id = $1
          and exists (select from event e where e.community_id = $1 and e.occurred_at < p.known_by)
      )
    ) as covered_until
  from period p
)`
