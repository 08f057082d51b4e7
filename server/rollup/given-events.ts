import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type { EventType } from '../../shared/contract/event.ts'
import type { CareMark } from '../../shared/contract/today.ts'
import { addDays } from '../../shared/period.ts'
import type { EventRow } from '../ingest/event-row.ts'
import type { ObviousEvent } from './obvious-contributions.ts'

/** For tests: what comes to a community at random, crowded into few threads, people and times around days with odd midnights. */

export type Fact = {
  key: number
  type: EventType
  at: number
  /** Null: anonymous. */
  person: number | null
  /** Whether the event says that its author is a bot; once said, it holds for all they do, unless a manager says otherwise. */
  saysBot: boolean
  /** How it calls its author: the name of a program, another, or none. */
  name: string | null
  thread: number | null
  target: number | null
  is_thanks: boolean
  is_acknowledging: boolean
  is_comment: boolean
  is_work: boolean
  inferred_link: EventRow['inferred_link']
}
export type Happening =
  | { what: 'batch'; facts: Fact[] }
  | { what: 'merge'; people: [number, number] }
  | { what: 'split'; person: number }
  | { what: 'ruling'; person: number; ruling: boolean | null }
  // what a manager says of a question, whether it has come yet or not
  | { what: 'mark'; key: number; mark: CareMark | null }
  | { what: 'time zone'; timeZone: string }
  | { what: 'refresh' }

