-- effective-voices-n2-of-answers: How many equal voices would the answers amount to, where the loudest weigh most?
-- generated from server/metrics/concentration/effective-voices-n2-of-answers.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading voice-counts: one row a period: its contributions, starts and answers, and how many people made how many of each
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
by_person as (
  select
    p.period_no,
    c.person_id,
    count(*)::int as contributions,
    count(*) filter (where c.is_start)::int as starts,
    count(*) filter (where c.is_answer)::int as answers
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, c.person_id
),
total as (
  select
    period_no,
    sum(contributions)::int as contribution_count,
    sum(starts)::int as start_count,
    sum(answers)::int as answer_count
  from by_person
  group by period_no
),
tally as (
  select
    period_no,
    case when grouping(contributions) = 0 then 'contributions' when grouping(starts) = 0 then 'starts' else 'answers' end as voice,
    coalesce(contributions, starts, answers) as count,
    count(*) as people
  from by_person
  where person_id is not null
  group by grouping sets ((period_no, contributions), (period_no, starts), (period_no, answers))
),
spread as (
  select
    period_no,
    json_build_object(
    'counts', coalesce(json_agg(count order by count desc) filter (where voice = 'contributions'), '[]'),
    'people', coalesce(json_agg(people order by count desc) filter (where voice = 'contributions'), '[]')
  ) as contributions,
    json_build_object(
    'counts', coalesce(json_agg(count order by count desc) filter (where voice = 'starts'), '[]'),
    'people', coalesce(json_agg(people order by count desc) filter (where voice = 'starts'), '[]')
  ) as starts,
    json_build_object(
    'counts', coalesce(json_agg(count order by count desc) filter (where voice = 'answers'), '[]'),
    'people', coalesce(json_agg(people order by count desc) filter (where voice = 'answers'), '[]')
  ) as answers
  from tally
  where count > 0
  group by period_no
)
select
  t.period_no,
  t.contribution_count,
  t.start_count,
  t.answer_count,
  coalesce(s.contributions, '{"counts":[],"people":[]}') as contributions,
  coalesce(s.starts, '{"counts":[],"people":[]}') as starts,
  coalesce(s.answers, '{"counts":[],"people":[]}') as answers
from total t
left join spread s on s.period_no = t.period_no
;
