import type { Pool } from 'pg'
import type { HealthReport } from '../../../shared/contract/health-report.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { addDays, type DayRange, daysOfPeriod, shiftPeriod } from '../../../shared/period.ts'
import { loadHouseRules } from '../../diagnosis/load-house-rules.ts'
import { RULES_VERSION } from '../../diagnosis/thresholds.ts'
import { type CommunityContext, loadContext } from '../../metrics/capabilities.ts'
import { metrics } from '../../metrics/catalogue.ts'
import { measurePeriods } from '../../metrics/measure-periods.ts'
import { localDay } from '../../rollup/data-span.ts'
import { BadRange } from '../bad-range.ts'
import { buildHealthReport, buildVerdict, type ReportedCommunity } from '../health-report.ts'
import { buildCostAndClaims } from './break-even.ts'
import { BENEFIT_METRICS } from './benefit-figures.ts'
import { type Confirmations, readConfirmations } from './read-claims.ts'
import { findReportDays, type ReportDays, SPANS, type SpanName } from './report-days.ts'
import type { Findings, MonthFindings, ReportMaterial, ReportWords } from './report-material.ts'
import { readStories } from './stories.ts'
import { STORY_DAYS } from './write-stories.ts'

/** Months of the chart of growth, the report's own among them: it holds the same month of the year before. */
const TREND_MONTHS = 13
/** Told by month, of its end. */
const STOCKS: readonly string[] = ['benefit-share', 'retention-of-helped-joiners', 'retention-of-unhelped-joiners']
const GROWTH: readonly string[] = ['joins', 'leavers', 'net-growth', 'members', 'lapsed-members', 'first-seen']

/** What the report of a month is written from. Throws BadRange for a month of no year that can be counted in. */
export const readMaterial = async (
  pool: Pool,
  community: ReportedCommunity,
  month: string,
  { words, now }: { words: ReportWords; now: Date },
): Promise<ReportMaterial> => {
  const { community_id: communityId, time_zone: timeZone, slug, name, is_demo, demo_note } = community
  // a year before or after them has no number that a calendar can hold
  if (month < '0002-01' || month > '9998-12') throw new BadRange(`There is no report of ${month}.`)
  const { to_on } = daysOfPeriod(month, 'month')
  const range = { from: shiftPeriod(month, 'month', 1 - TREND_MONTHS), to: month, grain: 'month' } as const
  const [health, context, today, firstOn, rules, costAndClaims, stories] = await Promise.all([
    buildHealthReport(pool, community, range, now),
    loadContext(pool, communityId),
    localDay(pool, now, timeZone),
    readFirstDay(pool, communityId),
    loadHouseRules(pool, communityId),
    buildCostAndClaims(pool, community, month),
    readStories(pool, community, { from_on: addDays(to_on, -STORY_DAYS), to_on }),
  ])
  const knownBy = health.known_by === null ? null : new Date(health.known_by)
  const reach =
    knownBy === null
      ? { whole_until: null, known_on: null }
      : {
          whole_until: await localDay(pool, knownBy, timeZone),
          known_on: await localDay(pool, new Date(knownBy.getTime() - 1), timeZone),
        }
  const days = firstOn === null || reach.known_on === null ? null : findReportDays(month, { first_on: firstOn, known_on: reach.known_on })
  const measuredBy = knownBy === null || days === null ? null : await earlierOf(pool, knownBy, to_on, timeZone)
  return {
    community: { slug, name, time_zone: timeZone, is_demo, demo_note },
    month,
    today,
    known_by: health.known_by,
    measured_by: measuredBy?.toISOString() ?? null,
    ...reach,
    first_on: firstOn,
    is_stale: health.is_stale,
    sources: context.sources,
    threads: context.threads,
    verdict: days === null ? null : await verdictOf(pool, community, month, health, { today, now }),
    thresholds: rules.thresholds,
    rules_version: RULES_VERSION,
    days,
    found:
      days === null || measuredBy === null
        ? null
        : await measureSpansOf(
            pool,
            { communityId, timeZone, knownBy: measuredBy, isNow: measuredBy.getTime() === knownBy?.getTime() },
            context,
            month,
            days,
          ),
    confirmations: days === null ? null : await readConfirmationsOf(pool, community, days),
    months: monthsOf(health),
    cost_and_claims: costAndClaims,
    stories,
    words,
  }
}

