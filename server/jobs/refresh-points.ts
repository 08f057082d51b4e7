import type { ClientBase } from 'pg'
import { addDays, daysOfPeriod, GRAINS, type Grain, periodOfDay, periodsBetween } from '../../shared/period.ts'
import { metrics } from '../metrics/catalogue.ts'
import { threadReachOf } from '../metrics/inferred-threads.ts'
import { isTooAnonymous } from '../metrics/measured.ts'
import { type AnyReading, emptyPoints, measurePeriods, metricsByReading, readPeriods } from '../metrics/measure-periods.ts'
import type { CommunityContext } from '../metrics/capabilities.ts'
import type { ReadPeriod } from '../metrics/reading.ts'
import { anonymity } from '../metrics/readings/anonymity.ts'
import { type Due, deleteDueOutside, readDue, writeDue } from '../metrics/store-due.ts'
import { deletePointsOutside, readWithheld, writePoints } from '../metrics/store-points.ts'
import type { DataSpan } from '../rollup/data-span.ts'
import type { RollupChange, RollupTable } from '../rollup/rollup-change.ts'

export type Plan = { communityId: string; timeZone: string; span: DataSpan; context: CommunityContext }
/** What results were last made of, and what has changed since. */
export type Since = { first_on: string; known_on: string; known_by: Date; change: RollupChange }

const readings: readonly AnyReading[] = [...metricsByReading(metrics).keys()]
const personalReadings = readings.filter((reading) => metrics.some((metric) => metric.reading === reading && metric.is_per_person))
/** Readings of which a point may change by how much of its period is inferred, which lies in all contributions of the period. */
const threadReadings = readings.filter((reading) =>
  metrics.some((metric) => metric.reading === reading && ['questions', 'starts', 'threads'].includes(threadReachOf(metric) ?? '')),
)
const grainsOf = (reading: AnyReading): readonly Grain[] => reading.grains ?? GRAINS
/** A row as known now can only differ where one of these does. */
const tablesOf = (reading: AnyReading) => (reading.now?.tables ?? reading.tables) as readonly RollupTable[]

/** By grain and first day, the readings to be asked again. */
type Asked = Record<Grain, Map<string, Set<AnyReading>>>

/** Measures and stores the points that may have changed, all of them when `since` is null. Returns how many periods. */
export const refreshPoints = async (client: ClientBase, plan: Plan, since: Since | null): Promise<number> => {
  const { communityId, span } = plan
  const reach = { day: reachOf(span, 'day'), week: reachOf(span, 'week'), month: reachOf(span, 'month') }
  for (const grain of GRAINS) await deletePointsOutside(client, communityId, grain, ...(since ? reach[grain] : NO_DAYS))
  await deleteDueOutside(client, communityId, since && { first_on: reach.month[0], last_on: reach.day[1] })
  const asked: Asked = { day: new Map(), week: new Map(), month: new Map() }
  const ask = (grain: Grain, from_on: string, reading: AnyReading) => {
    if (from_on < reach[grain][0] || from_on > reach[grain][1] || !grainsOf(reading).includes(grain)) return
    asked[grain].set(from_on, (asked[grain].get(from_on) ?? new Set()).add(reading))
  }
  const askAll = (grain: Grain, from: string, to: string, some: readonly AnyReading[]) => {
    if (from > to) return
    for (const from_on of firstDays(from, to, grain)) for (const reading of some) ask(grain, from_on, reading)
  }

  for (const grain of GRAINS) {
    const [first, last] = reach[grain]
    if (since === null) askAll(grain, first, last, readings)
    else {
      // periods that were not there before
      const [firstBefore, lastBefore] = reachOf(since, grain)
      if (first < firstBefore) askAll(grain, first, addDays(firstBefore, -1), readings)
      if (last > lastBefore) askAll(grain, periodOf(lastBefore, grain).to_on, last, readings)
      for (const reading of readings) {
        const days = tablesOf(reading).flatMap((table) => [...(since.change.get(table) ?? [])])
        const begins = new Set(days.map((day) => firstDay(day, grain)))
        if (reading.reach === 'own-period') for (const from_on of begins) ask(grain, from_on, reading)
        else {
          // what had not ended before may count to a later end now
          const earliest = [lastBefore, ...begins].reduce((a, b) => (a < b ? a : b))
          askAll(grain, earliest > first ? earliest : first, last, [reading])
        }
      }
    }
  }
  if (since) {
    if (since.known_by < span.known_by)
      for (const due of await readDue(client, communityId, span.known_by))
        for (const reading of readings) if (reading.id === due.reading) ask(due.grain, due.from_on, reading)
    if (plan.context.threads !== 'said')
      for (const day of ['contribution' as const, 'contribution_day' as const].flatMap((table) => [...(since.change.get(table) ?? [])]))
        for (const grain of GRAINS) for (const reading of threadReadings) ask(grain, firstDay(day, grain), reading)
    for (const grain of GRAINS) {
      const from_ons = [...new Set([...(since.change.get('contribution_day') ?? [])].map((day) => firstDay(day, grain)))]
      for (const from_on of await findAnonymous(client, plan, grain, from_ons))
        for (const reading of personalReadings) ask(grain, from_on, reading)
    }
  }
  return measureAndWrite(client, plan, asked)
}

