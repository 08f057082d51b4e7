import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../../metrics/reading.ts'

/** News of a period by the person who wrote most of it. */
export type NewsAuthor = { news_by_top_author: number | null }

/** News as the content mix has it: announcements outside threads of work. Anonymous ones have no author to count. */
export const newsAuthor: Reading<NewsAuthor> = {
  id: 'news-author',
  grain: 'one row a period: its news by the person who wrote most of it',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { news_by_top_author: null },
  sql: `-- grain: one row a period with news
with ${PERIOD_CTE},
by_author as (
  select p.period_no, count(*)::int as news
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'announcement'
    and c.thread_kind <> 'work'
    and c.person_id is not null
    and ${IS_VISIBLE}
  group by p.period_no, c.person_id
)
select period_no, max(news) as news_by_top_author
from by_author
group by period_no`,
}
