import type { Pool } from 'pg'
import type { CasePart } from '../../shared/case-parts.ts'
import type { CaseColumn } from '../../shared/contract/case-set.ts'
import type { Case, Cases } from '../../shared/contract/case.ts'
import type { Point } from '../../shared/contract/metric.ts'
import { type DayRange, daysOfLabel, grainOfLabel, isSpanLabel } from '../../shared/period.ts'
import { contextOf, loadContext, loadThreadBasis } from '../metrics/capabilities.ts'
import { casesWithoutChats } from '../metrics/cases/cases-without-chats.ts'
import { type CaseSet, type NumberCases, resolveCases } from '../metrics/cases/case-list.ts'
import { describeSet } from '../metrics/cases/describe-cases.ts'
import {
  type CaseMark,
  type CasePeriod,
  type CaseRow,
  type CaseSums,
  numeratorWithin,
  readCasePage,
  sumCases,
} from '../metrics/cases/read-cases.ts'
import { metrics } from '../metrics/catalogue.ts'
import { leavesChatsOut } from '../metrics/inferred-threads.ts'
import type { AnyMetric } from '../metrics/metric.ts'
import { BadRange } from './bad-range.ts'
import { buildHealthReport, type ReportedCommunity } from './health-report.ts'
import { pseudonym } from './pseudonym.ts'
import { buildSpans, NOTHING_KNOWN } from './spans.ts'

export type CasesQuery = {
  metric: string
  period: string
  category?: string | undefined
  part?: CasePart | undefined
  limit: number
  after?: string | undefined
}

/** There is no such metric or category, or the metric has no cases; the message says which. */
export class NoCases extends Error {
  override name = 'NoCases'
}

/** Of groups smaller than this a sponsor is not told who is in them (house rule). */
export const MIN_PEOPLE_NAMED = 5
export const HIDDEN_GROUP = `Fewer than ${MIN_PEOPLE_NAMED} people are in it, or left out of it, so a sponsor is not shown who.`

/**
 * The cases behind one point, as known now: their amounts add up to the point's own number. `isSponsor` hides who is in a
 * small group. Throws BadRange for a period or page mark that is none, NoCases where there is nothing to list.
 */
export const buildCases = async (
  pool: Pool,
  community: ReportedCommunity,
  query: CasesQuery,
  { isSponsor, now }: { isSponsor: boolean; now: Date },
): Promise<Cases> => {
  const metric = findMetric(query)
  const category = query.category ?? null
  const { from_on, to_on } = readPeriod(query.period)
  const after = query.after === undefined ? null : readMark(query.after)
  const { point, known_by, context } = await findPoint(pool, community, metric, query, now)
  const all = resolveCases(metric.cases, { category, context })
  const resolved = leavesChatsOut(metric, await loadThreadBasis(pool, community.community_id)) ? casesWithoutChats(all) : all
  const { shown, part, equals, numerator, denominator } = chooseSet(resolved, metric.id, query.part)
  const answer: Cases = {
    metric: metric.id,
    category,
    period: query.period,
    part,
    point,
    equals,
    numerator: numerator && describeSet(numerator),
    denominator: denominator && describeSet(denominator),
    shown: describeSet(shown),
    columns: [...shown.list.columns],
    total: null,
    count: 0,
    cases: [],
    next: null,
    hidden: null,
    time_zone: community.time_zone,
  }
  // a number that may not be told, or that nothing is known of, tells no cases either
  if (known_by === null || point[equals] === null) return { ...answer, hidden: point.reason }

  const period = { communityId: community.community_id, timeZone: community.time_zone, knownBy: new Date(known_by), from_on, to_on }
  const within = numerator && denominator && numeratorWithin(numerator, denominator)
  const marked = shown === denominator ? within : null
  const sums = await sumCases(pool, shown, marked, period)
  const found = { ...answer, total: sums.total, count: sums.count }
  const isHidden =
    isSponsor && isSmallGroup(within && denominator && shown !== denominator ? await sumCases(pool, denominator, within, period) : sums)
  if (isHidden && (shown.list.kind === 'people' || shown.list.kind === 'pairs' || shown.list.kind === 'changes'))
    return { ...found, hidden: HIDDEN_GROUP }
  const rows = await readPage(pool, shown, marked, period, query.limit, after)
  const last = rows.at(query.limit - 1)
  return {
    ...found,
    cases: rows.slice(0, query.limit).map((row) => toCase(row, shown.list.columns, community.community_id, isHidden)),
    next: rows.length > query.limit && last ? `${last.sort}_${last.key}` : null,
    hidden: isHidden ? HIDDEN_GROUP : null,
  }
}

