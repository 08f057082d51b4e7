import type { ClientBase, Pool } from 'pg'
import type { Measured } from '../../shared/contract/metric.ts'
import { isTooAnonymous, notAvailable, withheld } from './measured.ts'
import type { AnyMetric, MeasureContext } from './metric.ts'
import type { ReadPeriod, Reading } from './reading.ts'
import { type PersonCounts, personCounts } from './readings/person-counts.ts'

export type ReadParams = {
  communityId: string
  /** IANA name; it decides where a day begins. */
  timeZone: string
  /** Nothing at or after this time is used. */
  knownBy: Date
  periods: readonly ReadPeriod[]
}

/** "members", or "content-mix:help" for a metric with categories. */
export type SeriesKey = string
export type MeasuredPeriod = Map<SeriesKey, Measured>

/** Rows of this many periods are held at a time: those of a busy community are long. */
const PERIODS_AT_ONCE = 400

/** One row a period, aligned with `periods`; a period of which the reading has nothing to say gets its empty row. */
export const readPeriods = async <Row>(db: Pool | ClientBase, reading: Reading<Row>, params: ReadParams): Promise<Row[]> => {
  const { communityId, timeZone, knownBy, periods } = params
  const rows: Row[] = periods.map(() => reading.empty)
  if (periods.length === 0) return rows
  const found = await db.query<Row & { period_no: number }>(reading.sql, [
    communityId,
    periods.map((period) => period.from_on),
    periods.map((period) => period.to_on),
    periods.map((period) => period.is_as_known_then),
    knownBy,
    timeZone,
  ])
  for (const { period_no, ...row } of found.rows) rows[period_no - 1] = row as Row
  return rows
}

/**
 * Every metric in every period, aligned with `periods`. Each distinct reading runs once over all of them; what the
 * sources cannot tell is "not available", and what is about persons is withheld where a period is too anonymous.
 */
export const measurePeriods = async (
  db: Pool | ClientBase,
  { metrics, context, ...params }: ReadParams & { metrics: readonly AnyMetric[]; context: MeasureContext },
): Promise<MeasuredPeriod[]> => {
  const anonymity = metrics.some((metric) => metric.is_per_person) ? new Array<Anonymity>(params.periods.length) : null
  const readings = new Map<Reading<unknown>, AnyMetric[]>()
  // first the reading that says how anonymous each period is
  if (anonymity) readings.set(personCounts, [])
  for (const metric of metrics) readings.set(metric.reading, [...(readings.get(metric.reading) ?? []), metric])

  const results: MeasuredPeriod[] = params.periods.map(() => new Map())
  for (const [reading, itsMetrics] of readings) {
    // a stock passes over all changes on each run, so it reads all periods in one
    const step = reading.reach === 'onward' ? Math.max(1, params.periods.length) : PERIODS_AT_ONCE
    for (let from = 0; from < params.periods.length; from += step) {
      const rows = await readPeriods(db, reading, { ...params, periods: params.periods.slice(from, from + step) })
      for (const [i, row] of rows.entries()) {
        if (anonymity && reading === personCounts) anonymity[from + i] = anonymityOf(row as PersonCounts)
        const result = results[from + i] as MeasuredPeriod
        for (const metric of itsMetrics)
          for (const [key, measured] of measureRow(metric, row, context))
            result.set(key, metric.is_per_person ? protect(measured, anonymity?.[from + i]) : measured)
      }
    }
  }
  return results.map((result) => inOrder(result, metrics))
}

/** The points of a period in which nothing happened, by series, in the order of the metrics. */
export const emptyPoints = (metrics: readonly AnyMetric[], context: MeasureContext): MeasuredPeriod =>
  new Map(metrics.flatMap((metric) => measureRow(metric, metric.reading.empty, context)))

type Anonymity = { anonymous: number; all: number }
const anonymityOf = (row: PersonCounts): Anonymity => ({ anonymous: row.anonymous_count, all: row.contribution_count })

/** Counts below a minimum are withheld too: of whom, nobody knows. What has nothing to show keeps its own reason. */
const protect = (measured: Measured, period: Anonymity | undefined): Measured => {
  if (!period || !isTooAnonymous(period.anonymous, period.all)) return measured
  if (measured.status === 'not_available' || measured.status === 'not_applicable' || measured.status === 'withheld') return measured
  return withheld(period.anonymous, period.all)
}

const measureRow = (metric: AnyMetric, row: unknown, context: MeasureContext): [SeriesKey, Measured][] => {
  const missing = metric.needs.filter((capability) => !context.canTell(capability))
  if (missing.length) {
    const nothing = notAvailable(missing, context.sourceNames)
    return (metric.categories?.map((category) => `${metric.id}:${category}`) ?? [metric.id]).map((key) => [key, nothing])
  }
  const found = metric.measure(row, context)
  if (metric.categories === null) return [[metric.id, found as Measured]]
  return metric.categories.map((category) => [`${metric.id}:${category}`, (found as Record<string, Measured>)[category] as Measured])
}

/** The same order in every period, whichever reading came first. */
const inOrder = (result: MeasuredPeriod, metrics: readonly AnyMetric[]): MeasuredPeriod =>
  new Map(
    metrics
      .flatMap((metric) => metric.categories?.map((category) => `${metric.id}:${category}`) ?? [metric.id])
      .map((key) => [key, result.get(key) as Measured]),
  )
