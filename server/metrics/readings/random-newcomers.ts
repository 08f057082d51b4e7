import fc from 'fast-check'
import { addDays } from '../../../shared/period.ts'
import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayAt } from '../../rollup/obvious-membership.ts'
import type { Database } from '../../store/connection.ts'
import type { ReadPeriod } from '../reading.ts'
import { startOfDay } from './obvious-time.ts'
import { uuid } from './random-contributions.ts'

/** For tests: who joined, left, did something, wrote, asked and was answered, at random, and the rollups of that. Times in milliseconds. */
export type Newcomers = {
  timeZone: string
  /** A spell without a beginning: a member since before the data. */
  spells: { person: number; joined_at: number | null; left_at: number | null; is_rejoin: boolean }[]
  /** Activity besides writing. */
  acts: { person: number; at: number }[]
  /** `answers`: which question, by its place in the list; null where it is itself a question, or a post. */
  writings: { person: number; at: number; removed_at: number | null; kind: 'question' | 'post' | 'answer'; answers: number | null }[]
  periods: ReadPeriod[]
  knownBy: number
}

const PEOPLE = 9
const HOUR = 3_600_000

/** Zones in which midnight does odd things, and the first of three months: of the second, that thing. */
const PLACES = [
  { timeZone: 'UTC', months: ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'] },
  { timeZone: 'Asia/Kolkata', months: ['2023-05-01', '2023-06-01', '2023-07-01', '2023-08-01'] },
  { timeZone: 'America/Sao_Paulo', months: ['2018-10-01', '2018-11-01', '2018-12-01', '2019-01-01'] },
  { timeZone: 'Atlantic/Azores', months: ['2023-09-01', '2023-10-01', '2023-11-01', '2023-12-01'] },
  { timeZone: 'Pacific/Apia', months: ['2011-11-01', '2011-12-01', '2012-01-01', '2012-02-01'] },
] as const

/** Now and then none at all. */
const mostly = <T>(list: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> => fc.tuple(fc.nat(4), list).map(([n, some]) => (n === 0 ? [] : some))

export const newcomers: fc.Arbitrary<Newcomers> = fc.constantFrom(...PLACES).chain(({ timeZone, months }) => {
  const person = fc.nat(PEOPLE - 1)
  const dayIn = fc
    .tuple(fc.constantFrom(...months.slice(0, 3)), fc.constantFrom(0, 0, 1, 14, 27, 29, 30))
    .map(([on, off]) => addDays(on, off))
  // on the edges of the follow-ups: a month, a lapse, the ages of the curve
  const later = fc
    .tuple(
      dayIn,
      fc.constantFrom(0, 1, 2, 30, 31, LAPSE_DAYS - 1, LAPSE_DAYS, LAPSE_DAYS + 1, 120, 180, 210, 400),
      fc.constantFrom(-1, 0, 0, 1),
    )
    .map(([on, far, near]) => addDays(on, far + near))
  const at = (day: fc.Arbitrary<string>) =>
    fc.tuple(day, fc.constantFrom(-1, 0, 0, 1, 9 * HOUR, 23 * HOUR)).map(([on, off]) => startOfDay(on, timeZone) + off)
  const spellsOf = fc
    .tuple(fc.uniqueArray(fc.oneof(at(dayIn), at(dayIn), at(later)), { maxLength: 4 }), fc.constantFrom(false, false, false, true))
    .map(([times, isSinceBefore]) => {
      const rising: (number | null)[] = times.toSorted((a, b) => a - b)
      if (isSinceBefore && rising.length > 0) rising.unshift(null)
      const spells: { joined_at: number | null; left_at: number | null; is_rejoin: boolean }[] = []
      for (let i = 0; i < rising.length; i += 2)
        spells.push({ joined_at: rising[i] ?? null, left_at: rising[i + 1] ?? null, is_rejoin: i > 0 })
      return spells
    })
  const writing = fc.record({
    person,
    at: fc.oneof(at(dayIn), at(later)),
    removed_at: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, at(later)),
    kind: fc.constantFrom<'question' | 'post' | 'answer'>('question', 'question', 'post', 'answer', 'answer'),
    answers: fc.nat(30),
  })
  const asKnownThen = fc.array(fc.constantFrom(false, false, true), { minLength: 6, maxLength: 6 })
  return fc
    .record({
      // now and then nobody is told to have joined: people are first seen
      spells: mostly(fc.array(spellsOf, { maxLength: PEOPLE, size: 'max' })),
      acts: mostly(fc.array(fc.record({ person, at: fc.oneof(at(dayIn), at(later)) }), { maxLength: 25, size: 'max' })),
      writings: mostly(fc.array(writing, { maxLength: 30, size: 'max' })),
      knownBy: fc.tuple(fc.oneof(at(dayIn), at(later)), fc.constantFrom(0, 100, 250, 400)).map(([time, days]) => time + days * 24 * HOUR),
      asKnownThen,
    })
    .map(({ spells, writings, asKnownThen: flags, ...rest }) => ({
      ...rest,
      timeZone,
      spells: spells.flatMap((some, i) => some.map((spell) => ({ ...spell, person: i }))),
      writings: writings.map((w) => {
        const questions = writings.flatMap((q, place) => (q.kind === 'question' && q.person !== w.person ? [place] : []))
        return { ...w, answers: w.kind === 'answer' ? (questions[w.answers % questions.length] ?? null) : null }
      }),
      periods: [
        ...months.slice(0, 3).map((from_on, i) => ({ from_on, to_on: months[i + 1] as string })),
        { from_on: months[1], to_on: addDays(months[1], 7) },
        { from_on: addDays(months[0], 3), to_on: addDays(months[1], 3) },
        { from_on: months[0], to_on: months[2] },
      ].map((span, i) => ({ ...span, is_as_known_then: flags[i] as boolean })),
    }))
})

export const personId = (person: number): string => uuid(3, person)
const dayOrNull = (at: number | null | undefined, timeZone: string) => (at === null || at === undefined ? null : localDayAt(at, timeZone))
/** What a person did, by local day. */
const activityOf = ({ acts, writings, timeZone }: Newcomers) =>
  Map.groupBy([...acts, ...writings], (a) => `${personId(a.person)} ${localDayAt(a.at, timeZone)}`)

/** Everything known so far: what came later taken out. */
export const knownAt = (data: Newcomers, knownBy: number): Newcomers => ({
  ...data,
  spells: data.spells
    .filter((s) => (s.joined_at === null ? (s.left_at as number) < knownBy : s.joined_at < knownBy))
    .map((s) => ({ ...s, left_at: s.left_at !== null && s.left_at < knownBy ? s.left_at : null })),
  acts: data.acts.filter((a) => a.at < knownBy),
  writings: data.writings.map((w) => ({ ...w, removed_at: w.removed_at !== null && w.removed_at < knownBy ? w.removed_at : null })),
  knownBy,
})

/** Writings that stand as known by then, with their place in the list. */
export const standing = ({ writings, knownBy }: Newcomers) =>
  writings.map((w, place) => ({ ...w, place })).filter((w) => w.at < knownBy && (w.removed_at === null || w.removed_at >= knownBy))

/** When each standing question first got a standing answer. */
export const firstAnswers = (data: Newcomers) =>
  standing(data)
    .filter((w) => w.kind === 'question')
    .flatMap((question) => {
      const times = standing(data).flatMap((w) => (w.answers === question.place ? [w.at] : []))
      return times.length > 0 ? [{ person: question.person, answered_at: Math.min(...times) }] : []
    })

/** Rows of `person`, as everything is known. */
export const peopleOf = (data: Newcomers) => {
  const on = (at: number | null | undefined) => dayOrNull(at, data.timeZone)
  const rows = []
  for (let person = 0; person < PEOPLE; person += 1) {
    const spells = data.spells.filter((s) => s.person === person)
    const active = [...data.acts, ...data.writings].filter((a) => a.person === person).map((a) => a.at)
    if (spells.length === 0 && active.length === 0) continue
    const rising = (times: (number | null)[]) => times.filter((t) => t !== null).toSorted((a, b) => a - b)
    const joins = rising(spells.map((s) => s.joined_at))
    const leaves = rising(spells.map((s) => s.left_at))
    const isMember = spells.some((s) => s.left_at === null)
    const wrote = rising(standing({ ...data, knownBy: Number.MAX_SAFE_INTEGER }).flatMap((w) => (w.person === person ? [w.at] : [])))
    const helped = rising(
      firstAnswers({ ...data, knownBy: Number.MAX_SAFE_INTEGER }).flatMap((a) => (a.person === person ? [a.answered_at] : [])),
    )
    rows.push({
      person_id: personId(person),
      first_seen_on: on(rising(active)[0]),
      last_active_on: on(rising(active).at(-1)),
      joined_on: on(joins[0]),
      is_since_before: spells.some((s) => s.joined_at === null),
      first_left_on: on(leaves[0]),
      left_on: isMember ? null : on(leaves.at(-1)),
      first_contribution_on: on(wrote[0]),
      second_contribution_on: on(wrote[1]),
      first_helped_on: on(helped[0]),
      first_seen_at: iso(rising(active)[0]),
      joined_at: iso(joins[0]),
      first_left_at: iso(leaves[0]),
      left_at: isMember ? null : iso(leaves.at(-1)),
      first_contribution_at: iso(wrote[0]),
      second_contribution_at: iso(wrote[1]),
    })
  }
  return rows
}
const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())

