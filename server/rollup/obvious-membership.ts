import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { addDays, daysBetween } from '../../shared/period.ts'
import { LAPSE_DAYS, ORDINARY_DAYS } from './lapse-days.ts'

/** For tests: histories of membership at random, and the rollups of membership worked out slowly, without the database. Times in milliseconds. */

export type Fact = { key: number; person: number; type: 'member.joined' | 'member.left' | 'post.published' | 'content.viewed'; at: number }
export type Benefit = { person: number; day_on: string; benefit: 'helped' | 'observed' }
export type Step = {
  added: Fact[]
  /** Keys of facts, and places of benefits, that go. */
  removed: number[]
  benefits: Benefit[]
  /** Whether the refresh is told who lost a day of activity. */
  isTold: boolean
}

export const isMove = (fact: Fact) => fact.type === 'member.joined' || fact.type === 'member.left'
export const uuidOf = (kind: 'person' | 'event', n: number) =>
  `0000000${kind === 'person' ? 2 : 1}-0000-4000-8000-${String(n).padStart(12, '0')}`

const startOfDay = (day: string, timeZone: string) => Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds

/** The latest day that begins no later. */
export const localDayAt = (at: number, timeZone: string): string => {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return [1, 0, -1].map((off) => addDays(wall, off)).find((day) => startOfDay(day, timeZone) <= at) as string
}

/** Local days around which clocks do something odd, at midnight too; see obvious-time.ts beside the readings. */
const ODD_DAYS = [
  { timeZone: 'UTC', day: '2024-02-29' },
  { timeZone: 'Asia/Kolkata', day: '2023-06-15' },
  { timeZone: 'America/Sao_Paulo', day: '2018-11-04' },
  { timeZone: 'Europe/Berlin', day: '2024-10-27' },
  { timeZone: 'Atlantic/Azores', day: '2023-10-29' },
  // back from 00:01 to 23:01 of the day before
  { timeZone: 'America/St_Johns', day: '2006-10-29' },
  { timeZone: 'Pacific/Apia', day: '2011-12-31' },
]