const readConfirmationsOf = async (
  pool: Pool,
  community: ReportedCommunity,
  days: ReportDays,
): Promise<Record<SpanName, Confirmations>> => {
  const [month, quarter, year] = await Promise.all(SPANS.map((name) => readConfirmations(pool, community, days[name])))
  return { month, quarter, year } as Record<SpanName, Confirmations>
}

const readFirstDay = async (pool: Pool, communityId: string): Promise<string | null> => {
  const { rows } = await pool.query<{ first_event_on: string | null }>(
    'select first_event_on from community_state where community_id = $1',
    [communityId],
  )
  return rows[0]?.first_event_on ?? null
}

/** Nothing after the month is used, so that the report says the same whenever it is made, but for what arrives late. */
const earlierOf = async (pool: Pool, knownBy: Date, toOn: string, timeZone: string): Promise<Date> => {
  const { rows } = await pool.query<{ ends_at: Date }>('select $1::date::timestamp at time zone $2::text as ends_at', [toOn, timeZone])
  const endsAt = rows[0]?.ends_at ?? knownBy
  return endsAt < knownBy ? endsAt : knownBy
}

/** As the pages show it of that month: at its end, or at the last day known of it. */
const verdictOf = async (
  pool: Pool,
  community: ReportedCommunity,
  month: string,
  health: HealthReport,
  { today, now }: { today: string; now: Date },
): Promise<Verdict | null> => {
  const found = health.verdicts.findLast((verdict) => verdict.period === month)
  if (found !== undefined) {
    const { period: _, ...verdict } = found
    return verdict
  }
  const last = addDays(daysOfPeriod(month, 'month').to_on, -1)
  return buildVerdict(pool, community, { at: last < today ? last : today }, now)
}

type Asked = { communityId: string; timeZone: string; knownBy: Date; isNow: boolean }

const measureSpansOf = async (
  pool: Pool,
  asked: Asked,
  context: CommunityContext,
  month: string,
  days: ReportDays,
): Promise<ReportMaterial['found']> => {
  const whole = daysOfPeriod(month, 'month')
  const ranges: (DayRange | null)[] = [whole, days.quarter, days.year, days.month.before, days.quarter.before, days.year.before]
  const wanted = metrics.filter(({ id }) => BENEFIT_METRICS.includes(id))
  const stocks = metrics.filter(({ id }) => STOCKS.includes(id))
  const asPeriod = ({ from_on, to_on }: DayRange) => ({ from_on, to_on, is_as_known_then: false })
  const told = ranges.filter((range) => range !== null)
  const [flows, [atEnd = new Map()]] = await Promise.all([
    measurePeriods(pool, { ...asked, context, metrics: wanted, periods: told.map(asPeriod) }),
    measurePeriods(pool, { ...asked, context, metrics: stocks, periods: [asPeriod(whole)] }),
  ])
  const [ofMonth, quarter, year, beforeMonth, beforeQuarter, beforeYear] = ranges.map(
    (range): Findings => (range === null ? {} : Object.fromEntries(flows[told.indexOf(range)] ?? [])),
  ) as [Findings, Findings, Findings, Findings, Findings, Findings]
  return {
    month: { ...ofMonth, ...Object.fromEntries(atEnd) },
    quarter,
    year,
    before_month: beforeMonth,
    before_quarter: beforeQuarter,
    before_year: beforeYear,
  }
}

const monthsOf = (health: HealthReport): MonthFindings[] =>
  health.periods.map((month, i) => {
    const series = health.metrics.filter(({ id, category }) => category === null && GROWTH.includes(id))
    return {
      month,
      is_unfinished: series.some(({ points }) => points[i]?.is_unfinished),
      found: Object.fromEntries(
        series.map(({ id, points }) => {
          const { period: _, is_unfinished: __, ...found } = points[i] as Point
          return [id, found]
        }),
      ),
    }
  })
