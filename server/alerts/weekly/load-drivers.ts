import type { AlertMaterial } from '../alert-rule.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { REPLY_DAYS } from '../../metrics/readings/first-starts.ts'
import type { ChannelCounts } from './channel-driver.ts'
import type { Db, JudgedDays } from './share-rule.ts'

type CountsRow = {
  channel: string | null
  now_of: number
  now_cases: number
  before_of: number
  before_cases: number
  askers: number
}

// instants of local midnights; $1 community, $2 zone, $3 to $6 local days
const DAYS = `day as (
  select
    $3::date::timestamp at time zone $2 as now_from,
    $4::date::timestamp at time zone $2 as now_to,
    $5::date::timestamp at time zone $2 as before_from,
    $6::date::timestamp at time zone $2 as before_to
)`

const COUNTS = `select
  channel,
  count(*) filter (where is_now)::int as now_of,
  count(*) filter (where is_now and not is_met)::int as now_cases,
  count(*) filter (where not is_now)::int as before_of,
  count(*) filter (where not is_now and not is_met)::int as before_cases,
  count(distinct person_id)::int as askers
from asked
group by channel
order by channel`

const QUESTIONS = `with ${DAYS},
asked as (
  select
    e.channel,
    e.asker_id as person_id,
    e.asked_at >= day.now_from as is_now,
    coalesce(e.first_answered_at <= e.asked_at + interval '${ANSWER_DAYS * 24} hours', false) as is_met
  from day
  join help_episode e
    on e.community_id = $1
    and not e.is_answered_elsewhere
    and (e.asked_at >= day.now_from and e.asked_at < day.now_to or e.asked_at >= day.before_from and e.asked_at < day.before_to)
)
${COUNTS}`

const FIRST_STARTS = `with ${DAYS},
asked as (
  select
    c.channel,
    f.person_id,
    f.started_at >= day.now_from as is_now,
    coalesce(f.first_reply_at <= f.started_at + interval '${REPLY_DAYS * 24} hours', false) as is_met
  from day
  join first_start f
    on f.community_id = $1
    and not f.is_answered_elsewhere
    and (f.started_at >= day.now_from and f.started_at < day.now_to or f.started_at >= day.before_from and f.started_at < day.before_to)
  join contribution c on c.community_id = $1 and c.event_key = f.event_key
)
${COUNTS}`

const TOP_ANSWERER = `with ${DAYS},
answered as (
  select e.first_helper_id, e.asked_at >= day.now_from as is_now
  from day
  join help_episode e
    on e.community_id = $1
    and not e.is_answered_elsewhere
    and e.first_helper_id is not null
    and e.first_answered_at <= e.asked_at + interval '${ANSWER_DAYS * 24} hours'
    and (e.asked_at >= day.now_from and e.asked_at < day.now_to or e.asked_at >= day.before_from and e.asked_at < day.before_to)
)
select count(*) filter (where is_now)::int as now, count(*) filter (where not is_now)::int as before
from answered
group by first_helper_id
order by before desc, first_helper_id
limit 1`

const daysOf = ({ communityId, timeZone }: AlertMaterial, { now, before }: JudgedDays) => [
  communityId,
  timeZone,
  now.from_on,
  now.to_on,
  before.from_on,
  before.to_on,
]

const loadChannels = async (sql: string, db: Db, material: AlertMaterial, days: JudgedDays): Promise<ChannelCounts[]> => {
  const { rows } = await db.query<CountsRow>(sql, daysOf(material, days))
  return rows.map(({ channel, now_of, now_cases, before_of, before_cases, askers }) => ({
    channel,
    askers,
    now: { cases: now_cases, of: now_of },
    before: { cases: before_cases, of: before_of },
  }))
}

/** Questions, and those not answered in time, by channel. */
export const loadQuestionChannels = (db: Db, material: AlertMaterial, days: JudgedDays): Promise<ChannelCounts[]> =>
  loadChannels(QUESTIONS, db, material, days)

/** First questions and first posts, and those without a reply in time, by channel. */
export const loadStartChannels = (db: Db, material: AlertMaterial, days: JudgedDays): Promise<ChannelCounts[]> =>
  loadChannels(FIRST_STARTS, db, material, days)

/** Questions that whoever answered most first before the weeks judged answered first, before and in them. */
export const loadTopAnswerer = async (db: Db, material: AlertMaterial, days: JudgedDays): Promise<{ now: number; before: number }> => {
  const { rows } = await db.query<{ now: number; before: number }>(TOP_ANSWERER, daysOf(material, days))
  return rows[0] ?? { now: 0, before: 0 }
}
