import type { Pool } from 'pg'
import type { Episode, Episodes } from '../../shared/contract/episode.ts'
import { daysOfPeriod, grainOfLabel } from '../../shared/period.ts'
import { PERIOD_CTE } from '../metrics/reading.ts'
import { BadRange } from './bad-range.ts'
import { pseudonym } from './pseudonym.ts'

export type EpisodesQuery = {
  /** Local days, `to_on` exclusive. */
  from_on: string
  to_on: string
  state: Episode['state'] | null
  limit: number
  /** Only questions before this place: the `next` of the page before. */
  before: { asked_at: string; question_key: string } | null
}

type Row = {
  /** Null in the one row of an empty page, which tells the total. */
  question_key: string | null
  source: string
  source_event_id: string
  url: string | null
  channel: string | null
  asker_id: string | null
  asked_at: Date
  /** To the microsecond, which a Date does not hold. */
  asked_mark: string
  first_answered_at: Date | null
  helper_count: number
  answer_count: number
  state: Episode['state']
  total: number
}

/** Help episodes by the time the question was asked, as known now: those the helping metrics of the same days count. */
export const readEpisodes = async (
  pool: Pool,
  community: { community_id: string; time_zone: string },
  knownBy: Date,
  query: EpisodesQuery,
): Promise<Episodes> => {
  const { rows } = await pool.query<Row>(
    `with ${PERIOD_CTE},
     -- twice, so that a page is found by the index and only the count looks at all of them
     matching as not materialized (
       select
         *,
         case when accepted_at is not null then 'accepted' when answer_count > 0 then 'answered' else 'open' end as state
       from help_episode
       where community_id = $1
         and asked_at >= (select starts_at from period)
         and asked_at < (select ends_at from period)
     ),
     page as (
       select *
       from matching
       where ($7::text is null or state = $7)
         and ($8::timestamptz is null or (asked_at, question_key) < ($8::timestamptz, $9::uuid))
       order by asked_at desc, question_key desc
       limit $10
     )
     select page.*, to_char(page.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as asked_mark, e.source, e.source_event_id, total.count as total
     from (select count(*)::int as count from matching where $7::text is null or state = $7) as total
     left join (page join event e on e.community_id = $1 and e.event_key = page.question_key) on true
     order by page.asked_at desc, page.question_key desc`,
    [
      community.community_id,
      [query.from_on],
      [query.to_on],
      [false],
      knownBy,
      community.time_zone,
      query.state,
      query.before?.asked_at ?? null,
      query.before?.question_key ?? null,
      query.limit + 1,
    ],
  )
  const found = rows.filter((row) => row.question_key !== null)
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  return {
    episodes: page.map((row) => ({
      source: row.source,
      id: row.source_event_id,
      url: row.url,
      channel: row.channel,
      asker: row.asker_id && pseudonym(community.community_id, row.asker_id),
      asked_at: row.asked_at.toISOString(),
      first_answered_at: row.first_answered_at?.toISOString() ?? null,
      helper_count: row.helper_count,
      answer_count: row.answer_count,
      state: row.state,
    })),
    total: rows[0]?.total ?? 0,
    next: found.length > query.limit && last ? `${last.asked_mark}_${last.question_key}` : null,
  }
}

const EVERYTHING = { from_on: '0001-01-01', to_on: '9999-12-31' }

/** The same for a range of period labels and a page mark as they stand in an address. */
export const buildEpisodes = async (
  pool: Pool,
  community: { community_id: string; time_zone: string },
  query: { from?: string; to?: string; state?: Episode['state']; limit: number; before?: string },
): Promise<Episodes> => {
  const { rows } = await pool.query<{ known_by: Date | null }>('select known_by from community_state where community_id = $1', [
    community.community_id,
  ])
  const knownBy = rows[0]?.known_by
  const range = {
    from_on: query.from === undefined ? EVERYTHING.from_on : daysOf(query.from).from_on,
    to_on: query.to === undefined ? EVERYTHING.to_on : daysOf(query.to).to_on,
  }
  const before = query.before === undefined ? null : readMark(query.before)
  if (!knownBy) return { episodes: [], total: 0, next: null }
  return readEpisodes(pool, community, knownBy, { ...range, state: query.state ?? null, limit: query.limit, before })
}

const daysOf = (label: string) => {
  const grain = grainOfLabel(label)
  try {
    if (grain) return daysOfPeriod(label, grain)
  } catch {}
  throw new BadRange(`"${label}" is no period; write days as 2025-01-31, weeks as 2025-W05 and months as 2025-01.`)
}

const readMark = (text: string) => {
  const [asked_at = '', key = ''] = text.split('_')
  if (
    !/^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z$/.test(asked_at) ||
    Number.isNaN(Date.parse(asked_at)) ||
    !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)
  )
    throw new BadRange(`"${text}" is no page mark: pass the \`next\` of the page before as it is.`)
  return { asked_at, question_key: key }
}
