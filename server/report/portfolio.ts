import type { Pool } from 'pg'
import { endOfDataFor, OPERATOR_RULES } from '../../shared/contract/alert.ts'
import type { CommunitySummary } from '../../shared/contract/community.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { daysOfPeriod, periodOfDay, periodsBetween, shiftPeriod } from '../../shared/period.ts'
import { type PeriodPoints, readPointsOfMany } from '../metrics/store-points.ts'
import { readDataEnds } from '../rollup/data-ends.ts'
import { latestAlerts } from '../store/alerts.ts'
import { findNeeds } from './find-needs.ts'

const MONTHS = 12

type Row = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  demo_note: string | null
  created_at: Date
  known_by: Date | null
  /** The last local day with anything known. */
  known_on: string | null
  /** Today in its zone. */
  today: string
  first_event_on: string | null
  /** Of the latest verdict with its course, what a row shows; a part that an older evaluation does not have is null. */
  verdict:
    | (Pick<Verdict, 'verdict' | 'standing' | 'intention' | 'sentence' | 'trajectory' | 'at'> & {
        strength: CommunitySummary['strength']
        own_threshold_count: number
      })
    | null
}

const KEYS = ['members', 'answered-share', 'contributions'] as const

/** The communities given, by name, each with its latest verdict and the last twelve months of its key figures. */
export const buildPortfolio = async (
  pool: Pool,
  communities: { community_id: string; role: CommunitySummary['role'] }[],
  now: Date,
): Promise<CommunitySummary[]> => {
  const { rows } = await pool.query<Row>(
    `with
     -- put together once: as a part of the statement below it would be for each thing taken out of it
     latest as materialized (
       select community_id, verdict || coalesce(course, '{}') as told from verdict_result where is_latest and community_id = any ($1::uuid[])
     )
     select
       c.*,
       s.known_by,
       ((s.known_by - interval '1 millisecond') at time zone c.time_zone)::date as known_on,
       ($2::timestamptz at time zone c.time_zone)::date as today,
       s.first_event_on,
       case when v.community_id is not null then
         jsonb_build_object(
           'verdict', v.told -> 'verdict', 'sentence', v.told -> 'sentence', 'trajectory', v.told -> 'trajectory', 'at', v.told -> 'at',
           'standing', v.told -> 'standing', 'intention', v.told -> 'intention', 'strength', v.told #> '{support_detail,strength}',
           'own_threshold_count', jsonb_array_length(coalesce(v.told -> 'own_thresholds', '[]')))
       end as verdict
     from community c
     left join community_state s on s.community_id = c.community_id
     left join latest v on v.community_id = c.community_id
     where c.community_id = any ($1::uuid[])
     order by c.name, c.slug`,
    [communities.map((c) => c.community_id), now],
  )
  const roles = new Map(communities.map((c) => [c.community_id, c.role]))
  const months = new Map(rows.map((row) => [row.community_id, monthsOf(row)]))
  // one question for all: two hundred would each wait for a connection
  const points = await readPointsOfMany(
    pool,
    'month',
    [...months].flatMap(([communityId, [first, ...rest]]) =>
      first === undefined ? [] : [{ communityId, from_on: `${first}-01`, to_on: daysOfPeriod(rest.at(-1) ?? first, 'month').to_on }],
    ),
    KEYS,
  )
  const alerts = await lastAlerts(pool, communities, now)
  return rows.map((row) => ({
    ...summarise(
      row,
      roles.get(row.community_id) ?? 'viewer',
      months.get(row.community_id) ?? [],
      points.get(row.community_id) ?? new Map(),
    ),
    last_alert: alerts.get(row.community_id) ?? null,
  }))
}

type LastAlert = CommunitySummary['last_alert']

