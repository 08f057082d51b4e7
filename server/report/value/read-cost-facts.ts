import type { Pool } from 'pg'
import type { BandId } from '../../../shared/contract/value-claim.ts'
import { addDays, type DayRange, daysOfPeriod, shiftPeriod } from '../../../shared/period.ts'
import { loadContext } from '../../metrics/capabilities.ts'
import { startOfDay } from '../../rollup/local-day.ts'
import { listCosts } from '../../store/costs.ts'
import type { ReportedCommunity } from '../health-report.ts'
import type { CostStatement } from './prorate-cost.ts'
import { prorateCost, type ProratedCost } from './prorate-cost.ts'
import { type Claim, readClaims, WAS_ASKED } from './read-claims.ts'
import { bandOfClaim, type ClaimSums, sumClaims } from './sum-claims.ts'

/** Months up to the report's own over which cost and answers are counted: a cost is known by the year. */
export const COST_MONTHS = 12

/** How many questions askers were asked about, and how many people that were. */
export type AskedCounts = { asked_count: number; asked_people_count: number; replied_count: number; replied_people_count: number }

/** All that the part about cost and claims is written from. */
export type CostFacts = {
  month: string
  /** The twelve months up to the month's end. */
  year: DayRange
  /** The first and the last local day of the data; null where none have come. */
  first_on: string | null
  known_on: string | null
  /** Day from which the first statement holds; null where nobody has said anything. */
  cost_from_on: string | null
  /** Days of the year on which both the cost and what happened are known; null where there are none. */
  counted: DayRange | null
  cost: ProratedCost
  /** Of questions asked on the counted days. Null: no source tells, and nobody was asked. */
  confirmed_count: number | null
  answered_count: number
  /** Who answers whom was not said by the source, but inferred. */
  is_inferred: boolean
  claims: { year: ClaimSums; month: ClaimSums; before_month: ClaimSums; counted: ClaimSums; uncounted: ClaimSums }
  /** Claims that came otherwise than by asking. */
  has_unasked_claims: boolean
  asked: AskedCounts
  /** Claims of the year by band: what the sums were made of. */
  claim_bands: Partial<Record<BandId, number>>
}

/** The days on which the cost, the data and the year all are known; null where there are none. */
export const findCountedDays = (
  year: DayRange,
  { cost_from_on, first_on, known_on }: Pick<CostFacts, 'cost_from_on' | 'first_on' | 'known_on'>,
): DayRange | null => {
  if (cost_from_on === null || first_on === null || known_on === null) return null
  const from_on = [year.from_on, cost_from_on, first_on].sort().at(-1) as string
  const to_on = [year.to_on, addDays(known_on, 1)].sort()[0] as string
  return from_on < to_on ? { from_on, to_on } : null
}

const LATEST_ON = '9999-01-01'

