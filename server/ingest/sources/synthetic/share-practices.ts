import type { EventInput } from '../../../../shared/contract/event.ts'
import type { LocalDay } from './calendar.ts'
import type { Random } from './random.ts'
import type { Person } from './roster.ts'

/** For each practice shared: how often it is viewed and put to use by others; for each, a report of what it was worth. All our judgement. */
const VIEWS_OF_PRACTICE = 4
const REUSES = 1.2
const VALUE_REPORTS = 0.5
/** Of practices, those that are still looked at; the others gather dust. */
const REMEMBERED = 60
/** Hours of a day in which it happens: short of the shortest day there is, so that it never falls on the next. */
const HOURS = 22
const HOUR_MS = 3_600_000

export type PracticeEvent = { at: number; event: Omit<EventInput, 'occurred_at'> }

/**
 * Practices of a made-up community, and who views and reuses them. It draws from a stream of its own and leaves the people
 * as they are, so that everything else happens as it would without.
 */
export const createPracticeSharing = (random: Random, source: string) => {
  const practices: { id: string; author: Person; shared_at: number }[] = []
  let count = 0
  const pickPresent = (people: readonly Person[], at: number): Person | null => {
    for (let attempt = 0; attempt < 8 && people.length > 0; attempt++) {
      const person = random.pick(people)
      if (!person.has_left && person.joined_at < at) return person
    }
    return null
  }
  /** What happens on a day on which `perDay` practices are shared on average. `people` may have left, and are passed over then. */
  return function* onDay(day: LocalDay, people: readonly Person[], perDay: number): Generator<PracticeEvent> {
    const happen = (type: EventInput['type'], at: number, actor: Person, more: Partial<EventInput> = {}): PracticeEvent => ({
      at,
      event: { id: `p${++count}`, source, type, actor: { id: actor.id, name: actor.name }, ...more },
    })
    const times = (mean: number) =>
      Array.from({ length: random.poisson(mean) }, () => day.starts_at + Math.floor(random.next() * HOURS * HOUR_MS)).toSorted(
        (a, b) => a - b,
      )
    for (const at of times(perDay)) {
      const author = pickPresent(people, at)
      if (!author) continue
      const shared = happen('practice.shared', at, author, { channel: 'practices' })
      practices.push({ id: shared.event.id, author, shared_at: at })
      if (practices.length > REMEMBERED) practices.shift()
      yield shared
    }
    for (const [type, mean] of [
      ['content.viewed', VIEWS_OF_PRACTICE],
      ['practice.reused', REUSES],
    ] as const)
      for (const at of times(practices.length > 0 ? perDay * mean : 0)) {
        const practice = random.pick(practices)
        const actor = pickPresent(people, at)
        if (!actor || actor === practice.author || at <= practice.shared_at) continue
        yield happen(type, at, actor, { in_reply_to: practice.id })
      }
    for (const at of times(perDay * VALUE_REPORTS)) {
      const actor = pickPresent(people, at)
      if (actor) yield happen('value.reported', at, actor, { properties: { hours_saved: 1 + random.below(8) } })
    }
  }
}
