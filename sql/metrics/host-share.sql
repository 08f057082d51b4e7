-- host-share: Does everyone talk, but only in one person's house?
-- generated from server/metrics/concentration/host-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading top-host: one row a period: its contributions, and those in the threads of the person whose threads, started at any time, hold most
-- grain: one row a period with contributions
with local_period as (
  select
    span.period_no,
    span.from_on,
    span.to_on,
    span.is_as_known_then,
    case
      when (((span.from_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (span.from_on) then (span.from_on)::timestamp at time zone $6::text - interval '1 hour'
      else (span.from_on)::timestamp at time zone $6::text
    end as starts_at,
    case
      when (((span.to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (span.to_on) then (span.to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (span.to_on)::timestamp at time zone $6::text
    end as ends_at
  from unnest($2::date[], $3::date[], $4::boolean[]) with ordinality
    as span (from_on, to_on, is_as_known_then, period_no)
),
period as (
  select
    period_no,
    from_on,
    to_on,
    starts_at,
    ends_at,
    case when is_as_known_then then least($5::timestamptz, ends_at) else $5::timestamptz end as known_by
  from local_period
),
by_host as (
  select p.period_no, start.person_id as host_id, count(*)::int as contributions
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  left join contribution start
    on start.community_id = $1
    and start.event_key = c.start_key
    and start.occurred_at < p.known_by
    and (start.removed_at is null or start.removed_at >= p.known_by)
    and not start.is_bot
  group by p.period_no, start.person_id
)
select
  period_no,
  sum(contributions)::int as contribution_count,
  coalesce(max(contributions) filter (where host_id is not null), 0)::int as top_host_count
from by_host
group by period_no
;