/** The point of one period of a series, or of a span of days taken as one. */
const findPoint = async (pool: Pool, community: ReportedCommunity, metric: AnyMetric, query: CasesQuery, now: Date) => {
  const category = query.category ?? null
  const grain = grainOfLabel(query.period)
  if (grain === null) {
    const { known_by, spans } = await buildSpans(pool, community, [query.period], [metric.id])
    const found = spans[0]?.metrics.find((one) => one.category === category)
    if (found === undefined && known_by !== null)
      throw new BadRange(`The metric ${metric.id} is told by month only, not over a span of days.`)
    const point = found?.point ?? nothingKnown(query.period)
    return { point, known_by, context: await loadContext(pool, community.community_id) }
  }
  const report = await buildHealthReport(pool, community, { from: query.period, to: query.period, grain }, now)
  const point = report.metrics.find((series) => series.id === metric.id && series.category === category)?.points[0] as Point
  return { point, known_by: report.known_by, context: contextOf(report.sources) }
}

const nothingKnown = (period: string): Point => ({ period, ...NOTHING_KNOWN, is_unfinished: true })

const readPage = (pool: Pool, set: CaseSet, marked: CaseSet | null, period: CasePeriod, limit: number, after: CaseMark | null) =>
  readCasePage(pool, set, marked, period, { limit: limit + 1, after })

const findMetric = ({ metric: id, category }: CasesQuery): AnyMetric => {
  const metric = metrics.find((m) => m.id === id)
  if (metric === undefined) throw new NoCases(`There is no metric "${id}"; GET /api/v1/metrics lists them.`)
  const { categories } = metric
  if (categories === null && category !== undefined) throw new NoCases(`The metric ${id} has no categories; leave \`category\` out.`)
  if (categories !== null && (category === undefined || !categories.includes(category)))
    throw new NoCases(`The metric ${id} needs a category, one of: ${categories.join(', ')}.`)
  return metric
}

const chooseSet = (resolved: NumberCases, id: string, part: CasePart | undefined) => {
  if ('none' in resolved) throw new NoCases(`The metric ${id} has no list of cases: ${resolved.none}`)
  if ('set' in resolved) {
    if (part !== undefined) throw new NoCases(`The metric ${id} is no fraction; leave \`part\` out.`)
    return { shown: resolved.set, part: null, equals: resolved.equals, numerator: null, denominator: null }
  }
  const side = part ?? 'denominator'
  return { shown: resolved[side], part: side, equals: side, numerator: resolved.numerator, denominator: resolved.denominator }
}

/** One to four people on their own, or beside the others, could be guessed. */
export const isSmallGroup = (sums: CaseSums): boolean =>
  [sums.people_count, sums.numerator_people_count, sums.other_people_count].some(isSmallCount)

export const isSmallCount = (people: number): boolean => people > 0 && people < MIN_PEOPLE_NAMED

/** As a reader may see it: people by pseudonym, or not at all. */
export const toCase = (row: CaseRow, columns: readonly CaseColumn[], communityId: string, isHidden: boolean): Case => ({
  key: row.key,
  amount: row.amount,
  in_numerator: row.in_numerator,
  source: (row.source as string | null) ?? null,
  id: (row.source_event_id as string | null) ?? null,
  url: row.url,
  values: Object.fromEntries(columns.map((column) => [column.id, toValue(row[column.id], column, communityId, isHidden)])),
})

const toValue = (value: unknown, { format }: CaseColumn, communityId: string, isHidden: boolean): Case['values'][string] => {
  if (value === null || value === undefined) return null
  if (format === 'person') return isHidden ? null : pseudonym(communityId, value as string)
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'boolean' || typeof value === 'number' ? value : String(value)
}

const readPeriod = (label: string): DayRange => {
  try {
    if (grainOfLabel(label) !== null || isSpanLabel(label)) return daysOfLabel(label)
  } catch {}
  throw new BadRange(
    `"${label}" is no period; write days as 2025-01-31, weeks as 2025-W05, months as 2025-01 and spans as 2025-09-01..2025-11-30.`,
  )
}

/** The place where a page begins, out of its address. */
export const readMark = (text: string): CaseMark => {
  const [, sort, key] = /^(-?(?:\d{1,20}(?:\.\d{1,12})?|Infinity))_(.{1,200})$/s.exec(text) ?? []
  if (sort === undefined || key === undefined || key.includes('\u0000'))
    throw new BadRange(`"${text}" is no page mark: pass the \`next\` of the page before as it is.`)
  return { sort, key }
}
