import type { ClientBase, Pool } from 'pg'
import type { Measured } from '../../shared/contract/metric.ts'
import { leavesChatsOut, markInferred, threadReachOf, withoutChats } from './inferred-threads.ts'
import { isTooAnonymous, notAvailable, withheld } from './measured.ts'
import type { AnyMetric, MeasureContext } from './metric.ts'
import type { ReadPeriod, Reading } from './reading.ts'
import { type Anonymity, anonymity } from './readings/anonymity.ts'
import { type Inference, inference } from './readings/inference.ts'

export type ReadParams = {
  communityId: string
  /** IANA name; it decides where a day begins. */
  timeZone: string
  /** Nothing at or after this time is used. */
  knownBy: Date
  periods: readonly ReadPeriod[]
  /**
   * The rollups are fresh and hold nothing at or after `knownBy`: what is asked as known by now may be read from the quick ones.
   * "then too": the reading's `now` is right for periods read as known at their end as well.
   */
  isNow?: boolean | 'then too'
}

/** "members", or "content-mix:help" for a metric with categories. */
export type SeriesKey = string
export type MeasuredPeriod = Map<SeriesKey, Measured>
export type AnyReading = AnyMetric['reading']

/** What to measure; without `wanted` every metric in every period, else those of each reading in the periods it names by index. */
export type MeasureParams = ReadParams & {
  metrics: readonly AnyMetric[]
  context: MeasureContext
  wanted?: ReadonlyMap<AnyReading, readonly number[]>
  /** Told, of each period read: when the reading may tell another number though nothing happens; null for never. */
  onRead?: (reading: AnyReading, period: number, changesAt: Date | null) => void
  /** Handed the row itself, over what the metrics of the reading were measured of: without flat chats where those leave them out. */
  onRow?: (reading: AnyReading, period: number, row: unknown) => void
}

/** Rows of this many periods are held at a time: those of a busy community are long. */
const PERIODS_AT_ONCE = 400

