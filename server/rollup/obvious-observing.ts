import { Temporal } from 'temporal-polyfill'
import { UNTOUCHED_DAYS } from './untouched-days.ts'

/** For tests: the rollups of observing, practices and benefits once more, slowly and without SQL, one definition after the other. */

export type ToldEvent = {
  event_key: string
  type: string
  occurred_at: number
  person_id: string | null
  is_bot: boolean
  thread_key: string | null
  target_key: string | null
  /** What a report of value says of its question. */
  solved: string | null
}
/** Rows of the rollup of contributions, acceptances, times in milliseconds. */
export type KnownContribution = {
  event_key: string
  thread_key: string
  occurred_at: number
  removed_at: number | null
  person_id: string | null
  is_bot: boolean
  is_quarantined: boolean
  kind: string
  question_key: string | null
}
export type KnownAcceptance = { answer_key: string; question_key: string; accepted_at: number; unaccepted_at: number | null }
export type Told = { timeZone: string; events: ToldEvent[]; contributions: KnownContribution[]; acceptances: KnownAcceptance[] }

export const localDay = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
export const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

const first = (times: number[]): number | null => (times.length ? Math.min(...times) : null)
const removedAt = ({ events }: Told, key: string): number | null =>
  first(events.filter((e) => e.type === 'content.deleted' && e.target_key === key).map((e) => e.occurred_at))
const isSound = (c: KnownContribution) => !c.is_bot && !c.is_quarantined
const isCounted = (c: KnownContribution) => isSound(c) && c.removed_at === null

export const obviousObservations = (told: Told) =>
  told.events.flatMap((view) => {
    if (view.type !== 'content.viewed' || view.person_id === null || view.is_bot) return []
    const thread_key = view.thread_key ?? told.contributions.find((c) => c.event_key === view.target_key)?.thread_key
    const before = told.contributions.filter((c) => c.thread_key === thread_key && c.occurred_at <= view.occurred_at)
    const questionOf = (c: KnownContribution) => told.contributions.find((q) => q.event_key === c.question_key)
    const isAnswer = (c: KnownContribution, stands: (c: KnownContribution) => boolean) => {
      const question = questionOf(c)
      return stands(c) && question !== undefined && stands(question)
    }
    if (!before.some((c) => isAnswer(c, isSound))) return []
    if (before.some((c) => c.person_id === view.person_id && isCounted(c))) return []
    const removed_at = removedAt(told, view.event_key)
    return [
      {
        view_key: view.event_key,
        thread_key,
        person_id: view.person_id,
        viewed_at: view.occurred_at,
        day_on: localDay(view.occurred_at, told.timeZone),
        removed_at,
        is_counted: removed_at === null && before.some((c) => isAnswer(c, isCounted)),
      },
    ]
  })

export const obviousPractices = (told: Told) =>
  told.events
    .filter((e) => e.type === 'practice.shared' && !e.is_bot)
    .map((e) => ({
      practice_key: e.event_key,
      thread_key: e.thread_key ?? e.event_key,
      author_id: e.person_id,
      shared_at: e.occurred_at,
      shared_on: localDay(e.occurred_at, told.timeZone),
      removed_at: removedAt(told, e.event_key),
    }))

const USES: Record<string, string> = { 'content.viewed': 'viewed', 'practice.reused': 'reused', 'document.edited': 'edited' }

export const obviousUses = (told: Told) =>
  obviousPractices(told).flatMap((p) =>
    told.events.flatMap((e) => {
      const use = USES[e.type]
      const isOfIt = e.target_key === p.practice_key || (use === 'viewed' && e.target_key === null && e.thread_key === p.thread_key)
      if (use === undefined || e.is_bot || !isOfIt || e.occurred_at < p.shared_at) return []
      if (use !== 'edited' && e.person_id === p.author_id) return []
      const removed_at = removedAt(told, e.event_key)
      return [
        {
          practice_key: p.practice_key,
          event_key: e.event_key,
          use,
          person_id: e.person_id,
          used_at: e.occurred_at,
          used_on: localDay(e.occurred_at, told.timeZone),
          removed_at,
          is_counted: removed_at === null && p.removed_at === null,
        },
      ]
    }),
  )

