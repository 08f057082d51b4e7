import { REPLY_DAYS } from '../readings/first-starts.ts'
import type { CaseList } from './case-list.ts'

/** First questions and first posts of people, written in a period. */
export const firstStartCases: CaseList = {
  id: 'first-start-cases',
  kind: 'contributions',
  grain: 'one row a person’s first question, and a person’s first post, written in the period',
  tables: ['first_start'],
  columns: [
    { id: 'started_at', title: 'Written', format: 'time' },
    { id: 'person_id', title: 'By', format: 'person' },
    { id: 'kind', title: 'First', format: 'text' },
    { id: 'first_reply_at', title: 'First reply by someone else', format: 'time' },
    { id: 'waited_hours', title: 'Waited, hours', format: 'hours' },
  ],
  sql: `select
  f.event_key::text || ' ' || f.kind as key,
  extract(epoch from f.started_at) as sort,
  f.event_key as place_key,
  null::text as url,
  f.started_at,
  f.person_id,
  f.kind,
  f.first_reply_at,
  extract(epoch from coalesce(f.first_reply_at, p.known_by) - f.started_at)::float8 / 3600 as waited_hours,
  not f.is_answered_elsewhere and f.started_at <= p.known_by - interval '${REPLY_DAYS * 24} hours' as is_ripe,
  coalesce(f.first_reply_at <= f.started_at + interval '${REPLY_DAYS * 24} hours', false) as is_replied
from period p
join first_start f
  on f.community_id = $1
  and f.started_at >= p.starts_at
  and f.started_at < p.ends_at`,
}
