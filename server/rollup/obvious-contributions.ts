import { localDayAt } from './obvious-membership.ts'

/** For tests: the rollups of contributions worked out slowly from the events, without the database. Times in milliseconds. */

export type ObviousEvent = {
  event_key: string
  type: string
  at: number
  /** Null: anonymous. */
  person_id: string | null
  is_bot: boolean
  thread_key: string | null
  target_key: string | null
  is_thanks: boolean
  is_acknowledging: boolean
  /** What its source calls a comment. */
  is_comment: boolean
  is_work: boolean
  word_count: number
  inferred_link: string | null
  /** As a manager says of a question. */
  is_answered_elsewhere: boolean
}

const KINDS: Record<string, string> = {
  'question.asked': 'question',
  'answer.posted': 'answer',
  'reply.posted': 'reply',
  'post.published': 'post',
  'announcement.published': 'announcement',
  'document.edited': 'edit',
  'task.completed': 'task',
}
const OPENING = ['question', 'post', 'announcement', 'edit', 'task']
const NOBODY = 'anonymous'

const rankOf = (event: ObviousEvent) => {
  const rank = OPENING.indexOf(KINDS[event.type] ?? '')
  return rank < 0 ? 9 : rank
}
/** By time; at the same instant what opens comes before what answers. */
const inOrder = (a: ObviousEvent, b: ObviousEvent) => a.at - b.at || rankOf(a) - rankOf(b) || (a.event_key < b.event_key ? -1 : 1)

/** Follows what a reply answers, as long as nothing on the way names a thread; one that comes back to itself stands alone. */
const threadOf = (event: ObviousEvent, byKey: Map<string, ObviousEvent>): string => {
  const seen = new Set<string>()
  for (let at = event; ; ) {
    if (at.thread_key !== null) return at.thread_key
    if (seen.has(at.event_key)) return event.event_key
    seen.add(at.event_key)
    const next = at.target_key === null ? undefined : byKey.get(at.target_key)
    if (next === undefined) return at.event_key
    at = next
  }
}

const categoryOf = (kind: string, threadKind: string, isAnswer: boolean, isShared: boolean, isStart: boolean) => {
  if (kind === 'edit' || kind === 'task' || threadKind === 'work') return 'work'
  if (kind === 'announcement') return 'news'
  if (kind === 'question' || kind === 'answer' || isAnswer) return 'help'
  if (isShared) return 'discussion'
  return isStart ? 'broadcast' : 'other'
}

const contributionsOf = (events: readonly ObviousEvent[]) => {
  const written = events.filter((event) => event.type in KINDS)
  const byKey = new Map(written.map((event) => [event.event_key, event]))
  const removedAt = (key: string) => {
    const times = events.filter((event) => event.type === 'content.deleted' && event.target_key === key).map((event) => event.at)
    return times.length ? Math.min(...times) : null
  }
  return written.map((event) => {
    const thread_key = threadOf(event, byKey)
    const thread = written.filter((other) => threadOf(other, byKey) === thread_key).sort(inOrder)
    const kind = KINDS[event.type] as string
    const start = thread.find((other) => rankOf(other) < 9)
    const startKind = start && (['edit', 'task'].includes(KINDS[start.type] ?? '') || start.is_work ? 'work' : KINDS[start.type])
    const thread_kind = startKind ?? 'unknown'
    const questionsOf = (one: ObviousEvent) => thread.filter((other) => other.type === 'question.asked' && inOrder(other, one) <= 0)
    const answered = (one: ObviousEvent) => {
      const direct = ['answer', 'reply'].includes(KINDS[one.type] ?? '')
        ? thread.find((other) => other.event_key === one.target_key && other.type === 'question.asked')
        : undefined
      return { question: direct ?? questionsOf(one).at(-1), isTooEarly: direct !== undefined && direct.at > one.at }
    }
    const isQuarantined = (one: ObviousEvent) =>
      answered(one).isTooEarly || (one.type === 'answer.posted' && questionsOf(one).length === 0 && thread_kind === 'question')
    const isCounted = (one: ObviousEvent) => !one.is_bot && !isQuarantined(one) && removedAt(one.event_key) === null
    const { question } = answered(event)
    const answers =
      ['answer', 'reply'].includes(kind) &&
      !event.is_thanks &&
      !event.is_comment &&
      !isQuarantined(event) &&
      question !== undefined &&
      event.person_id !== question.person_id
    const acknowledges =
      ['answer', 'reply'].includes(kind) &&
      event.is_acknowledging &&
      !isQuarantined(event) &&
      question !== undefined &&
      event.person_id !== null &&
      event.person_id === question.person_id
    const is_answer = answers || (kind === 'answer' && question === undefined && !isQuarantined(event))
    const firsts = new Map<string, number>()
    for (const other of thread.filter(isCounted)) {
      const who = other.person_id ?? NOBODY
      firsts.set(who, Math.min(firsts.get(who) ?? Number.POSITIVE_INFINITY, other.at))
    }
    const second_person_at = [...firsts.values()].sort((a, b) => a - b)[1] ?? null
    const is_start = start === event
    return {
      event_key: event.event_key,
      thread_key,
      occurred_at: event.at,
      removed_at: removedAt(event.event_key),
      person_id: event.person_id,
      is_bot: event.is_bot,
      kind,
      thread_kind,
      is_start,
      start_key: start?.event_key ?? null,
      question_key: answers ? question.event_key : null,
      is_answer,
      is_quarantined: isQuarantined(event),
      word_count: event.word_count,
      category: categoryOf(kind, thread_kind, is_answer, second_person_at !== null, is_start),
      host_id: start && !start.is_bot && removedAt(start.event_key) === null ? start.person_id : null,
      is_counted: isCounted(event),
      second_person_at,
      inferred_link: event.inferred_link,
      is_answered_elsewhere: event.is_answered_elsewhere,
      acknowledges_key: acknowledges ? question.event_key : null,
    }
  })
}
type Contribution = ReturnType<typeof contributionsOf>[number]

