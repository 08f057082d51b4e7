import type { Pool } from 'pg'
import type { CasePlace, CaseState } from '../../shared/contract/case-place.ts'
import type { Point } from '../../shared/contract/metric.ts'
import { daysOfPeriod, type Grain, grainOfLabel, periodOfDay } from '../../shared/period.ts'
import { eventKey } from '../ingest/keys.ts'
import { contextOf, loadThreadBasis } from '../metrics/capabilities.ts'
import { type CaseTarget, findLists, type ListedSet, listSets } from '../metrics/cases/find-lists.ts'
import { describeSet } from '../metrics/cases/describe-cases.ts'
import { type CasePeriod, readCasePage } from '../metrics/cases/read-cases.ts'
import { localDay } from '../rollup/data-span.ts'
import { BadRange } from './bad-range.ts'
import { NoCases, toCase } from './cases.ts'
import { buildHealthReport, type ReportedCommunity } from './health-report.ts'
import { pseudonym } from './pseudonym.ts'
import { type PlaceEvent, readEpisodeOf, readPlaceEvent, readThreadAround } from './read-case-place.ts'

/** By the event that it is, or by its key in the list of a metric and period. */
export type CasePlaceQuery =
  | { source: string; id: string; grain: Grain }
  | { metric: string; category?: string | undefined; period: string; key: string; grain: Grain }

/** A case is one person's, or a pair's: the smallest group there is. */
export const HIDDEN_PERSON = 'A sponsor is not shown who is behind a single case.'
const HIDDEN_CASE = 'A sponsor is not shown single people, pairs and changes of membership.'

type Reader = { isSponsor: boolean; now: Date }
type Asked = { grain: Grain; day: string }

/**
 * One case: what it is, what stands around it, and which lists of cases of its day, week or month hold it, as known now. The lists
 * are asked themselves. Throws NoCases where there is no such case, BadRange for a period that is none.
 */
export const buildCasePlace = async (
  pool: Pool,
  community: ReportedCommunity,
  query: CasePlaceQuery,
  reader: Reader,
): Promise<CasePlace> => ('key' in query ? placeOfKey(pool, community, query, reader) : placeOfEvent(pool, community, query, reader))

const placeOfEvent = async (
  pool: Pool,
  community: ReportedCommunity,
  { source, id, grain }: { source: string; id: string; grain: Grain },
  { isSponsor, now }: Reader,
): Promise<CasePlace> => {
  const event = await readPlaceEvent(pool, community.community_id, eventKey(source, id))
  if (event === null) throw new NoCases(`The community holds no event "${id}" of the source "${source}".`)
  const day = await localDay(pool, event.occurred_at, community.time_zone)
  const isChange = event.type.startsWith('member.')
  const show = describeWith(community, isSponsor)
  const [thread, episode, counted] = await Promise.all([
    readThreadAround(pool, community.community_id, event),
    readEpisodeOf(pool, community.community_id, event),
    // a change of membership is a case of a person, whom a sponsor is not shown
    isChange && isSponsor
      ? emptyCounts({ grain, day })
      : findCounts(
          pool,
          community,
          { grain, day },
          { eventKey: event.event_key, keys: event.change_keys },
          isChange ? ['changes'] : ['questions', 'contributions', 'threads', 'practices'],
          now,
        ),
  ])
  return {
    time_zone: community.time_zone,
    grain,
    period: counted.period,
    kind: null,
    event: {
      ...show(event),
      type: event.type,
      category: event.category,
      channel: event.channel,
      removed_at: event.removed_at?.toISOString() ?? null,
      inferred: event.inferred_link,
    },
    row: null,
    thread: thread && {
      count: thread.count,
      before: thread.before,
      contributions: thread.rows.map((row) => ({ ...show(row), is_this: row.event_key === event.event_key })),
    },
    episode: episode && {
      source: episode.source,
      id: episode.source_event_id,
      asked_at: episode.asked_at.toISOString(),
      first_answered_at: episode.first_answered_at?.toISOString() ?? null,
      accepted_at: episode.accepted_at?.toISOString() ?? null,
      acknowledged_at: episode.acknowledged_at?.toISOString() ?? null,
      helper_count: episode.helper_count,
      answer_count: episode.answer_count,
    },
    counts: counted.counts,
    hidden: isSponsor ? HIDDEN_PERSON : null,
  }
}