/** Reads what the part about cost and claims is written from. */
export const readCostFacts = async (pool: Pool, community: ReportedCommunity, month: string): Promise<CostFacts> => {
  const { community_id: communityId } = community
  const inMonth = daysOfPeriod(month, 'month')
  const year = { from_on: `${shiftPeriod(month, 'month', 1 - COST_MONTHS)}-01`, to_on: inMonth.to_on }
  const [costs, reach, context, said, asked] = await Promise.all([
    listCosts(pool, communityId),
    readReach(pool, community),
    loadContext(pool, communityId),
    // what was confirmed after the month speaks of a question of the month
    readClaims(pool, community, { from_on: year.from_on, to_on: LATEST_ON }),
    readAskedCounts(pool, community, year),
  ])
  const cost_from_on = costs.at(-1)?.from_on ?? null
  const counted = findCountedDays(year, { cost_from_on, ...reach })
  const solved = said.claims.flatMap(({ is_solved, question_key }) => (is_solved === 'yes' && question_key !== null ? [question_key] : []))
  const answers = counted === null ? { confirmed_count: 0, answered_count: 0 } : await countAnswers(pool, community, counted, solved)
  const canTell = context.canTell('accepted_answers') || solved.length > 0 || asked.asked_count > 0
  const claims = said.claims.filter(({ on }) => on < year.to_on)
  const sumOf = (holds: (claim: Claim) => boolean) => sumClaims(claims.filter(holds))
  const isIn = (days: DayRange | null, { on }: Claim) => days !== null && on >= days.from_on && on < days.to_on
  return {
    month,
    year,
    ...reach,
    cost_from_on,
    counted,
    cost: counted === null ? { stretches: [], mean_rate: null, is_rate_steady: true } : prorateCost(costs as CostStatement[], counted),
    confirmed_count: canTell ? answers.confirmed_count : null,
    answered_count: answers.answered_count,
    is_inferred: context.threads !== 'said',
    claims: {
      year: sumOf(() => true),
      month: sumOf((claim) => isIn(inMonth, claim)),
      before_month: sumOf((claim) => !isIn(inMonth, claim)),
      counted: sumOf((claim) => isIn(counted, claim)),
      uncounted: sumOf((claim) => !isIn(counted, claim)),
    },
    has_unasked_claims: claims.some((claim) => bandOfClaim(claim) !== null && !claim.is_asked),
    asked,
    claim_bands: Object.fromEntries(
      Map.groupBy(
        claims.flatMap((claim) => bandOfClaim(claim)?.id ?? []),
        (id) => id,
      )
        .entries()
        .map(([id, those]) => [id, those.length]),
    ),
  }
}

const readReach = async (pool: Pool, { community_id, time_zone }: ReportedCommunity) => {
  const { rows } = await pool.query<{ first_on: string | null; known_on: string | null }>(
    `select first_event_on as first_on, ((known_by - interval '1 millisecond') at time zone $2::text)::date as known_on
     from community_state where community_id = $1`,
    [community_id, time_zone],
  )
  return { first_on: rows[0]?.first_on ?? null, known_on: rows[0]?.known_on ?? null }
}

/** Questions of these days that somebody else answered, and those of them whose answer stands accepted or whose asker said it solved it. */
const countAnswers = async (
  pool: Pool,
  { community_id, time_zone }: ReportedCommunity,
  { from_on, to_on }: DayRange,
  solved: readonly string[],
): Promise<{ confirmed_count: number; answered_count: number }> => {
  const { rows } = await pool.query<{ confirmed_count: number; answered_count: number }>(
    `select
       count(*)::int as answered_count,
       count(*) filter (where accepted_at is not null or question_key = any ($5::uuid[]))::int as confirmed_count
     from help_episode
     where community_id = $1
       and first_answered_at is not null
       and not is_answered_elsewhere
       and asked_at >= ${startOfDay('$3::date', '$2')}
       and asked_at < ${startOfDay('$4::date', '$2')}`,
    [community_id, time_zone, from_on, to_on, solved],
  )
  return rows[0] as { confirmed_count: number; answered_count: number }
}

const readAskedCounts = async (pool: Pool, { community_id, time_zone }: ReportedCommunity, { from_on, to_on }: DayRange) => {
  const { rows } = await pool.query<AskedCounts>(
    `select
       count(*)::int as asked_count,
       count(distinct i.person_id)::int as asked_people_count,
       count(*) filter (where a.answered_at is not null)::int as replied_count,
       count(distinct i.person_id) filter (where a.answered_at is not null)::int as replied_people_count
     from value_ask a
     join identity i on i.community_id = $1 and i.identity_key = a.identity_key
     where a.community_id = $1
       and ${WAS_ASKED}
       and a.asked_at >= ${startOfDay('$3::date', '$2')}
       and a.asked_at < ${startOfDay('$4::date', '$2')}`,
    [community_id, time_zone, from_on, to_on],
  )
  return rows[0] as AskedCounts
}
