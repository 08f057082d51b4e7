import { hash } from 'node:crypto'
import type { Pool } from 'pg'
import type { Point } from '../../shared/contract/metric.ts'
import type { Network } from '../../shared/contract/network.ts'
import { formatCount } from '../../shared/format.ts'
import { daysOfLabel, spanLabel } from '../../shared/period.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { leavesChatsOut, withoutChats } from '../metrics/inferred-threads.ts'
import { readPeriods } from '../metrics/measure-periods.ts'
import { type HelpGraph, helpGraph } from '../metrics/readings/help-graph.ts'
import { directReciprocity } from '../metrics/reciprocity/direct-reciprocity.ts'
import { twoWayShare } from '../metrics/reciprocity/two-way-share.ts'
import { giantComponentShare } from '../metrics/structure/giant-component-share.ts'
import { HIDDEN_GROUP, isSmallGroup } from './cases.ts'
import type { ReportedCommunity } from './health-report.ts'
import { keepMostTied } from './keep-most-tied.ts'
import { pseudonym } from './pseudonym.ts'
import { buildSpans } from './spans.ts'

/** What one answer lists at most: what a browser on a plain machine still lays out in seconds and moves without a stutter (measured). */
export const MAX_PEOPLE = 5000
export const MAX_TIES = 20_000

const METRICS = [twoWayShare, giantComponentShare, directReciprocity]
const NOBODY: Pick<Network, 'people' | 'ties'> = {
  people: { key: [], pseudonym: [], name: null, gave: [], received: [] },
  ties: { helper: [], helped: [], count: [] },
}

export type NetworkViewer = { isSponsor: boolean; withNames: boolean }

/**
 * Who helped whom over local days, both included, as known now: the ties that two-way share and direct reciprocity count over the
 * same span. Nobody is listed where those are withheld, nor to a sponsor where a group is small. Throws BadRange.
 */
export const buildNetwork = async (
  pool: Pool,
  community: ReportedCommunity,
  { from, to }: { from: string; to: string },
  { isSponsor, withNames }: NetworkViewer,
  limits = { people: MAX_PEOPLE, ties: MAX_TIES },
): Promise<Network> => {
  const period = spanLabel(from, to)
  const { known_by, spans } = await buildSpans(
    pool,
    community,
    [period],
    METRICS.map(({ id }) => id),
  )
  const [span] = spans
  const empty = { period, known_by, is_unfinished: false, is_inferred: false, whole: null, metrics: [], left_out: null, hidden: null }
  if (known_by === null || span === undefined) return { ...empty, ...NOBODY }
  const metrics = METRICS.flatMap(({ id }) => span.metrics.filter((one) => one.id === id).map(({ point }) => ({ id, point })))
  const twoWay = metrics[0]?.point
  if (twoWay === undefined) return { ...empty, ...NOBODY }
  const told = { ...empty, is_unfinished: span.is_unfinished, is_inferred: twoWay.is_inferred === true, metrics }
  const withheld = whyWithheld(twoWay)
  if (withheld !== null) return { ...told, ...NOBODY, hidden: withheld }

  const graph = await readGraph(pool, community, period, new Date(known_by))
  const people = listPeople(community.community_id, graph)
  const whole = {
    people: people.length,
    gave: people.filter(({ gave }) => gave > 0).length,
    received: people.filter(({ received }) => received > 0).length,
    both: people.filter(({ gave, received }) => gave > 0 && received > 0).length,
    ties: graph.weights.length,
    helps: graph.weights.reduce((sum, weight) => sum + weight, 0),
  }
  const hidden = whyHidden(twoWay, isSponsor)
  if (hidden !== null) return { ...told, ...NOBODY, whole, hidden }

  const place = new Map(people.map(({ id }, i) => [id, i]))
  const placesOf = (ids: readonly string[]) => ids.map((id) => place.get(id) as number)
  const [helper, helped] = [placesOf(graph.helper_ids), placesOf(graph.asker_ids)]
  const kept = keepMostTied(people.length, { helper, helped }, limits.people, limits.ties)
  const newPlace = new Map(kept.map((old, i) => [old, i]))
  const ties = [...graph.weights.keys()].filter((i) => newPlace.has(helper[i] as number) && newPlace.has(helped[i] as number))
  const shown = kept.map((i) => people[i] as (typeof people)[number])
  const names = withNames ? await readNames(pool, community.community_id, shown) : null
  return {
    ...told,
    whole,
    people: {
      key: shown.map(({ key }) => key),
      pseudonym: shown.map((person) => person.pseudonym),
      name: names && shown.map(({ id }) => names.get(id) ?? null),
      gave: shown.map(({ gave }) => gave),
      received: shown.map(({ received }) => received),
    },
    ties: {
      helper: ties.map((i) => newPlace.get(helper[i] as number) as number),
      helped: ties.map((i) => newPlace.get(helped[i] as number) as number),
      count: ties.map((i) => graph.weights[i] as number),
    },
    left_out:
      shown.length === people.length
        ? null
        : {
            people: people.length - shown.length,
            ties: whole.ties - ties.length,
            rule: `Listed are the ${formatCount(shown.length)} people tied by help to most others, with the help among them; how often each gave and received is told in full.`,
          },
  }
}

