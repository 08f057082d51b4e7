import { Temporal } from 'temporal-polyfill'
import { addDays } from '../../../shared/period.ts'
import type { Database } from '../../store/connection.ts'
import { categoryOf, hostOf, isVisible } from './obvious-contributions.ts'
import { type Span, startOfDay } from './obvious-time.ts'
import { asText, type Contribution, type Written } from './random-contributions.ts'

/** For tests: rollups as known after everything, made slowly from contributions and acceptances. */

/** The latest local day that begins no later. */
export const localDayOf = (at: number, timeZone: string): string => {
  let day = addDays(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString(), 1)
  while (startOfDay(day, timeZone) > at) day = addDays(day, -1)
  return day
}

/** A time after everything. */
export const afterAll = (data: Written): number =>
  1 +
  Math.max(
    data.knownBy,
    ...data.contributions.flatMap((c) => [c.occurred_at, c.removed_at ?? 0]),
    ...data.acceptances.flatMap((a) => [a.accepted_at, a.unaccepted_at ?? 0]),
  )

const NOBODY = 'nobody known'

/** Rows by table, as they lie there but for community_id; times in milliseconds. */
export const obviousRollups = (data: Written): Record<string, object[]> => {
  const now: Span = { starts_at: 0, ends_at: 0, known_by: afterAll(data) }
  const counted = data.contributions.filter((c) => isVisible(c, now))
  const dayOf = (c: { occurred_at: number }) => localDayOf(c.occurred_at, data.timeZone)
  const secondPersonAt = (thread: string): number | null => {
    const firsts = new Map<string, number>()
    for (const c of counted.filter((one) => one.thread_key === thread)) {
      const who = c.person_id ?? NOBODY
      firsts.set(who, Math.min(firsts.get(who) ?? Number.POSITIVE_INFINITY, c.occurred_at))
    }
    return [...firsts.values()].toSorted((a, b) => a - b)[1] ?? null
  }
  const contribution = data.contributions.map((c) => ({
    ...c,
    category: categoryOf(data, c, now),
    host_id: hostOf(data, c, now),
    is_counted: isVisible(c, now),
    second_person_at: secondPersonAt(c.thread_key),
  }))
  const grouped = <Key>(rows: typeof contribution, key: (c: Contribution & { host_id: string | null }) => Key) => {
    const groups = new Map<string, { key: Key; rows: typeof contribution }>()
    for (const row of rows) {
      const id = JSON.stringify(key(row))
      const group = groups.get(id) ?? { key: key(row), rows: [] }
      groups.set(id, group)
      group.rows.push(row)
    }
    return [...groups.values()]
  }
  const count = (rows: typeof contribution, is: (c: (typeof contribution)[number]) => boolean) => rows.filter(is).length
  const sum = (rows: Contribution[], field: 'word_count' | 'artefact_word_count' | 'document_word_count') =>
    rows.reduce((total, c) => total + c[field], 0)
  const ofDay = (all: typeof contribution) => {
    const rows = all.filter((c) => c.is_counted)
    const sound = (c: Contribution) => !c.is_bot && !c.is_quarantined
    return {
      contribution_count: rows.length,
      anonymous_count: count(rows, (c) => c.person_id === null),
      start_count: count(rows, (c) => c.is_start),
      answer_count: count(rows, (c) => c.is_answer),
      question_count: count(rows, (c) => c.kind === 'question'),
      ...Object.fromEntries(
        ['help', 'discussion', 'broadcast', 'news', 'work', 'other'].map((name) => [
          `${name}_count`,
          count(rows, (c) => c.category === name),
        ]),
      ),
      word_count: sum(rows, 'word_count'),
      artefact_word_count: sum(rows, 'artefact_word_count'),
      document_word_count: sum(rows, 'document_word_count'),
      bot_count: count(all, (c) => c.is_bot),
      quarantined_count: count(all, (c) => c.is_quarantined && !c.is_bot),
      removed_count: count(all, (c) => sound(c) && c.removed_at !== null),
      inferred_count: 0,
      inferred_question_count: 0,
      named_reply_count: 0,
      guessed_reply_count: 0,
    }
  }
  const countedRows = contribution.filter((c) => c.is_counted)
  const answersTo = (question: string) => counted.filter((c) => c.question_key === question)
  const isAccepted = (question: string) =>
    data.acceptances.some(
      (a) => a.question_key === question && a.unaccepted_at === null && counted.some((c) => c.event_key === a.answer_key),
    )
  const questions = counted.filter((c) => c.kind === 'question')
  const episode = questions.map((q) => {
    const answers = answersTo(q.event_key).toSorted((a, b) => a.occurred_at - b.occurred_at || (a.event_key < b.event_key ? -1 : 1))
    return {
      question_key: q.event_key,
      thread_key: q.thread_key,
      asked_at: q.occurred_at,
      asker_id: q.person_id,
      first_answered_at: answers[0]?.occurred_at ?? null,
      first_answer_key: answers[0]?.event_key ?? null,
      first_helper_id: answers[0]?.person_id ?? null,
      answer_count: answers.length,
      helper_count: new Set(answers.map((a) => a.person_id)).size,
      accepted_at: isAccepted(q.event_key) ? q.occurred_at : null,
      is_answered_elsewhere: q.is_answered_elsewhere,
    }
  })
  const edge = counted.flatMap((q) =>
    [...new Set(answersTo(q.event_key).map((a) => a.person_id))].flatMap((helper_id) => {
      if (helper_id === null) return []
      const times = answersTo(q.event_key).flatMap((a) => (a.person_id === helper_id ? [a.occurred_at] : []))
      return [
        {
          question_key: q.event_key,
          helper_id,
          asker_id: q.person_id,
          asked_at: q.occurred_at,
          first_at: Math.min(...times),
          answer_count: times.length,
        },
      ]
    }),
  )
  return {
    contribution,
    contribution_day: grouped(contribution, (c) => dayOf(c)).map(({ key, rows }) => ({ day_on: key, ...ofDay(rows) })),
    person_day: grouped(
      countedRows.filter((c) => c.person_id !== null),
      (c) => ({ day_on: dayOf(c), person_id: c.person_id }),
    ).map(({ key, rows }) => ({
      ...key,
      contribution_count: rows.length,
      start_count: count(rows, (c) => c.is_start),
      answer_count: count(rows, (c) => c.is_answer),
      question_count: count(rows, (c) => c.kind === 'question'),
      news_count: count(rows, (c) => c.kind === 'announcement' && c.thread_kind !== 'work'),
    })),
    host_day: grouped(
      countedRows.filter((c) => c.host_id !== null),
      (c) => ({ day_on: dayOf(c), host_id: c.host_id }),
    ).map(({ key, rows }) => ({ ...key, contribution_count: rows.length })),
    help_episode: episode,
    help_edge: edge,
  }
}

const TIMES = ['unaccepted_at', 'occurred_at', 'removed_at', 'second_person_at', 'asked_at', 'first_answered_at', 'accepted_at', 'first_at']

export const insertRollups = async ({ pool }: Database, communityId: string, tables: Record<string, object[]>): Promise<void> => {
  for (const [table, rows] of Object.entries(tables))
    await pool.query(
      `insert into ${table} select made.* from jsonb_array_elements($2::jsonb) as row,
       jsonb_populate_record(null::${table}, '{"is_answered_elsewhere": false}' || row || jsonb_build_object('community_id', $1::uuid)) as made`,
      [communityId, asText(rows, TIMES)],
    )
}
