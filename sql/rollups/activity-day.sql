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
)
insert into activity_day (community_id, person_id, day_on, first_at, last_at, contribution_count)
select
  $1,
  i.person_id,
  (e.occurred_at at time zone $4::text)::date,
  min(e.occurred_at),
  max(e.occurred_at),
  count(*) filter (
    where e.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
  )
from span s
join event e on e.community_id = $1 and e.occurred_at >= s.starts_at and e.occurred_at < s.ends_at
join identity i on i.community_id = $1 and i.identity_key = e.identity_key
where (e.occurred_at at time zone $4::text)::date >= s.from_on
  and (e.occurred_at at time zone $4::text)::date < s.to_on
  and e.type not in ('member.joined', 'member.left', 'content.deleted')
  and not i.is_bot
group by i.person_id, (e.occurred_at at time zone $4::text)::date
