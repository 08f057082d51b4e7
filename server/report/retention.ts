import type { Pool } from 'pg'
import type { HealthReport } from '../../shared/contract/health-report.ts'
import type { Measured, Point } from '../../shared/contract/metric.ts'
import type { Retention, RetentionCurve as ShownCurve } from '../../shared/contract/retention.ts'
import { daysOfPeriod, grainOfLabel } from '../../shared/period.ts'
import { contextOf } from '../metrics/capabilities.ts'
import { readPeriods } from '../metrics/measure-periods.ts'
import {
  aboutCohort,
  findObstacle,
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
  if (report.known_by === null || report.periods.length === 0) return { ...answer, begins_with: 'joining', cohorts: [], all: null }
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
    const shares = RETENTION_DAYS.map((days, age) => ({ ...pointOf(report, retention.id, retention.categories?.[age] ?? null, i), days }))
    const median = pointOf(report, retentionMedian.id, null, i)
    const isTold = median.status !== 'withheld' && findObstacle(row, curve, context) === null
    return { period, started_count: row.started_count, shares, median, curve: isTold ? showCurve(curve) : null }
  })
  // a month withheld for its anonymous contributions does not come back in the sum
  const told = rows.filter((_, i) => cohorts[i]?.median.status !== 'withheld')
  return {
    ...answer,
    begins_with: rows.some((row) => row.is_first_seen > 0) ? 'first_seen' : 'joining',
    cohorts,
    all: told.length > 0 ? measureAll(poolCohorts(told), context) : null,
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

const measureAll = (row: RetentionCohort, context: MeasureContext): NonNullable<Retention['all']> => {
  const curve = fitRetention(row)
  const obstacle = findObstacle(row, curve, context)
  const about = aboutCohort(row)
  const shareAt = (days: number): Measured => obstacle ?? measureStaying(curve, days, about)
  return {
    started_count: row.started_count,
    shares: RETENTION_DAYS.map((days) => ({ ...shareAt(days), days })),
    median: obstacle ?? measureMedianStay(curve, about),
    curve: obstacle ? null : showCurve(curve),
  }
}

/** As far as it may be believed. */
const showCurve = (curve: RetentionCurve): ShownCurve => ({
  people_count: curve.people_count,
  ends_before_day: curve.thins_on,
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
})