/** Writes the rollups that the readings of newcomers read, `person` among them. */
export const insertNewcomers = async ({ pool }: Database, communityId: string, data: Newcomers): Promise<void> => {
  const insert = (table: string, rows: object[]) =>
    pool.query(
      `insert into ${table} select made.* from jsonb_array_elements($2::jsonb) as row,
       jsonb_populate_record(null::${table}, '{"is_answered_elsewhere": false}' || row || jsonb_build_object('community_id', $1::uuid)) as made`,
      [communityId, JSON.stringify(rows)],
    )
  await insert(
    'membership_spell',
    data.spells.map((s) => ({
      person_id: personId(s.person),
      joined_at: s.joined_at === null ? '-infinity' : iso(s.joined_at),
      joined_on: s.joined_at === null ? '-infinity' : dayOrNull(s.joined_at, data.timeZone),
      left_at: s.left_at === null ? null : iso(s.left_at),
      left_on: dayOrNull(s.left_at, data.timeZone),
      is_rejoin: s.is_rejoin,
    })),
  )
  await insert(
    'activity_day',
    [...activityOf(data)].map(([key, some]) => ({
      person_id: key.slice(0, 36),
      day_on: key.slice(37),
      first_at: iso(Math.min(...some.map((a) => a.at))),
      last_at: iso(Math.max(...some.map((a) => a.at))),
      contribution_count: 0,
    })),
  )
  await insert(
    'contribution',
    data.writings.map((w, i) => ({
      event_key: uuid(1, i),
      thread_key: uuid(2, w.answers ?? i),
      occurred_at: iso(w.at),
      removed_at: w.removed_at === null ? null : iso(w.removed_at),
      person_id: personId(w.person),
      is_bot: false,
      kind: w.kind,
      thread_kind: 'unknown',
      is_start: false,
      question_key: w.answers === null ? null : uuid(1, w.answers),
      is_answer: w.answers !== null,
      is_quarantined: false,
      word_count: 0,
      artefact_word_count: 0,
      document_word_count: 0,
      category: 'other',
      is_counted: w.removed_at === null,
    })),
  )
  await insert('person', peopleOf(data))
}

/** The last time of anything that happens. */
export const lastTimeOf = (data: Newcomers): number =>
  Math.max(
    data.knownBy,
    ...data.spells.flatMap((s) => [s.joined_at ?? 0, s.left_at ?? 0]),
    ...data.acts.map((a) => a.at),
    ...data.writings.flatMap((w) => [w.at, w.removed_at ?? 0]),
  )
