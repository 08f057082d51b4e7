-- grain: one row a person and local day with any activity, for the days asked for (all days when $2 is null)
-- $1 community_id · $2 from_on date[] or null · $3 to_on date[] (exclusive) · $4 time zone
with
span as (
  select
    -- hours are put back at midnight in some zones, so that midnight happens twice: look wider, then go by the local day
    coalesce(from_on::timestamp at time zone $4::text - interval '3 hours', '-infinity') as starts_at,
    coalesce(to_on::timestamp at time zone $4::text + interval '3 hours', 'infinity') as ends_at,
    coalesce(from_on, '-infinity') as from_on,
    coalesce(to_on, 'infinity') as to_on
  from unnest(coalesce($2::date[], array[null]::date[]), coalesce($3::date[], array[null]::date[])) as day_span (from_on, to_on)
),
active as (
  select
    i.person_id,
    local_day(e.occurred_at, $4) as day_on,
    s.from_on,
    s.to_on,
    e.occurred_at,
    e.type
  from span s
  join event e on e.community_id = $1 and e.occurred_at >= s.starts_at and e.occurred_at < s.ends_at
  join identity i on i.community_id = $1 and i.identity_key = e.identity_key
  where e.type not in ('member.joined', 'member.left', 'content.deleted')
    and not i.is_bot
)
insert into activity_day_new (community_id, person_id, day_on, first_at, last_at, contribution_count)
select
  $1,
  person_id,
  day_on,
  min(occurred_at),
  max(occurred_at),
  count(*) filter (
    where type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
  )
from active
where day_on >= from_on and day_on < to_on
group by person_id, day_on
