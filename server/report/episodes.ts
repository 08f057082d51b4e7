import type { Pool } from 'pg'
import type { Episode, Episodes } from '../../shared/contract/episode.ts'
import { daysOfPeriod, grainOfLabel } from '../../shared/period.ts'
import { IS_VISIBLE } from '../metrics/reading.ts'
import { BadRange } from './bad-range.ts'
import { pseudonym } from './pseudonym.ts'

export type EpisodesQuery = {
  /** Local days, `to_on` exclusive. */
  from_on: string
  to_on: string
  state: Episode['state'] | null
  limit: number
  /** Only questions before this place: the `next` of the page before. */
  before: { asked_at: Date; event_key: string } | null
}

type Row = {
  event_key: string
  source: string
  source_event_id: string
  url: string | null
  channel: string | null
  person_id: string | null
  asked_at: Date
  first_answered_at: Date | null
  helper_count: number
  answer_count: number
  is_accepted: boolean
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
    `with
     p as (
       select
         $2::date::timestamp at time zone $4::text as starts_at,
         $3::date::timestamp at time zone $4::text as ends_at,
         $5::timestamptz as known_by
     ),
     question as (
       select c.*
       from p
       join contribution c
         on c.community_id = $1 and c.occurred_at >= p.starts_at and c.occurred_at < p.ends_at and c.kind = 'question' and ${IS_VISIBLE}
     ),
     answered as (
       select c.question_key, min(c.occurred_at) as first_answered_at, count(distinct c.person_id)::int as helper_count, count(*)::int as answer_count
       from p
       cross join question q
       join contribution c on c.community_id = $1 and c.question_key = q.event_key and ${IS_VISIBLE}
       group by c.question_key
     ),
     accepted as (
       select distinct s.question_key
       from p
       cross join question q
       join acceptance s
         on s.community_id = $1
         and s.question_key = q.event_key
         and s.accepted_at < p.known_by
         and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
       join contribution c on c.community_id = $1 and c.event_key = s.answer_key and ${IS_VISIBLE}
     ),
     episode as (
       select
         q.event_key, q.url, q.channel, q.person_id, q.occurred_at as asked_at, a.first_answered_at,
         coalesce(a.helper_count, 0) as helper_count, coalesce(a.answer_count, 0) as answer_count,
         s.question_key is not null as is_accepted
       from question q
       left join answered a on a.question_key = q.event_key
       left join accepted s on s.question_key = q.event_key
     ),
     matching as (
       select *, count(*) over ()::int as total
       from episode
       where $6::text is null
         or $6 = case when is_accepted then 'accepted' when answer_count > 0 then 'answered' else 'open' end
     )
     select m.*, e.source, e.source_event_id
     from matching m
     join event e on e.community_id = $1 and e.event_key = m.event_key
     where $7::timestamptz is null or (m.asked_at, m.event_key) < ($7::timestamptz, $8::uuid)
     order by m.asked_at desc, m.event_key desc
     limit $9`,
    [
      community.community_id,
      query.from_on,
      query.to_on,
      community.time_zone,
      knownBy,
      query.state,
      query.before?.asked_at ?? null,
      query.before?.event_key ?? null,
      query.limit + 1,
    ],
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    episodes: page.map((row) => ({
      source: row.source,
      id: row.source_event_id,
      url: row.url,
      channel: row.channel,
      asker: row.person_id && pseudonym(community.community_id, row.person_id),
      asked_at: row.asked_at.toISOString(),
      first_answered_at: row.first_answered_at?.toISOString() ?? null,
      helper_count: row.helper_count,
      answer_count: row.answer_count,
      state: row.is_accepted ? 'accepted' : row.answer_count > 0 ? 'answered' : 'open',
    })),
    total: rows[0]?.total ?? 0,
    next: rows.length > query.limit && last ? `${last.asked_at.toISOString()}_${last.event_key}` : null,
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
  const [time = '', key = ''] = text.split('_')
  const asked_at = new Date(time)
  if (Number.isNaN(asked_at.getTime()) || !/^[0-9a-f-]{36}$/.test(key))
    throw new BadRange(`"${text}" is no page mark: pass the \`next\` of the page before as it is.`)
  return { asked_at, event_key: key }
}