const whyWithheld = ({ status, reason }: Point): string | null =>
  status === 'withheld' || status === 'not_available' ? (reason ?? 'It may not be told.') : null

/**
 * Why a reader is not shown who helped whom, by the point of two-way share over the same days: as its own cases are, since both
 * tell those who did both from the others. Null where nothing is in the way.
 */
export const whyHidden = (twoWay: Point, isSponsor: boolean): string | null => {
  const withheld = whyWithheld(twoWay)
  if (withheld !== null || !isSponsor) return withheld
  const [both, people] = [twoWay.numerator ?? 0, twoWay.denominator ?? 0]
  const sums = { people_count: people, numerator_people_count: both, other_people_count: people - both, count: people, total: people }
  return isSmallGroup(sums) ? HIDDEN_GROUP : null
}

/** The same ties as the metrics count: where a community has threads as well as flat chats, those of threads alone. */
const readGraph = async (pool: Pool, community: ReportedCommunity, period: string, knownBy: Date): Promise<HelpGraph> => {
  const { community_id: communityId, time_zone: timeZone } = community
  const { threads } = await loadContext(pool, communityId)
  const reading = leavesChatsOut(twoWayShare, threads) ? withoutChats(helpGraph) : helpGraph
  const periods = [{ ...daysOfLabel(period), is_as_known_then: false }]
  const [graph = helpGraph.empty] = await readPeriods(pool, reading, { communityId, timeZone, knownBy, periods, isNow: true })
  return graph
}

type Person = { id: string; key: string; pseudonym: string; gave: number; received: number }

/** Everyone with a tie, by pseudonym: an order that says nothing about them. */
const listPeople = (communityId: string, graph: HelpGraph): Person[] => {
  const people = new Map<string, Person>()
  const personOf = (id: string): Person => {
    const known = people.get(id)
    if (known) return known
    const person = { id, key: personKeyOf(communityId, id), pseudonym: pseudonym(communityId, id), gave: 0, received: 0 }
    people.set(id, person)
    return person
  }
  for (const [i, weight] of graph.weights.entries()) {
    personOf(graph.helper_ids[i] as string).gave += weight
    personOf(graph.asker_ids[i] as string).received += weight
  }
  return [...people.values()].sort((a, b) => (a.pseudonym + a.key < b.pseudonym + b.key ? -1 : 1))
}

/** Names a person in addresses and, of its id, gives nothing away; shorter than the key of a case, of which it is the beginning. */
const personKeyOf = (communityId: string, personId: string): string => hash('md5', `${communityId}${personId}`).slice(0, 16)

/** By person id, the name of the first of their accounts that has one. */
const readNames = async (pool: Pool, communityId: string, people: readonly { id: string }[]): Promise<Map<string, string>> => {
  const { rows } = await pool.query<{ person_id: string; name: string }>(
    `select distinct on (person_id) person_id, display_name as name
     from identity
     where community_id = $1 and person_id = any ($2::uuid[]) and display_name is not null
     order by person_id, source collate "C", source_actor_id collate "C"`,
    [communityId, people.map(({ id }) => id)],
  )
  return new Map(rows.map(({ person_id, name }) => [person_id, name]))
}