const NO_DAYS: [string, string] = ['infinity', '-infinity']
const firstDay = (day: string, grain: Grain) => daysOfPeriod(periodOfDay(day, grain), grain).from_on
/** The first days of the first and the last period there is. */
const reachOf = ({ first_on, known_on }: Pick<DataSpan, 'first_on' | 'known_on'>, grain: Grain): [string, string] => [
  firstDay(first_on, grain),
  firstDay(known_on, grain),
]
const firstDays = (from: string, to: string, grain: Grain): string[] =>
  periodsBetween(periodOfDay(from, grain), periodOfDay(to, grain), grain).map((label) => daysOfPeriod(label, grain).from_on)

/** Of the periods whose contributions changed, those too anonymous to speak of persons, now or when they were stored. */
const findAnonymous = async (client: ClientBase, plan: Plan, grain: Grain, from_ons: string[]): Promise<string[]> => {
  if (from_ons.length === 0) return []
  const { communityId, timeZone, span } = plan
  const periods = from_ons.map((day) => periodOf(day, grain))
  const rows = await readPeriods(client, anonymity, { communityId, timeZone, knownBy: span.known_by, periods, isNow: true })
  const withheld = await readWithheld(client, communityId, grain, from_ons)
  return from_ons.filter((day, i) => {
    const row = rows[i]
    return withheld.has(day) || (row !== undefined && isTooAnonymous(row.anonymous_count, row.contribution_count))
  })
}

const periodOf = (from_on: string, grain: Grain): ReadPeriod => ({
  ...daysOfPeriod(periodOfDay(from_on, grain), grain),
  is_as_known_then: false,
})

const measureAndWrite = async (client: ClientBase, plan: Plan, asked: Asked): Promise<number> => {
  const { communityId, timeZone, span, context } = plan
  const all = GRAINS.flatMap((grain) => [...asked[grain]].map(([from_on, some]) => ({ grain, from_on, some })))
  if (all.length === 0) return 0
  const wanted = new Map<AnyReading, number[]>(readings.map((reading) => [reading, []]))
  for (const [i, { some }] of all.entries()) for (const reading of some) wanted.get(reading)?.push(i)
  const due: Due[] = []
  const measured = await measurePeriods(client, {
    communityId,
    timeZone,
    knownBy: span.known_by,
    periods: all.map(({ grain, from_on }) => periodOf(from_on, grain)),
    isNow: true,
    metrics,
    context,
    wanted,
    onRead: (reading, i, due_at) => {
      const { grain, from_on } = all[i] as (typeof all)[number]
      if (reading.changesAt) due.push({ grain, from_on, reading: reading.id, due_at })
    },
  })
  const empty = emptyPoints(metrics, context)
  for (const grain of GRAINS) {
    const rows = all.flatMap((period, i) => (period.grain === grain ? [{ from_on: period.from_on, points: measured[i] ?? new Map() }] : []))
    if (rows.length) await writePoints(client, communityId, grain, empty, rows)
  }
  if (due.length) await writeDue(client, communityId, due)
  return all.length
}
