import type { Pool } from 'pg'
import type { HealthReport } from '../../shared/contract/health-report.ts'
import type { Measured, Point } from '../../shared/contract/metric.ts'
import type { PooledCohort, Retention, RetentionCurve as ShownCurve } from '../../shared/contract/retention.ts'
import { daysOfPeriod, grainOfLabel } from '../../shared/period.ts'
import { contextOf } from '../metrics/capabilities.ts'
import { readPeriods } from '../metrics/measure-periods.ts'
import {
  aboutCohort,
  countAtRisk,
  countStaying,
  findObstacle,
  findSilence,
  fitRetention,
  measureMedianStay,
  measureStaying,
  type RetentionCurve,
} from '../metrics/measure-retention.ts'
import type { MeasureContext } from '../metrics/metric.ts'
import { poolCohorts, type RetentionCohort, retentionCohort } from '../metrics/readings/retention-cohort.ts'
import { RETENTION_DAYS } from '../metrics/retention-ages.ts'
import { retentionMedian } from '../metrics/retention/retention-median.ts'
import { retention } from '../metrics/retention/retention.ts'
import { BadRange } from './bad-range.ts'
import { buildHealthReport, type ReportedCommunity } from './health-report.ts'

/** Months one answer may hold, each with its curve (our judgement: three years). */
export const MAX_COHORTS = 36

/**
 * Who stays, by month of joining: the points of the health report of the same months, with the curve behind them, and all the
 * months as one cohort. Throws BadRange for what is no range of months.
 */
export const buildRetention = async (
  pool: Pool,
  community: ReportedCommunity,
  query: { from?: string | undefined; to?: string | undefined; as_of?: Date | undefined },
  now: Date,
): Promise<Retention> => {
  checkRange(query.from, query.to)
  const report = await buildHealthReport(pool, community, { ...query, grain: 'month' }, now)
  if (report.periods.length > MAX_COHORTS) throw tooMany()
  const answer = { from: report.from, to: report.to, known_by: report.known_by, ages: [...RETENTION_DAYS] }
  if (report.known_by === null || report.periods.length === 0)
    return { ...answer, begins_with: 'joining', cohorts: [], quarters: [], years: [], all: null }
  const rows = await readPeriods(pool, retentionCohort, {
    communityId: community.community_id,
    timeZone: community.time_zone,
    knownBy: new Date(report.known_by),
    periods: report.periods.map((label) => ({ ...daysOfPeriod(label, 'month'), is_as_known_then: false })),
    isNow: query.as_of === undefined,
  })
  const context = contextOf(report.sources)
  const cohorts = report.periods.map((period, i) => {
    const row = rows[i] as RetentionCohort
    const curve = fitRetention(row)
    const shares = RETENTION_DAYS.map((days, age) => {
      const point = pointOf(report, retention.id, retention.categories?.[age] ?? null, i)
      // what is withheld or not known is not told in counts either
      const isTold = point.status !== 'withheld' && findSilence(row, row.started_count, context) === null
      return { ...point, days, still: isTold ? showStill(curve, days) : null }
    })
    const median = pointOf(report, retentionMedian.id, null, i)
    const isTold = median.status !== 'withheld' && findObstacle(row, curve, context) === null
    return { period, started_count: row.started_count, shares, median, curve: isTold ? showCurve(curve) : null }
  })
  // a month withheld for its anonymous contributions does not come back in the sum
  const isTold = (i: number) => cohorts[i]?.median.status !== 'withheld'
  const told = rows.filter((_, i) => isTold(i))
  const poolBy = (nameOf: (month: string) => string) =>
    [...Map.groupBy(report.periods.keys(), (i) => nameOf(report.periods[i] as string)).values()].map((places) => ({
      from: report.periods[places[0] as number] as string,
      to: report.periods[places.at(-1) as number] as string,
      ...measurePooled(poolCohorts(places.filter(isTold).map((i) => rows[i] as RetentionCohort)), context),
    }))
  return {
    ...answer,
    begins_with: rows.some((row) => row.is_first_seen > 0) ? 'first_seen' : 'joining',
    cohorts,
    quarters: poolBy((month) => `${month.slice(0, 4)} ${Math.ceil(Number(month.slice(5)) / 3)}`),
    years: poolBy((month) => month.slice(0, 4)),
    all: told.length > 0 ? measurePooled(poolCohorts(told), context) : null,
  }
}

const tooMany = () => new BadRange(`The range holds more than ${MAX_COHORTS} months; ask for less.`)

const checkRange = (from: string | undefined, to: string | undefined) => {
  for (const label of [from, to])
    if (label !== undefined && grainOfLabel(label) !== 'month')
      throw new BadRange(`Who stays is told by month of joining; "${label}" is no month such as 2025-01.`)
  // before any list of periods is made: it may run from year 1 on
  if (from !== undefined && to !== undefined && Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > MAX_COHORTS / 12) throw tooMany()
}

const pointOf = (report: HealthReport, id: string, category: string | null, i: number): Point =>
  report.metrics.find((series) => series.id === id && series.category === category)?.points[i] as Point

const showStill = (curve: RetentionCurve, days: number) => {
  const counted = countStaying(curve, days)
  return counted && { count: counted.still, of: counted.of }
}

const measurePooled = (row: RetentionCohort, context: MeasureContext): PooledCohort => {
  const curve = fitRetention(row)
  const obstacle = findObstacle(row, curve, context)
  const isTold = findSilence(row, row.started_count, context) === null
  const about = aboutCohort(row)
  const shareAt = (days: number): Measured => obstacle ?? measureStaying(curve, days, about)
  return {
    started_count: row.started_count,
    shares: RETENTION_DAYS.map((days) => ({ ...shareAt(days), days, still: isTold ? showStill(curve, days) : null })),
    median: obstacle ?? measureMedianStay(curve, about),
    curve: obstacle ? null : showCurve(curve),
  }
}

/** Days from one count of those followed to the next: axes of curves have their marks on some of them. */
const FOLLOWED_EVERY = 30

/** As far as it may be believed. */
const showCurve = (curve: RetentionCurve): ShownCurve => {
  const days = Array.from({ length: Math.ceil(curve.thins_on / FOLLOWED_EVERY) }, (_, i) => i * FOLLOWED_EVERY)
  const counts = countAtRisk(curve, days)
  return {
    people_count: curve.people_count,
    ends_before_day: curve.thins_on,
    followed: days.map((day, i) => ({ day, count: counts[i] as number })),
    steps: curve.steps
      .filter((step) => step.time < curve.thins_on)
      .map((step) => ({
        day: step.time,
        at_risk: step.at_risk,
        gone: step.event_count,
        share: step.survival,
        low: step.low,
        high: step.high,
      })),
  }
}