const placeOfKey = async (
  pool: Pool,
  community: ReportedCommunity,
  query: { metric: string; category?: string | undefined; period: string; key: string; grain: Grain },
  { isSponsor, now }: Reader,
): Promise<CasePlace> => {
  const { key, period, grain } = query
  if (grainOfLabel(period) === null) throw new BadRange(`"${period}" is no day, week or month.`)
  const range = readDays(period)
  const asked = { grain, day: range.from_on }
  const report = await buildHealthReport(pool, community, { from: period, to: period, grain: grainOfLabel(period) as Grain }, now)
  const sets = await setsOf(pool, community, report, ['people', 'pairs', 'changes', 'topics', 'questions', 'contributions', 'practices'])
  const own = sets.filter((one) => one.metric === query.metric && one.category === (query.category ?? null))
  if (own.length === 0 || report.known_by === null) throw new NoCases(`There is no such list of cases.`)
  const casePeriod: CasePeriod = { ...basisOf(community), knownBy: new Date(report.known_by), ...range }
  const [holding] = (await findLists(pool, own, { eventKey: null, keys: [key] }, casePeriod)).map(({ listed }) => listed)
  if (holding === undefined) throw new NoCases(`The list holds no such case.`)
  const { list } = holding.set
  const hidesPeople = isSponsor && (list.kind === 'people' || list.kind === 'pairs' || list.kind === 'changes')
  const empty = {
    time_zone: community.time_zone,
    grain,
    kind: list.kind,
    event: null,
    row: null,
    thread: null,
    episode: null,
  }
  if (hidesPeople) return { ...empty, ...emptyCounts(asked), hidden: HIDDEN_CASE }
  const [row] = await readCasePage(pool, holding.set, null, casePeriod, { limit: 1, after: null, key })
  const counted = await findCounts(pool, community, asked, { eventKey: null, keys: [key] }, [list.kind], now)
  return {
    ...empty,
    ...counted,
    row: row === undefined ? null : { columns: [...list.columns], case: toCase(row, list.columns, community.community_id, isSponsor) },
    hidden: isSponsor ? HIDDEN_PERSON : null,
  }
}

const readDays = (period: string) => {
  try {
    return daysOfPeriod(period, grainOfLabel(period) as Grain)
  } catch {
    throw new BadRange(`"${period}" is no day, week or month.`)
  }
}

const basisOf = (community: ReportedCommunity) => ({ communityId: community.community_id, timeZone: community.time_zone })

const emptyCounts = ({ grain, day }: Asked): Pick<CasePlace, 'period' | 'counts'> => ({ period: periodOfDay(day, grain), counts: [] })

type Report = Awaited<ReturnType<typeof buildHealthReport>>

const setsOf = async (pool: Pool, community: ReportedCommunity, report: Report, kinds: Parameters<typeof listSets>[2]) =>
  listSets(contextOf(report.sources), await loadThreadBasis(pool, community.community_id), kinds)

/** The lists of a period that hold a case, beside the numbers they are of. Numbers that are not told tell no cases either. */
const findCounts = async (
  pool: Pool,
  community: ReportedCommunity,
  { grain, day }: Asked,
  target: CaseTarget,
  kinds: Parameters<typeof listSets>[2],
  now: Date,
): Promise<Pick<CasePlace, 'period' | 'counts'>> => {
  const period = periodOfDay(day, grain)
  const report = await buildHealthReport(pool, community, { from: period, to: period, grain }, now)
  if (report.known_by === null) return emptyCounts({ grain, day })
  const pointOf = ({ metric, category }: ListedSet) =>
    report.metrics.find((series) => series.id === metric && series.category === category)?.points[0] as Point
  const sets = (await setsOf(pool, community, report, kinds)).filter((one) => pointOf(one)[one.equals] !== null)
  const casePeriod: CasePeriod = { ...basisOf(community), knownBy: new Date(report.known_by), ...daysOfPeriod(period, grain) }
  const found = await findLists(pool, sets, target, casePeriod)
  return {
    period,
    counts: found.map(({ listed, amount }) => ({
      metric: listed.metric,
      category: listed.category,
      part: listed.part,
      set: describeSet(listed.set),
      amount,
      point: pointOf(listed),
    })),
  }
}

const stateOf = (event: PlaceEvent): CaseState => {
  if (event.kind === null) return event.is_bot ? 'bot' : 'no_contribution'
  if (event.is_bot) return 'bot'
  if (event.is_quarantined) return 'quarantined'
  return event.removed_at === null ? 'counted' : 'removed'
}

const describeWith =
  ({ community_id }: ReportedCommunity, isSponsor: boolean) =>
  (event: PlaceEvent) => ({
    source: event.source,
    id: event.source_event_id,
    url: event.url,
    occurred_at: event.occurred_at.toISOString(),
    person: event.person_id === null || isSponsor ? null : pseudonym(community_id, event.person_id),
    kind: event.kind,
    is_answer: event.is_answer,
    state: stateOf(event),
  })