const KEYS = 24
const PEOPLE = 5
const uuidOf = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`
export const identityOf = (person: number) => uuidOf(2, person)
// a thread named by a number is the one that the event of that number opens, when that names none itself
export const eventOf = (key: number) => uuidOf(1, key)

const HOUR = 3_600_000
const PLACES = [
  { timeZone: 'UTC', day: '2024-02-28' },
  { timeZone: 'Asia/Kolkata', day: '2023-06-14' },
  { timeZone: 'America/Sao_Paulo', day: '2018-11-03' },
  { timeZone: 'Atlantic/Azores', day: '2023-10-28' },
  // back from 00:01 to 23:01 of the day before
  { timeZone: 'America/St_Johns', day: '2006-10-28' },
  // a day that does not happen
  { timeZone: 'Pacific/Apia', day: '2011-12-29' },
]
const startOf = (day: string, timeZone: string) => Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds

const TYPES: EventType[] = [
  'question.asked',
  'question.asked',
  'answer.posted',
  'answer.posted',
  'reply.posted',
  'reply.posted',
  'post.published',
  'announcement.published',
  'document.edited',
  'task.completed',
  'answer.accepted',
  'answer.accepted',
  'answer.unaccepted',
  'content.deleted',
  'member.joined',
  'member.left',
  'reaction.added',
  'content.viewed',
]

const factAt = (times: number[]) =>
  fc.record({
    key: fc.integer({ min: 1, max: KEYS }),
    type: fc.constantFrom(...TYPES),
    at: fc.constantFrom(...times),
    person: fc.option(fc.integer({ min: 1, max: PEOPLE }), { freq: 6 }),
    saysBot: fc.integer({ min: 0, max: 24 }).map((n) => n === 0),
    name: fc.constantFrom(null, null, null, null, null, 'Ana', 'zoe[bot]'),
    thread: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 1 }),
    target: fc.option(fc.integer({ min: 1, max: KEYS }), { freq: 3 }),
    is_thanks: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    is_acknowledging: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
    is_comment: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    is_work: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    inferred_link: fc.constantFrom(null, null, null, 'opens', 'named', 'guess'),
  })

/** Batches hold events that are new, sent again, or say otherwise than before; each stands for what a source may send. */
export const story: fc.Arbitrary<{ timeZone: string; happenings: Happening[] }> = fc.constantFrom(...PLACES).chain(({ timeZone, day }) => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(-1, 0, 0, 1, 30, 59, 61, 90), fc.constantFrom(0, 0, 5, 12, 23))
    .map(([days, minutes, hours]) => startOf(addDays(day, days), timeZone) + minutes * 60_000 + hours * HOUR)
  return fc.array(time, { minLength: 6, maxLength: 14 }).chain((times) => {
    const happening: fc.Arbitrary<Happening> = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          what: fc.constant('batch' as const),
          facts: fc.uniqueArray(factAt(times), { minLength: 1, maxLength: 9, size: 'max', selector: (fact) => fact.key }),
        }),
      },
      { weight: 4, arbitrary: fc.constant({ what: 'refresh' as const }) },
      {
        weight: 1,
        arbitrary: fc.record({
          what: fc.constant('merge' as const),
          people: fc.tuple(fc.integer({ min: 1, max: PEOPLE }), fc.integer({ min: 1, max: PEOPLE })),
        }),
      },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('split' as const), person: fc.integer({ min: 1, max: PEOPLE }) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          what: fc.constant('ruling' as const),
          person: fc.integer({ min: 1, max: PEOPLE }),
          ruling: fc.constantFrom(true, false, null),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          what: fc.constant('mark' as const),
          key: fc.integer({ min: 1, max: KEYS }),
          mark: fc.constantFrom<CareMark | null>('answered_elsewhere', 'not_a_question', 'not_a_question', 'done', null),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          what: fc.constant('time zone' as const),
          timeZone: fc.constantFrom(...PLACES.map((place) => place.timeZone)),
        }),
      },
    )
    return fc.record({ timeZone: fc.constant(timeZone), happenings: fc.array(happening, { minLength: 1, maxLength: 10, size: 'max' }) })
  })
})

const WORDS = 3

/** The fact as the store takes it; the time within its millisecond and the hash say nothing more. */
export const rowOf = (fact: Fact): EventRow => ({
  event_key: eventOf(fact.key),
  source: 's',
  source_event_id: String(fact.key),
  type: fact.type,
  occurred_at: new Date(fact.at).toISOString().replace('Z', '000Z'),
  actor:
    fact.person === null
      ? null
      : {
          identity_key: identityOf(fact.person),
          source: 's',
          source_actor_id: String(fact.person),
          display_name: fact.name,
          is_bot: fact.saysBot,
          email_key: null,
        },
  target_actor: null,
  thread_key: fact.thread === null ? null : eventOf(fact.thread),
  target_key: fact.target === null ? null : eventOf(fact.target),
  channel: null,
  url: null,
  properties: fact.is_work || fact.is_comment ? JSON.stringify({ comment: fact.is_comment, work: fact.is_work }) : null,
  word_count: WORDS,
  artefact_word_count: 0,
  document_word_count: 0,
  work_words: null,
  is_thanks: fact.is_thanks,
  is_acknowledging: fact.is_acknowledging,
  classified_by: null,
  inferred_link: fact.inferred_link,
  body_hash: uuidOf(
    7,
    Number.parseInt([...JSON.stringify(fact)].reduce((h, c) => (h * 31 + c.charCodeAt(0)) % 999_999_999_989, 7).toFixed(0), 10),
  ),
})

/** What the store holds after all that happened, as the slow version takes it. */
export const eventsAfter = (happenings: readonly Happening[]): ObviousEvent[] => {
  const facts = new Map<number, Fact>()
  const flagged = new Set<number>()
  const names = new Map<number, { at: number; name: string }>()
  const rulings = new Map<number, boolean | null>()
  const marks = new Map<number, CareMark | null>()
  const personOf = new Map<number, number>()
  const seen = new Set<number>()
  const people = (person: number) => personOf.get(person) ?? person
  for (const happening of happenings) {
    if (happening.what === 'batch')
      for (const fact of happening.facts) {
        facts.set(fact.key, fact)
        if (fact.person !== null) {
          seen.add(fact.person)
          if (fact.saysBot) flagged.add(fact.person)
          const named = names.get(fact.person)
          if (fact.name !== null && (!named || fact.at > named.at || (fact.at === named.at && fact.name > named.name)))
            names.set(fact.person, { at: fact.at, name: fact.name })
        }
      }
    else if (happening.what === 'merge') {
      const [first, second] = happening.people
      if (!seen.has(first) || !seen.has(second)) continue
      const [kept, gone] = [people(first), people(second)]
      for (const person of seen) if (people(person) === gone) personOf.set(person, kept)
    } else if (happening.what === 'mark') marks.set(happening.key, happening.mark)
    else if (happening.what === 'ruling' && seen.has(happening.person)) rulings.set(happening.person, happening.ruling)
    else if (happening.what === 'split' && seen.has(happening.person)) {
      const { person } = happening
      const together = people(person)
      const others = [...seen].filter((other) => other !== person && people(other) === together).sort((a, b) => a - b)
      const name = together === person ? others[0] : together
      for (const other of others) personOf.set(other, name as number)
      personOf.set(person, person)
    }
  }
  const isBot = (person: number) => rulings.get(person) ?? (flagged.has(person) || names.get(person)?.name.endsWith('[bot]') === true)
  return [...facts.values()].map((fact) => ({
    event_key: eventOf(fact.key),
    // ruled to be no question it is what it would have been, had it come as a post
    type: fact.type === 'question.asked' && marks.get(fact.key) === 'not_a_question' ? 'post.published' : fact.type,
    is_answered_elsewhere: fact.type === 'question.asked' && marks.get(fact.key) === 'answered_elsewhere',
    at: fact.at,
    person_id: fact.person === null ? null : identityOf(people(fact.person)),
    is_bot: fact.person !== null && isBot(fact.person),
    thread_key: fact.thread === null ? null : eventOf(fact.thread),
    target_key: fact.target === null ? null : eventOf(fact.target),
    is_thanks: fact.is_thanks,
    is_acknowledging: fact.is_acknowledging,
    is_comment: fact.is_comment,
    is_work: fact.is_work,
    word_count: WORDS,
    inferred_link: fact.inferred_link,
  }))
}
