import { DAY_PERIOD_CTE, IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

export const CONTENT_CATEGORIES = ['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const
export type ContentCategory = (typeof CONTENT_CATEGORIES)[number]

/** Contributions of a period by category; the six add up to all of them. */
export type ContentMixCounts = Record<ContentCategory, number>

/**
 * The mapping of content to categories (measurement.md, "Content mix"), first match wins: work (edits, tasks and
 * everything in a thread that opened as work), news (announcements), help (questions, answers typed as such, and replies
 * that answer somebody else's question), discussion (posts and replies in a thread with two or more people by then),
 * broadcast (a start that nobody else joined), other. All anonymous authors count as one person.
 */
export const contentMixCounts: Reading<ContentMixCounts> = {
  id: 'content-mix-counts',
  grain: 'one row a period: its contributions by category',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { help: 0, discussion: 0, broadcast: 0, news: 0, work: 0, other: 0 },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE},
in_period as (
  select p.period_no, p.known_by, c.thread_key, c.kind, c.thread_kind, c.is_start, c.is_answer
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and ${IS_VISIBLE}
),
-- only threads with a post or a reply need their people counted
thread_in_period as (
  select distinct period_no, known_by, thread_key
  from in_period
  where kind in ('post', 'reply') and thread_kind <> 'work'
),
people_in_thread as (
  select p.period_no, p.thread_key, count(distinct coalesce(c.person_id, '00000000-0000-0000-0000-000000000000')) as people
  from thread_in_period p
  join contribution c
    on c.community_id = $1
    and c.thread_key = p.thread_key
    and ${IS_VISIBLE}
  group by p.period_no, p.thread_key
),
categorised as (
  select
    i.period_no,
    case
      when i.kind in ('edit', 'task') or i.thread_kind = 'work' then 'work'
      when i.kind = 'announcement' then 'news'
      when i.kind in ('question', 'answer') or i.is_answer then 'help'
      when t.people >= 2 then 'discussion'
      when i.is_start then 'broadcast'
      else 'other'
    end as category
  from in_period i
  left join people_in_thread t on t.period_no = i.period_no and t.thread_key = i.thread_key
)
select
  period_no,
  count(*) filter (where category = 'help')::int as help,
  count(*) filter (where category = 'discussion')::int as discussion,
  count(*) filter (where category = 'broadcast')::int as broadcast,
  count(*) filter (where category = 'news')::int as news,
  count(*) filter (where category = 'work')::int as work,
  count(*) filter (where category = 'other')::int as other
from categorised
group by period_no`,
  now: {
    tables: ['contribution_day'],
    sql: `-- grain: one row a period with contributions
with ${DAY_PERIOD_CTE}
select
  p.period_no,
  sum(d.help_count)::int as help,
  sum(d.discussion_count)::int as discussion,
  sum(d.broadcast_count)::int as broadcast,
  sum(d.news_count)::int as news,
  sum(d.work_count)::int as work,
  sum(d.other_count)::int as other
from period p
join contribution_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
group by p.period_no`,
  },
}
