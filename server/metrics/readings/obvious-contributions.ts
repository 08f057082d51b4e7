import { exchangeOf } from '../given-rows.ts'
import { spreadOf } from '../statistics/spread.ts'
import type { Anonymity } from './anonymity.ts'
import type { ContentCategory, ContentMixCounts } from './content-mix-counts.ts'
import { ANSWER_DAYS, type Episodes } from './episodes.ts'
import type { HelpExchange } from './help-exchange.ts'
import type { HelpGraph } from './help-graph.ts'
import type { HostCounts } from './host-counts.ts'
import type { Span } from './obvious-time.ts'
import type { PersonCounts } from './person-counts.ts'
import type { Contribution, Written } from './random-contributions.ts'
import type { TopHost } from './top-host.ts'
import type { VoiceCounts } from './voice-counts.ts'

/** For tests: the readings over contributions once more, slowly and without SQL, one definition after the other. */

const DAY = 86_400_000

export const isVisible = (c: Contribution, span: Span): boolean =>
  c.occurred_at < span.known_by && (c.removed_at === null || c.removed_at >= span.known_by) && !c.is_bot && !c.is_quarantined
const visible = ({ contributions }: Written, span: Span) => contributions.filter((c) => isVisible(c, span))
/** What is counted of a span. */
export const inSpan = (data: Written, span: Span) =>
  visible(data, span).filter((c) => c.occurred_at >= span.starts_at && c.occurred_at < span.ends_at)
