import type { CasePlace, CaseState } from '../../../shared/contract/case-place.ts'
import { formatHours, formatInstant, sayCountOf } from '../../../shared/format.ts'

type Event = NonNullable<CasePlace['event']>

/** What an event is, as a heading names it: by what it says first, else by its type. */
const NOUNS: Record<string, string> = {
  question: 'A question',
  answer: 'An answer',
  reply: 'A reply',
  post: 'A post',
  'member.joined': 'Somebody joined',
  'member.left': 'Somebody left',
  'answer.accepted': 'An answer was accepted',
  'content.deleted': 'Something was taken back',
  'content.viewed': 'Something was read',
  'reaction.added': 'A reaction',
  'practice.shared': 'A practice was shared',
  'practice.reused': 'A practice was reused',
}
export const nameEvent = ({ kind, type }: Pick<Event, 'kind' | 'type'>): string =>
  NOUNS[kind ?? ''] ?? NOUNS[type] ?? type.replace('.', ' ').replace(/^./, (letter) => letter.toUpperCase())

/** What one row of a list is called, on a page of its own. */
export const KIND_NOUNS: Record<NonNullable<CasePlace['kind']>, string> = {
  questions: 'A question',
  people: 'A member',
  pairs: 'Who helped whom',
  contributions: 'A contribution',
  changes: 'A change of membership',
  topics: 'A topic',
  threads: 'A thread',
  practices: 'A practice',
  days: 'A day',
}

/** Why no number counts it; null where they do. */
export const sayState = (state: CaseState): string | null =>
  ({
    counted: null,
    removed: 'It was taken back where it was said, so no number counts it any more.',
    bot: 'A bot’s account did it, so no number counts it.',
    quarantined: 'It answers a question that is not there, or that came later, so it stands apart and no number counts it.',
    no_contribution: null,
  })[state]

/** By which rule it was put into its thread. */
export const sayInferredLink = (rule: string | null): string | null =>
  rule === null
    ? null
    : ({
        opens: 'Its source tells no threads: it was taken to open one, since nothing before it stood near enough.',
        named: 'Its source tells no threads: it was put here because it names who wrote before.',
      }[rule] ?? 'Its source tells no threads: it was put here by what was said just before.')

/** What became of the question. */
export const sayEpisode = (episode: NonNullable<CasePlace['episode']>, timeZone: string): string => {
  if (episode.first_answered_at === null) return `Asked ${formatInstant(episode.asked_at, timeZone)}; nobody else has answered.`
  const hours = (Date.parse(episode.first_answered_at) - Date.parse(episode.asked_at)) / 3_600_000
  const helpers = `${sayCountOf(episode.answer_count, 'answer')} by ${sayCountOf(episode.helper_count, 'helper')}`
  const accepted = episode.accepted_at === null ? '' : `, accepted ${formatInstant(episode.accepted_at, timeZone)}`
  const thanked = episode.acknowledged_at === null ? '' : ', and thanked for'
  return `Asked ${formatInstant(episode.asked_at, timeZone)}; first answered after ${formatHours(hours)}; ${helpers}${accepted}${thanked}.`
}