/** Spans from an acceptance to the taking back; of several at an instant, taking back comes last. */
const acceptancesOf = (events: readonly ObviousEvent[], contributions: readonly Contribution[]) =>
  contributions
    .filter((answer) => answer.question_key !== null)
    .flatMap((answer) => {
      const decisions = events
        .filter((event) => ['answer.accepted', 'answer.unaccepted'].includes(event.type) && event.target_key === answer.event_key)
        .sort((a, b) => a.at - b.at || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0))
      const spans: { answer_key: string; question_key: string; accepted_at: number; unaccepted_at: number | null }[] = []
      let since: number | null = null
      for (const { type, at } of decisions) {
        if (type === 'answer.accepted') since ??= at
        else if (since !== null) {
          if (since !== at)
            spans.push({ answer_key: answer.event_key, question_key: answer.question_key as string, accepted_at: since, unaccepted_at: at })
          since = null
        }
      }
      if (since !== null)
        spans.push({ answer_key: answer.event_key, question_key: answer.question_key as string, accepted_at: since, unaccepted_at: null })
      return spans
    })

const helpOf = (contributions: readonly Contribution[], acceptances: ReturnType<typeof acceptancesOf>) => {
  const counted = contributions.filter((c) => c.is_counted)
  const questions = counted.filter((c) => c.kind === 'question')
  const answersOf = (question: Contribution) =>
    counted
      .filter((c) => c.question_key === question.event_key)
      .sort((a, b) => a.occurred_at - b.occurred_at || (a.event_key < b.event_key ? -1 : 1))
  const help_episode = questions.map((question) => {
    const answers = answersOf(question)
    const accepted = acceptances
      .filter((span) => span.unaccepted_at === null && answers.some((answer) => answer.event_key === span.answer_key))
      .map((span) => span.accepted_at)
    const thanked = counted
      .filter((c) => c.acknowledges_key === question.event_key && answers[0] !== undefined && c.occurred_at > answers[0].occurred_at)
      .map((c) => c.occurred_at)
    return {
      question_key: question.event_key,
      thread_key: question.thread_key,
      asked_at: question.occurred_at,
      asker_id: question.person_id,
      first_answered_at: answers[0]?.occurred_at ?? null,
      first_answer_key: answers[0]?.event_key ?? null,
      first_helper_id: answers[0]?.person_id ?? null,
      answer_count: answers.length,
      helper_count: new Set(answers.map((answer) => answer.person_id)).size,
      accepted_at: accepted.length ? Math.min(...accepted) : null,
      acknowledged_at: thanked.length ? Math.min(...thanked) : null,
      is_answered_elsewhere: question.is_answered_elsewhere,
    }
  })
  const help_edge = questions.flatMap((question) => {
    const answers = answersOf(question)
    return [...new Set(answers.map((answer) => answer.person_id))]
      .filter((helper) => helper !== null)
      .map((helper_id) => {
        const theirs = answers.filter((answer) => answer.person_id === helper_id)
        return {
          question_key: question.event_key,
          helper_id,
          asker_id: question.person_id,
          asked_at: question.occurred_at,
          first_at: theirs[0]?.occurred_at,
          answer_count: theirs.length,
        }
      })
  })
  return { help_episode, help_edge }
}