const tally = (keys: (string | null)[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
/** Falling by count, then by id. */
const ranked = (counts: Map<string, number>) => [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))

export const obviousPersonCounts = (data: Written, span: Span): PersonCounts => {
  const rows = inSpan(data, span)
  const people = ranked(tally(rows.map((c) => c.person_id))).map(([id]) => id)
  const byPerson = (some: Contribution[]) => people.map((id) => some.filter((c) => c.person_id === id).length)
  return {
    contribution_count: rows.length,
    anonymous_count: rows.filter((c) => c.person_id === null).length,
    start_count: rows.filter((c) => c.is_start).length,
    answer_count: rows.filter((c) => c.is_answer).length,
    person_ids: people,
    contributions_by_person: byPerson(rows),
    starts_by_person: byPerson(rows.filter((c) => c.is_start)),
    answers_by_person: byPerson(rows.filter((c) => c.is_answer)),
  }
}

/** The person who started its thread, at any time. */
export const hostOf = (data: Written, c: Contribution, span: Span): string | null => {
  const start = data.contributions.find((s) => s.event_key === c.start_key)
  const stands =
    start && start.occurred_at < span.known_by && (start.removed_at === null || start.removed_at >= span.known_by) && !start.is_bot
  return stands ? start.person_id : null
}

export const obviousHostCounts = (data: Written, span: Span): HostCounts => {
  const rows = inSpan(data, span)
  const hosts = ranked(tally(rows.map((c) => hostOf(data, c, span))))
  return { contribution_count: rows.length, contributions_by_host: hosts.map(([, count]) => count), host_ids: hosts.map(([id]) => id) }
}

export const obviousTopHost = (data: Written, span: Span): TopHost => {
  const { contribution_count, contributions_by_host } = obviousHostCounts(data, span)
  return { contribution_count, top_host_count: Math.max(0, ...contributions_by_host) }
}

export const categoryOf = (data: Written, c: Contribution, span: Span): ContentCategory => {
  if (c.kind === 'edit' || c.kind === 'task' || c.thread_kind === 'work') return 'work'
  if (c.kind === 'announcement') return 'news'
  if (c.kind === 'question' || c.kind === 'answer' || c.is_answer) return 'help'
  const people = new Set(
    visible(data, span)
      .filter((other) => other.thread_key === c.thread_key)
      .map((other) => other.person_id ?? 'anonymous'),
  ).size
  return people >= 2 ? 'discussion' : c.is_start ? 'broadcast' : 'other'
}

export const obviousContentMix = (data: Written, span: Span): ContentMixCounts => {
  const mix = { help: 0, discussion: 0, broadcast: 0, news: 0, work: 0, other: 0 }
  for (const c of inSpan(data, span)) mix[categoryOf(data, c, span)] += 1
  return mix
}

export const obviousAnonymity = (data: Written, span: Span): Anonymity => {
  const rows = inSpan(data, span)
  return { contribution_count: rows.length, anonymous_count: rows.filter((c) => c.person_id === null).length }
}

export const obviousVoiceCounts = (data: Written, span: Span): VoiceCounts => {
  const row = obviousPersonCounts(data, span)
  const { contribution_count, start_count, answer_count } = row
  return {
    contribution_count,
    start_count,
    answer_count,
    contributions: spreadOf(row.contributions_by_person),
    starts: spreadOf(row.starts_by_person),
    answers: spreadOf(row.answers_by_person),
  }
}

export const obviousEpisodes = (data: Written, span: Span): Episodes => {
  const found: Episodes = {
    question_count: 0,
    elsewhere_count: 0,
    ripe_count: 0,
    ripe_answered_count: 0,
    ripe_accepted_count: 0,
    answer_seconds: [],
    waiting_seconds: [],
    oldest_unripe_seconds: null,
  }
  for (const q of inSpan(data, span).filter((c) => c.kind === 'question')) {
    found.question_count += 1
    if (q.is_answered_elsewhere) {
      found.elsewhere_count += 1
      continue
    }
    const answers = visible(data, span).filter((c) => c.question_key === q.event_key)
    const answeredAt = answers.length ? Math.min(...answers.map((c) => c.occurred_at)) : null
    const isAccepted = data.acceptances.some(
      (a) =>
        a.question_key === q.event_key &&
        a.accepted_at < span.known_by &&
        (a.unaccepted_at === null || a.unaccepted_at >= span.known_by) &&
        visible(data, span).some((c) => c.event_key === a.answer_key),
    )
    const isRipe = span.known_by - q.occurred_at >= ANSWER_DAYS * DAY
    const age = (span.known_by - q.occurred_at) / 1000
    if (!isRipe) found.oldest_unripe_seconds = Math.max(found.oldest_unripe_seconds ?? age, age)
    if (isRipe) found.ripe_count += 1
    if (isRipe && answeredAt !== null && answeredAt - q.occurred_at <= ANSWER_DAYS * DAY) found.ripe_answered_count += 1
    if (isRipe && isAccepted) found.ripe_accepted_count += 1
    if (answeredAt === null) found.waiting_seconds.push((span.known_by - q.occurred_at) / 1000)
    else found.answer_seconds.push((answeredAt - q.occurred_at) / 1000)
  }
  const rising = (a: number, b: number) => a - b
  return { ...found, answer_seconds: found.answer_seconds.toSorted(rising), waiting_seconds: found.waiting_seconds.toSorted(rising) }
}

export const obviousHelpGraph = (data: Written, span: Span): HelpGraph => {
  const all = visible(data, span)
  const edges: string[] = []
  for (const q of all)
    for (const helper of new Set(all.map((c) => c.person_id))) {
      if (helper === null || q.person_id === null || helper === q.person_id) continue
      const times = all.filter((c) => c.person_id === helper && c.question_key === q.event_key).map((c) => c.occurred_at)
      const first = Math.min(...times)
      if (first >= span.starts_at && first < span.ends_at) edges.push(`${helper} ${q.person_id}`)
    }
  const weights = [...tally(edges)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const asked = inSpan(data, span).flatMap((c) => (c.kind === 'question' && c.person_id ? [c.person_id] : []))
  return {
    helper_ids: weights.map(([edge]) => edge.split(' ')[0] as string),
    asker_ids: weights.map(([edge]) => edge.split(' ')[1] as string),
    weights: weights.map(([, weight]) => weight),
    people_who_asked: [...new Set(asked)].toSorted(),
  }
}

export const obviousHelpExchange = (data: Written, span: Span): HelpExchange => exchangeOf(obviousHelpGraph(data, span))