export const randomHistory: fc.Arbitrary<{ timeZone: string; steps: Step[] }> = fc.constantFrom(...ODD_DAYS).chain(({ timeZone, day }) => {
  const person = fc.integer({ min: 0, max: 5 })
  const dayAround = fc
    .tuple(fc.constantFrom(0, 0, -LAPSE_DAYS, -2 * LAPSE_DAYS, 45), fc.integer({ min: -3, max: 3 }))
    .map(([far, near]) => addDays(day, far + near))
  const at = fc
    .tuple(dayAround, fc.constantFrom(-60_000, -1, 0, 0, 1, 60_000, 6 * 3_600_000, 23 * 3_600_000))
    .map(([on, off]) => startOfDay(on, timeZone) + off)
  const fact = fc.record({
    person,
    type: fc.constantFrom<Fact['type']>('member.joined', 'member.left', 'post.published', 'content.viewed'),
    at,
  })
  const benefit = fc.record({
    person: fc.integer({ min: 1, max: 5 }),
    day_on: dayAround,
    benefit: fc.constantFrom<Benefit['benefit']>('helped', 'observed'),
  })
  return fc
    .array(
      fc.record({
        added: fc.array(fact, { maxLength: 12 }),
        removed: fc.array(fc.nat(40), { maxLength: 6 }),
        benefits: fc.array(benefit, { maxLength: 3 }),
        isTold: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((steps) => {
      let key = 0
      return { timeZone, steps: steps.map((step) => ({ ...step, added: step.added.map((f) => ({ ...f, key: key++ })) })) }
    })
})

const byText =
  <T>(of: (row: T) => string) =>
  (a: T, b: T) =>
    of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0
const daysSince = (day: string, until: string) => {
  const days: string[] = []
  for (let at = day; at < until; at = addDays(at, 1)) days.push(at)
  return days
}

type Spell = { person: number; joined_at: number | null; left_at: number | null }

const spellsOf = (person: number, facts: Fact[]): Spell[] => {
  const moves = facts
    .filter((f) => f.person === person && isMove(f))
    .sort((a, b) => a.at - b.at || byText<Fact>((f) => f.type)(a, b) || a.key - b.key)
  const spells: Spell[] = []
  let isMember = false
  for (const [i, move] of moves.entries()) {
    if (move.type === 'member.joined' && !isMember) spells.push({ person, joined_at: move.at, left_at: null })
    if (move.type === 'member.left' && isMember) (spells.at(-1) as Spell).left_at = move.at
    if (move.type === 'member.left' && i === 0) spells.push({ person, joined_at: null, left_at: move.at })
    isMember = move.type === 'member.joined'
  }
  return spells.filter((spell) => spell.joined_at !== spell.left_at)
}

/** The days on which one of these days counts, each for so many days, as stretches. */
const stretchesOf = (days: string[], length: number) => {
  const covered = [...new Set(days.flatMap((day) => daysSince(day, addDays(day, length))))].sort()
  const stretches: { from_on: string; to_on: string }[] = []
  for (const day of covered) {
    const last = stretches.at(-1)
    if (last?.to_on === day) last.to_on = addDays(day, 1)
    else stretches.push({ from_on: day, to_on: addDays(day, 1) })
  }
  return stretches
}

/** Days from each activity to the next where that is longer than is ordinary. */
const silencesOf = (days: string[]) => {
  const distinct = [...new Set(days)].sort()
  return distinct
    .flatMap((day, i) => (i > 0 ? [daysBetween(distinct[i - 1] as string, day)] : []))
    .filter((length) => length > ORDINARY_DAYS)
}

/** The rows of the five tables, in the order of their keys. */
export const obviousMembership = (facts: Fact[], benefits: Benefit[], timeZone: string) => {
  const people = [...new Set(facts.map((f) => f.person))].sort()
  const dayOf = (at: number | null) => (at === null ? null : localDayAt(at, timeZone))
  const spells = people.flatMap((person) =>
    spellsOf(person, facts).map((s, i) => ({ ...s, is_rejoin: i > 0, joined_on: dayOf(s.joined_at), left_on: dayOf(s.left_at) })),
  )
  const active = facts.filter((f) => !isMove(f)).sort((a, b) => a.at - b.at)
  const daysActive = (person: number) => active.filter((f) => f.person === person).map((f) => localDayAt(f.at, timeZone))
  const daysBenefited = (person: number) => benefits.filter((b) => b.person === person).map((b) => b.day_on)

  const person = people
    .map((n) => {
      const own = spells.filter((s) => s.person === n)
      const acts = active.filter((f) => f.person === n)
      const written = acts.filter((f) => f.type === 'post.published').map((f) => f.at)
      const joined_at = own.map((s) => s.joined_at).find((at) => at !== null) ?? null
      const first_seen_at = acts[0]?.at ?? null
      const left_at = own.at(-1)?.left_at ?? null
      return {
        person_id: uuidOf('person', n),
        first_seen_at,
        first_seen_on: dayOf(first_seen_at),
        last_active_on: dayOf(acts.at(-1)?.at ?? null),
        joined_at,
        joined_on: dayOf(joined_at),
        is_since_before: own[0]?.joined_at === null,
        first_left_at: own[0]?.left_at ?? null,
        first_left_on: dayOf(own[0]?.left_at ?? null),
        left_at,
        left_on: dayOf(left_at),
        first_contribution_at: written[0] ?? null,
        first_contribution_on: dayOf(written[0] ?? null),
        second_contribution_at: written[1] ?? null,
        second_contribution_on: dayOf(written[1] ?? null),
        first_helped_on:
          benefits
            .filter((b) => b.person === n && b.benefit === 'helped')
            .map((b) => b.day_on)
            .sort()[0] ?? null,
        is_anything: own.length > 0 || acts.length > 0,
      }
    })
    .filter((row) => row.is_anything)
    .map(({ is_anything: _, ...row }) => row)

  // from long before everything to long after: what each day's end holds, less what the day before held
  const times = facts.map((f) => localDayAt(f.at, timeZone)).concat(benefits.map((b) => b.day_on))
  const lapseOf = new Map(times.map((d) => [d, addDays(d, LAPSE_DAYS)]))
  const first = addDays([...times].sort()[0] ?? '2020-01-01', -2)
  const last = addDays([...times].sort().at(-1) ?? '2020-01-01', LAPSE_DAYS + 2)
  const within = (day: string, days: string[]) => days.some((d) => d <= day && day < (lapseOf.get(d) as string))
  const isMemberOn = (n: number, day: string) =>
    spells.some((s) => s.person === n && (s.joined_on ?? '') <= day && (s.left_on === null || s.left_on > day))
  const facets = people.map((n) => ({
    n,
    active: daysActive(n),
    joined: spells.flatMap((s) => (s.person === n && s.joined_on !== null ? [s.joined_on] : [])),
    benefited: daysBenefited(n),
  }))
  const stocksOn = (day: string) => {
    const count = (is: (facet: (typeof facets)[number]) => boolean) => facets.filter(is).length
    return {
      member_change: count((p) => isMemberOn(p.n, day)),
      present_member_change: count((p) => isMemberOn(p.n, day) && within(day, [...p.active, ...p.joined])),
      present_seen_change: count((p) => within(day, p.active)),
      benefited_member_change: count((p) => isMemberOn(p.n, day) && within(day, p.benefited)),
      benefited_present_change: count((p) => within(day, p.active) && within(day, p.benefited)),
    }
  }
  type Stocks = ReturnType<typeof stocksOn>
  const membership_day = [first, ...daysSince(addDays(first, 1), addDays(last, 1))]
    .map((day, i) => {
      const now = stocksOn(day)
      const before = i === 0 ? null : stocksOn(addDays(day, -1))
      const change = Object.fromEntries(Object.entries(now).map(([name, n]) => [name, n - (before?.[name as keyof Stocks] ?? 0)]))
      const on = (days: (string | null)[]) => days.filter((d) => d === day).length
      return {
        // who was there before anything happened, was there since before the data
        day_on: i === 0 ? '-infinity' : day,
        joined_count: on(spells.map((s) => s.joined_on)),
        rejoined_count: on(spells.filter((s) => s.is_rejoin).map((s) => s.joined_on)),
        left_count: on(spells.map((s) => s.left_on)),
        first_seen_count: on(person.map((p) => p.first_seen_on)),
        last_active_count: on(person.map((p) => p.last_active_on)),
        ...change,
      }
    })
    .filter(({ day_on: _, ...counts }) => Object.values(counts).some((n) => n !== 0))

  return {
    membership_spell: spells.map(({ person: n, ...s }) => ({
      person_id: uuidOf('person', n),
      joined_at: s.joined_at ?? '-infinity',
      left_at: s.left_at,
      is_rejoin: s.is_rejoin,
      joined_on: s.joined_on ?? '-infinity',
      left_on: s.left_on,
    })),
    presence: [...new Set([...people, ...benefits.map((b) => b.person)])]
      .sort()
      .flatMap((n) => [
        ...stretchesOf(daysActive(n), LAPSE_DAYS).map((s) => ({ person_id: uuidOf('person', n), kind: 'active', ...s })),
        ...stretchesOf(daysBenefited(n), LAPSE_DAYS).map((s) => ({ person_id: uuidOf('person', n), kind: 'benefited', ...s })),
        ...stretchesOf(daysActive(n), ORDINARY_DAYS).map((s) => ({ person_id: uuidOf('person', n), kind: 'unbroken', ...s })),
      ]),
    person,
    membership_day,
    silence_length: [
      ...Map.groupBy(
        people.flatMap((n) => silencesOf(daysActive(n))),
        (days) => days,
      ),
    ]
      .map(([silent_days, all]) => ({ silent_days, returned_count: all.length }))
      .sort((a, b) => a.silent_days - b.silent_days),
  }
}