/** One row a period, aligned with `periods`; a period of which the reading has nothing to say gets its empty row. */
export const readPeriods = async <Row>(db: Pool | ClientBase, reading: Reading<Row>, params: ReadParams): Promise<Row[]> => {
  const { communityId, timeZone, knownBy, periods, isNow = false } = params
  const rows: Row[] = periods.map(() => reading.empty)
  if (periods.length === 0) return rows
  const isQuick = isNow === 'then too' || (isNow && !periods.some((period) => period.is_as_known_then))
  const found = await db.query<Row & { period_no: number }>((isQuick && reading.now?.sql) || reading.sql, [
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

/** The metrics of each distinct reading. */
export const metricsByReading = (metrics: readonly AnyMetric[]): Map<AnyReading, AnyMetric[]> => Map.groupBy(metrics, (m) => m.reading)

/**
 * Every metric in every period, aligned with `periods`, series in no particular order. Each distinct reading runs once over all of them; what the
 * sources cannot tell is "not available", and what is about persons is withheld where a period is too anonymous.
 */
export const measurePeriods = async (db: Pool | ClientBase, params: MeasureParams): Promise<MeasuredPeriod[]> => {
  const { metrics, context, wanted, onRead, onRow, ...read } = params
  const everywhere = params.periods.map((_, i) => i)
  const results: MeasuredPeriod[] = params.periods.map(() => new Map())
  const byReading = metricsByReading(metrics)
  const indexesOf = (reading: AnyReading): readonly number[] => (wanted ? (wanted.get(reading) ?? []) : everywhere)

  const isPersonal = new Set<number>()
  for (const [reading, some] of byReading)
    if (some.some((metric) => metric.is_per_person)) for (const i of indexesOf(reading)) isPersonal.add(i)
  const personal = [...isPersonal]
  const anonymous = new Map<number, Anonymity>()
  const rows = await readPeriods(db, anonymity, { ...read, periods: periodsAt(params, personal) })
  for (const [i, row] of rows.entries()) anonymous.set(personal[i] as number, row)

  const inferred = await readInference(db, params, byReading, indexesOf)

  for (const [reading, all] of byReading) {
    const indexes = indexesOf(reading)
    const [over = [], without = []] = [false, true].map((is) => all.filter((metric) => leavesChatsOut(metric, context.threads) === is))
    // a stock passes over all changes on each run, so it reads all periods in one
    const step = reading.reach === 'onward' ? Math.max(1, indexes.length) : PERIODS_AT_ONCE
    for (let from = 0; from < indexes.length; from += step) {
      const part = indexes.slice(from, from + step)
      const changesAt = new Map<number, Date | null>()
      for (const [some, asked] of [[over, reading] as const, [without, withoutChats<unknown>(reading)] as const]) {
        if (some.length === 0) continue
        const found = await readPeriods<unknown>(db, asked, { ...read, periods: periodsAt(params, part) })
        for (const [at, row] of found.entries()) {
          const i = part[at] as number
          const result = results[i] as MeasuredPeriod
          onRow?.(reading, i, row)
          for (const metric of some)
            for (const [key, measured] of row === reading.empty ? emptyPointsOf(metric, context) : measureRow(metric, row, context)) {
              const shown = metric.is_per_person ? protect(measured, anonymous.get(i)) : measured
              result.set(key, markInferred(metric, shown, inferred.get(i) ?? inference.empty, context.threads))
            }
          changesAt.set(i, sooner(changesAt.get(i) ?? null, reading.changesAt?.(row, params.knownBy) ?? null))
        }
      }
      for (const [i, at] of changesAt) onRead?.(reading, i, at)
    }
  }
  return results
}

const sooner = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b < a) ? b : a)

/** What is inferred in the periods of which a metric that rests on threads is asked; nothing where all threads are said. */
const readInference = async (
  db: Pool | ClientBase,
  params: MeasureParams,
  byReading: ReadonlyMap<AnyReading, readonly AnyMetric[]>,
  indexesOf: (reading: AnyReading) => readonly number[],
): Promise<Map<number, Inference>> => {
  if (params.context.threads === 'said') return new Map()
  const asked = new Set<number>()
  for (const [reading, some] of byReading)
    if (some.some((metric) => threadReachOf(metric) !== null)) for (const i of indexesOf(reading)) asked.add(i)
  const indexes = [...asked]
  const rows = await readPeriods(db, inference, { ...params, periods: periodsAt(params, indexes) })
  return new Map(rows.map((row, at) => [indexes[at] as number, row]))
}

const periodsAt = ({ periods }: ReadParams, indexes: readonly number[]) => indexes.map((i) => periods[i] as ReadPeriod)

/** The points of a period in which nothing happened, by series, in the order of the metrics. */
export const emptyPoints = (metrics: readonly AnyMetric[], context: MeasureContext): MeasuredPeriod =>
  new Map(metrics.flatMap((metric) => emptyPointsOf(metric, context)))

type Points = readonly (readonly [SeriesKey, Measured])[]

// most periods of a quiet community are empty: the same points each time, by which whoever stores them knows them
const emptyByContext = new WeakMap<MeasureContext, Map<AnyMetric, Points>>()
const emptyPointsOf = (metric: AnyMetric, context: MeasureContext): Points => {
  const known = emptyByContext.get(context) ?? new Map<AnyMetric, Points>()
  emptyByContext.set(context, known)
  const points = known.get(metric) ?? measureRow(metric, metric.reading.empty, context)
  known.set(metric, points)
  return points
}

/** The series of a metric. */
export const seriesOf = (metric: AnyMetric): SeriesKey[] => metric.categories?.map((category) => `${metric.id}:${category}`) ?? [metric.id]

/** Counts below a minimum are withheld too: of whom, nobody knows. What has nothing to show keeps its own reason. */
const protect = (measured: Measured, period: Anonymity | undefined): Measured => {
  if (!period || !isTooAnonymous(period.anonymous_count, period.contribution_count)) return measured
  if (measured.status === 'not_available' || measured.status === 'not_applicable' || measured.status === 'withheld') return measured
  return withheld(period.anonymous_count, period.contribution_count)
}

const measureRow = (metric: AnyMetric, row: unknown, context: MeasureContext): Points => {
  const missing = metric.needs.filter((capability) => !context.canTell(capability))
  if (missing.length) {
    const nothing = notAvailable(missing, context.sourceNames)
    return seriesOf(metric).map((key) => [key, nothing] as const)
  }
  const found = metric.measure(row, context)
  if (metric.categories === null) return [[metric.id, found as Measured]]
  return metric.categories.map(
    (category) => [`${metric.id}:${category}`, (found as Record<string, Measured>)[category] as Measured] as const,
  )
}
