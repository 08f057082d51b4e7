import type { Pool } from 'pg'
import { type Helping, type HelpingStep, TOPIC_QUARTERS, type TopicQuarter } from '../../shared/contract/helping.ts'
import type { Measured } from '../../shared/contract/metric.ts'
import { spanLabel } from '../../shared/period.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { metrics } from '../metrics/catalogue.ts'
import type { CasePeriod } from '../metrics/cases/read-cases.ts'
import { leavesChatsOut } from '../metrics/inferred-threads.ts'
import { found, foundShare, notApplicable } from '../metrics/measured.ts'
import { type MeasuredPeriod, measurePeriods } from '../metrics/measure-periods.ts'
import type { AnyMetric } from '../metrics/metric.ts'
import { type Episodes, episodes } from '../metrics/readings/episodes.ts'
import { localDay } from '../rollup/data-span.ts'
import { describeAnswerTimes } from './answer-times.ts'
import type { ReportedCommunity } from './health-report.ts'
import { NOTHING_KNOWN, readSpan } from './spans.ts'
import { noTopics, readTopics } from './topic-list.ts'

/** Everything told here is one of these, or rests on the same rows. */
const METRICS = [
  'questions',
  'answered-share',
  'accepted-share',
  'acknowledged-share',
  'time-to-first-answer',
  'time-to-first-answer-p90',
  'topic-quadrant',
  'topics-on-one-helper',
] as const
type MetricId = (typeof METRICS)[number]
const helpingMetrics: readonly AnyMetric[] = metrics.filter(({ id }) => (METRICS as readonly string[]).includes(id))

export type HelpingQuery = {
  /** Local days, both included. */
  from: string
  to: string
  /** How many topics are listed one by one. */
  topics: number
}

type Find = (metric: MetricId, category?: TopicQuarter) => Measured

/**
 * What became of the questions asked in a span of days, as known now: how far they came, how long they waited, and in which
 * topics. The numbers are those of the metrics over the same span. Throws BadRange.
 */
export const buildHelping = async (pool: Pool, community: ReportedCommunity, query: HelpingQuery): Promise<Helping> => {
  const label = spanLabel(query.from, query.to)
  const range = readSpan(label)
  const { community_id: communityId, time_zone: timeZone } = community
  const { rows } = await pool.query<{ known_by: Date | null; first_event_on: string | null }>(
    'select known_by, first_event_on from community_state where community_id = $1',
    [communityId],
  )
  const { known_by: knownBy = null, first_event_on: firstOn = null } = rows[0] ?? {}
  const wholeUntil = knownBy === null ? null : await localDay(pool, knownBy, timeZone)
  if (knownBy === null || wholeUntil === null || range.from_on > wholeUntil || range.to_on <= (firstOn ?? '')) {
    const isUnfinished = wholeUntil === null || range.to_on > wholeUntil
    return { ...tellNothing(label), known_by: knownBy?.toISOString() ?? null, is_unfinished: isUnfinished }
  }
  const context = await loadContext(pool, communityId)
  let row: Episodes = episodes.empty
  const measure = async (some: readonly AnyMetric[]): Promise<MeasuredPeriod> => {
    const [measured] = await measurePeriods(pool, {
      communityId,
      timeZone,
      knownBy,
      periods: [{ ...range, is_as_known_then: false }],
      metrics: some,
      context,
      isNow: true,
      onRow: (reading, _, read) => {
        if (reading === episodes) row = read as Episodes
      },
    })
    return measured as MeasuredPeriod
  }
  // each reading passes over all questions of the span: side by side they take as long as the longest
  const byReading = [...Map.groupBy(helpingMetrics, (metric) => metric.reading).values()]
  const measured = new Map((await Promise.all(byReading.map(measure))).flatMap((some) => [...some]))
  const find: Find = (metric, category) => measured.get(category === undefined ? metric : `${metric}:${category}`) as Measured
  const isWithoutChats = leavesChatsOut(helpingMetrics.find(({ id }) => id === 'answered-share') as AnyMetric, context.threads)
  const period: CasePeriod = { communityId, timeZone, knownBy, ...range }
  const points = topicPoints(find)
  // few topics are still listed, and so are those of which nothing can be set against the others
  const hasTopics = ['ok', 'too_few'].includes(points.quarters['many-asked-few-answered'].status)
  return {
    known_by: knownBy.toISOString(),
    period: label,
    is_unfinished: range.to_on > wholeUntil,
    left_out_count: isWithoutChats ? (find('questions').value ?? 0) - row.question_count : 0,
    elsewhere_count: row.elsewhere_count,
    steps: listSteps(find, isWithoutChats),
    times: describeAnswerTimes(row, find('time-to-first-answer'), find('time-to-first-answer-p90')),
    topics: hasTopics ? await readTopics(pool, period, { limit: query.topics, isWithoutChats }, points) : noTopics(points),
  }
}

const topicPoints = (find: Find) => ({
  quarters: Object.fromEntries(TOPIC_QUARTERS.map((quarter) => [quarter, find('topic-quadrant', quarter)])) as Record<
    TopicQuarter,
    Measured
  >,
  onOneHelper: find('topics-on-one-helper'),
})

const listSteps = (find: Find, isWithoutChats: boolean): HelpingStep[] => {
  const [waited, inTime] = [find('time-to-first-answer'), find('answered-share')]
  const asked = isWithoutChats ? countWith(waited, waited.denominator) : find('questions')
  return [
    {
      id: 'asked',
      found: asked,
      // the metric questions counts those in flat chats too
      cases: isWithoutChats ? { metric: 'time-to-first-answer', part: 'denominator' } : { metric: 'questions', part: null },
    },
    { id: 'answered', found: answeredSoFar(waited), cases: { metric: 'time-to-first-answer', part: 'numerator' } },
    {
      id: 'old_enough',
      found: { ...countWith(inTime, inTime.denominator), numerator: inTime.denominator, denominator: waited.denominator ?? asked.value },
      cases: { metric: 'answered-share', part: 'denominator' },
    },
    { id: 'answered_in_time', found: inTime, cases: { metric: 'answered-share', part: 'numerator' } },
    { id: 'accepted', found: find('accepted-share'), cases: { metric: 'accepted-share', part: 'numerator' } },
    { id: 'thanked', found: find('acknowledged-share'), cases: { metric: 'acknowledged-share', part: 'numerator' } },
  ]
}

const inferredAs = ({ is_inferred, reason }: Measured) => (is_inferred === true ? { is_inferred, reason } : {})

/** A count that may be told where the other number may. */
const countWith = (other: Measured, count: number | null): Measured =>
  count === null ? other : { ...found(count, { n: count }), ...inferredAs(other) }

const answeredSoFar = (waited: Measured): Measured => {
  const { numerator, denominator } = waited
  if (numerator === null || denominator === null || denominator === 0) return waited
  const share = foundShare(numerator, denominator, '')
  return { ...share, ...inferredAs(waited) }
}

const tellNothing = (period: string): Omit<Helping, 'known_by' | 'is_unfinished'> => {
  const nothing: Find = () => ({ ...notApplicable(NOTHING_KNOWN.reason), ...NOTHING_KNOWN })
  const row = episodes.empty
  return {
    period,
    left_out_count: 0,
    elsewhere_count: 0,
    steps: listSteps(nothing, false),
    times: describeAnswerTimes(row, nothing('time-to-first-answer'), nothing('time-to-first-answer-p90')),
    topics: noTopics(topicPoints(nothing)),
  }
}