export const obviousReports = (told: Told) =>
  told.events
    .filter((e) => e.type === 'value.reported' && e.person_id !== null && !e.is_bot && e.solved !== 'no')
    .map((e) => ({
      event_key: e.event_key,
      person_id: e.person_id,
      reported_at: e.occurred_at,
      reported_on: localDay(e.occurred_at, told.timeZone),
      removed_at: removedAt(told, e.event_key),
    }))

/** Which practices were touched on the last day or the days before it, as long as a touch counts; by day, from the first to the last given. */
export const obviousPracticeStock = (told: Told, days: string[]) => {
  const uses = obviousUses(told).filter((u) => u.is_counted)
  const standing = obviousPractices(told).filter((p) => p.removed_at === null)
  return days.map((day) => {
    const shared = standing.filter((p) => p.shared_on <= day)
    const touched = shared.filter((p) =>
      [p.shared_on, ...uses.filter((u) => u.practice_key === p.practice_key).map((u) => u.used_on)].some(
        (on) => on <= day && day < dayAfter(on, UNTOUCHED_DAYS),
      ),
    )
    return { day, shared: shared.length, touched: touched.length }
  })
}

type Benefit = { person_id: string; day_on: string; benefit: string; fact_count: number }

export const obviousBenefits = (told: Told): Benefit[] => {
  const facts: Omit<Benefit, 'fact_count'>[] = []
  const add = (benefit: string, person_id: string | null, at: number) => {
    if (person_id !== null) facts.push({ person_id, day_on: localDay(at, told.timeZone), benefit })
  }
  for (const q of told.contributions.filter((c) => c.kind === 'question' && isCounted(c))) {
    const answers = told.contributions.filter((c) => c.question_key === q.event_key && isCounted(c))
    const answeredAt = first(answers.map((c) => c.occurred_at))
    if (answeredAt !== null) add('helped', q.person_id, answeredAt)
    for (const answer of answers)
      for (const a of told.acceptances.filter((s) => s.answer_key === answer.event_key && s.unaccepted_at === null))
        if (
          told.events.some(
            (e) =>
              e.type === 'answer.accepted' &&
              e.target_key === answer.event_key &&
              e.occurred_at === a.accepted_at &&
              e.person_id === q.person_id,
          )
        )
          add('confirmed', q.person_id, a.accepted_at)
  }
  for (const o of obviousObservations(told)) if (o.is_counted) add('observed', o.person_id, o.viewed_at)
  for (const u of obviousUses(told)) if (u.is_counted && u.use === 'reused') add('reused', u.person_id, u.used_at)
  for (const r of obviousReports(told)) if (r.removed_at === null) add('confirmed', r.person_id, r.reported_at)
  const rows = new Map<string, Benefit>()
  for (const fact of facts) {
    const key = JSON.stringify(fact)
    const row = rows.get(key) ?? { ...fact, fact_count: 0 }
    row.fact_count += 1
    rows.set(key, row)
  }
  return [...rows.values()]
}

export const obviousObservers = (told: Told) => {
  const observations = obviousObservations(told).filter((o) => o.is_counted)
  return [...new Set(observations.map((o) => o.person_id))].map((person_id) => {
    const first_viewed_at = Math.min(...observations.filter((o) => o.person_id === person_id).map((o) => o.viewed_at))
    const wrote = told.contributions.filter((c) => c.person_id === person_id && isCounted(c)).map((c) => c.occurred_at)
    return { person_id, first_viewed_at, first_viewed_on: localDay(first_viewed_at, told.timeZone), first_contribution_at: first(wrote) }
  })
}