/** What stands or was told last, of what each reader may see. */
const lastAlerts = async (
  pool: Pool,
  communities: { community_id: string; role: CommunitySummary['role'] }[],
  now: Date,
): Promise<Map<string, LastAlert>> => {
  const found = new Map<string, LastAlert>()
  const all = communities.map(({ community_id }) => community_id)
  const ends = await readDataEnds(pool, all, now)
  for (const isManager of [true, false]) {
    const ids = communities.filter(({ role }) => (role === 'administrator' || role === 'manager') === isManager)
    if (ids.length === 0) continue
    const latest = await latestAlerts(
      pool,
      ids.map(({ community_id }) => community_id),
      isManager ? [] : OPERATOR_RULES,
    )
    for (const [communityId, { alert_id, rule, state, began_on, told_at, headline, ruling }] of latest) {
      const isFalse = ruling === 'false_alarm'
      const isOpen = state === 'open' && !isFalse
      const endedOn = endOfDataFor(rule, ends.get(communityId) ?? null)
      found.set(communityId, {
        alert_id,
        rule,
        is_standing: isOpen && endedOn === null,
        is_false: isFalse,
        stood_on: isOpen ? endedOn : null,
        began_on,
        told_at: told_at.toISOString(),
        headline,
      })
    }
  }
  return found
}

/** Its last months with data, twelve at most. */
const monthsOf = ({ known_on, first_event_on }: Row): string[] => {
  if (known_on === null) return []
  const last = periodOfDay(known_on, 'month')
  const first = [shiftPeriod(last, 'month', 1 - MONTHS), first_event_on?.slice(0, 7) ?? last].sort()[1] as string
  return periodsBetween(first < last ? first : last, last, 'month')
}

const summarise = (
  row: Row,
  role: CommunitySummary['role'],
  months: string[],
  points: ReadonlyMap<string, PeriodPoints>,
): Omit<CommunitySummary, 'last_alert'> => {
  const at = (month: string, key: (typeof KEYS)[number]) => points.get(`${month}-01`)?.get(key)
  const summary: Omit<CommunitySummary, 'last_alert'> = {
    slug: row.slug,
    name: row.name,
    time_zone: row.time_zone,
    is_demo: row.is_demo,
    demo_note: row.demo_note,
    created_at: row.created_at.toISOString(),
    verdict: row.verdict?.verdict ?? null,
    strength: row.verdict?.strength ?? null,
    standing: row.verdict?.standing ?? null,
    intention: row.verdict?.intention ?? null,
    own_threshold_count: row.verdict?.own_threshold_count ?? 0,
    verdict_sentence: row.verdict?.sentence ?? null,
    trajectory: row.verdict?.trajectory ?? 'unknown',
    verdict_at: row.verdict?.at ?? null,
    member_count: null,
    answered_share: null,
    contributions_by_month: [],
    needs: [],
    known_by: row.known_by?.toISOString() ?? null,
    role,
  }
  const answers = months.map((period) => ({ period, answered: at(period, 'answered-share') }))
  summary.needs = findNeeds({ ...summary, known_on: row.known_on, today: row.today, months: answers })
  const last = months.at(-1)
  if (last === undefined) return summary
  const members = at(last, 'members')
  summary.member_count = members?.value ?? null
  // from inferred threads it comes out low, and this table sets communities side by side
  if (months.some((month) => at(month, 'answered-share')?.is_inferred)) summary.is_answering_inferred = true
  else summary.answered_share = answeredOver(months, (month) => at(month, 'answered-share'))
  summary.contributions_by_month = months.map((month) => ({ period: month, count: at(month, 'contributions')?.value ?? 0 }))
  return summary
}

type Share = { numerator: number | null; denominator: number | null }

/** The answered share of the last twelve months together: one month alone often holds too few questions to say anything. */
const answeredOver = (months: string[], at: (month: string) => Share | undefined): CommunitySummary['answered_share'] => {
  let numerator = 0
  let denominator = 0
  for (const month of months) {
    const share = at(month)
    numerator += share?.numerator ?? 0
    denominator += share?.denominator ?? 0
  }
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator }
}
