import { localDayOf } from './obvious-rollups.ts'
import {
  obviousObservations,
  obviousObservers,
  obviousPracticeStock,
  obviousPractices,
  obviousUses,
  type Told,
} from '../../rollup/obvious-observing.ts'
import type { FirstObservations } from './first-observations.ts'
import { obviousHelpGraph } from './obvious-contributions.ts'
import type { Span } from './obvious-time.ts'
import type { HelpStructure } from './help-structure.ts'
import type { Observing } from './observing.ts'
import type { PracticeCounts } from './practice-counts.ts'
import type { PracticeStock } from './practice-stock.ts'
import type { Written } from './random-contributions.ts'

/** For tests: the readings of observing, practices and structure once more, slowly and without SQL. */

/** What was known at a time: what came later is not there, what was taken back later still stands. */
const knownAt = (told: Told, at: number): Told => ({
  ...told,
  events: told.events.filter((e) => e.occurred_at < at),
  contributions: told.contributions
    .filter((c) => c.occurred_at < at)
    .map((c) => ({ ...c, removed_at: c.removed_at !== null && c.removed_at >= at ? null : c.removed_at })),
  acceptances: told.acceptances
    .filter((a) => a.accepted_at < at)
    .map((a) => ({ ...a, unaccepted_at: a.unaccepted_at !== null && a.unaccepted_at >= at ? null : a.unaccepted_at })),
})

const isIn = (at: number, span: Span) => at >= span.starts_at && at < span.ends_at
const NO_ACTIVITY = ['member.joined', 'member.left', 'content.deleted']

/** Members by their joins and leaves, the cautious one last where both are of one instant. */
const membersOf = (told: Told, at: number): Set<string> => {
  const moves = told.events
    .filter((e) => (e.type === 'member.joined' || e.type === 'member.left') && e.person_id !== null && !e.is_bot)
    .toSorted((a, b) => a.occurred_at - b.occurred_at || (a.type < b.type ? -1 : 1))
  const members = new Set<string>()
  for (const person of new Set(moves.map((e) => e.person_id as string))) {
    const own = moves.filter((e) => e.person_id === person)
    const before = own.filter((e) => e.occurred_at < at).at(-1)
    // somebody whose first move is to leave had been a member since before the data
    if (before ? before.type === 'member.joined' : own[0]?.type === 'member.left') members.add(person)
  }
  return members
}

export const obviousObserving = (everything: Told, span: Span): Observing => {
  const told = knownAt(everything, span.known_by)
  const end = Math.min(span.ends_at, span.known_by)
  // whether a leave is the first move is known from all events
  const members = membersOf(everything, end)
  const observers = new Set(obviousObservations(told).flatMap((o) => (o.is_counted && isIn(o.viewed_at, span) ? [o.person_id] : [])))
  const seen = told.events.filter((e) => e.person_id !== null && !e.is_bot && e.occurred_at < end && !NO_ACTIVITY.includes(e.type))
  return {
    observer_count: observers.size,
    member_observer_count: observers.intersection(members).size,
    members_at_end: members.size,
    seen_at_end: new Set(seen.map((e) => e.person_id)).size,
  }
}

export const obviousFirstObservations = (everything: Told, span: Span): FirstObservations => {
  const found: FirstObservations = { contributed_seconds: [], waiting_seconds: [] }
  for (const o of obviousObservers(knownAt(everything, span.known_by))) {
    if (!isIn(o.first_viewed_at, span)) continue
    if (o.first_contribution_at === null) found.waiting_seconds.push((span.known_by - o.first_viewed_at) / 1000)
    else if (o.first_contribution_at >= o.first_viewed_at)
      found.contributed_seconds.push((o.first_contribution_at - o.first_viewed_at) / 1000)
  }
  const rising = (a: number, b: number) => a - b
  return {
    contributed_seconds: found.contributed_seconds.toSorted(rising),
    waiting_seconds: found.waiting_seconds.toSorted(rising),
  }
}

export const obviousPracticeCounts = (everything: Told, span: Span): PracticeCounts => {
  const told = knownAt(everything, span.known_by)
  const used = (use: string) =>
    new Set(obviousUses(told).flatMap((u) => (u.is_counted && u.use === use && isIn(u.used_at, span) ? [u.practice_key] : []))).size
  return {
    shared_count: obviousPractices(told).filter((p) => p.removed_at === null && isIn(p.shared_at, span)).length,
    viewed_count: used('viewed'),
    reused_count: used('reused'),
  }
}

export const obviousPracticesAtEnd = (everything: Told, span: Span): PracticeStock => {
  const end = Math.min(span.ends_at, span.known_by)
  const told = knownAt(everything, span.known_by)
  const untilEnd = { ...told, events: told.events.filter((e) => e.occurred_at < end || e.type === 'content.deleted') }
  const [stock] = obviousPracticeStock(untilEnd, [localDayOf(end - 1, told.timeZone)])
  return { practice_count: stock?.shared ?? 0, untouched_count: (stock?.shared ?? 0) - (stock?.touched ?? 0) }
}

export const obviousStructure = (everything: Told, span: Span): HelpStructure => {
  const graph = obviousHelpGraph({ contributions: everything.contributions } as Written, span)
  const active = knownAt(everything, span.known_by).contributions.filter(
    (c) => isIn(c.occurred_at, span) && c.removed_at === null && !c.is_bot && !c.is_quarantined && c.person_id !== null,
  )
  const nodes = [...new Set([...active.map((c) => c.person_id as string), ...graph.helper_ids, ...graph.asker_ids])].toSorted()
  const ties = new Set(
    graph.helper_ids.map((helper, i) =>
      [nodes.indexOf(helper), nodes.indexOf(graph.asker_ids[i] as string)].toSorted((a, b) => a - b).join(' '),
    ),
  )
  const pairs = [...ties].map((tie) => tie.split(' ').map(Number) as [number, number]).toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  return { node_count: nodes.length, tie_from: pairs.map(([a]) => a), tie_to: pairs.map(([, b]) => b) }
}