const CATEGORIES = ['help', 'discussion', 'broadcast', 'news', 'work', 'other']

const countsOf = (contributions: readonly Contribution[], timeZone: string) => {
  const group = (rows: readonly Contribution[], keyOf: (c: Contribution) => Record<string, string | null>) => {
    const groups = new Map<string, { key: Record<string, string | null>; rows: Contribution[] }>()
    for (const row of rows) {
      const key = keyOf(row)
      const found = groups.get(JSON.stringify(key)) ?? { key, rows: [] }
      groups.set(JSON.stringify(key), found)
      found.rows.push(row)
    }
    return [...groups.values()]
  }
  const dayOf = (c: Contribution) => localDayAt(c.occurred_at, timeZone)
  const count = (rows: readonly Contribution[], is: (c: Contribution) => boolean) => rows.filter(is).length
  const counted = contributions.filter((c) => c.is_counted)
  return {
    contribution_day: group(contributions, (c) => ({ day_on: dayOf(c) })).map(({ key, rows: all }) => {
      const rows = all.filter((c) => c.is_counted)
      return {
        ...key,
        contribution_count: rows.length,
        anonymous_count: count(rows, (c) => c.person_id === null),
        start_count: count(rows, (c) => c.is_start),
        answer_count: count(rows, (c) => c.is_answer),
        question_count: count(rows, (c) => c.kind === 'question'),
        ...Object.fromEntries(CATEGORIES.map((name) => [`${name}_count`, count(rows, (c) => c.category === name)])),
        word_count: rows.reduce((sum, c) => sum + c.word_count, 0),
        artefact_word_count: 0,
        document_word_count: 0,
        bot_count: count(all, (c) => c.is_bot),
        quarantined_count: count(all, (c) => !c.is_bot && c.is_quarantined),
        removed_count: count(all, (c) => !c.is_bot && !c.is_quarantined && c.removed_at !== null),
        inferred_count: count(rows, (c) => c.inferred_link !== null),
        inferred_question_count: count(rows, (c) => c.inferred_link !== null && c.kind === 'question'),
        named_reply_count: count(rows, (c) => c.inferred_link === 'named'),
        guessed_reply_count: count(rows, (c) => c.inferred_link === 'guess'),
      }
    }),
    person_day: group(
      counted.filter((c) => c.person_id !== null),
      (c) => ({ day_on: dayOf(c), person_id: c.person_id }),
    ).map(({ key, rows }) => ({
      ...key,
      contribution_count: rows.length,
      start_count: count(rows, (c) => c.is_start),
      answer_count: count(rows, (c) => c.is_answer),
      question_count: count(rows, (c) => c.kind === 'question'),
      news_count: count(rows, (c) => c.kind === 'announcement' && c.thread_kind !== 'work'),
    })),
    host_day: group(
      counted.filter((c) => c.host_id !== null),
      (c) => ({ day_on: dayOf(c), host_id: c.host_id }),
    ).map(({ key, rows }) => ({ ...key, contribution_count: rows.length })),
  }
}

/** Somebody's day: views and reactions too, what only comes, goes or deletes not. */
const activityOf = (events: readonly ObviousEvent[], timeZone: string) => {
  const days = new Map<string, { person_id: string; day_on: string; first_at: number; last_at: number; contribution_count: number }>()
  for (const event of events) {
    if (event.person_id === null || event.is_bot || ['member.joined', 'member.left', 'content.deleted'].includes(event.type)) continue
    const day_on = localDayAt(event.at, timeZone)
    const id = `${event.person_id} ${day_on}`
    const day = days.get(id) ?? { person_id: event.person_id, day_on, first_at: event.at, last_at: event.at, contribution_count: 0 }
    days.set(id, day)
    day.first_at = Math.min(day.first_at, event.at)
    day.last_at = Math.max(day.last_at, event.at)
    if (event.type in KINDS) day.contribution_count += 1
  }
  return [...days.values()]
}

/** The rows of each table, but for the community and columns that are copied from the event as they are; in no order. */
export const obviousContributions = (events: readonly ObviousEvent[], timeZone: string): Record<string, object[]> => {
  const contribution = contributionsOf(events)
  const acceptance = acceptancesOf(events, contribution)
  return {
    contribution,
    acceptance,
    ...helpOf(contribution, acceptance),
    ...countsOf(contribution, timeZone),
    activity_day: activityOf(events, timeZone),
  }
}
