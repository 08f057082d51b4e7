/** An event as the table `event` holds it, with the accounts it names. Times are UTC with six decimals, so that their text sorts as they do. */
import type { EventProblem, EventType } from '../../shared/contract/event.ts'
import type { CountedWorkWords } from './classify/word-counts.ts'
import type { InferredLink } from './sources/source.ts'

/** An account as one event shows it. */
export type ActorRow = {
  identity_key: string
  source: string
  source_actor_id: string
  display_name: string | null
  is_bot: boolean
  /** Hash of the normalised address; null where none was given. */
  email_key: string | null
}

export type EventRow = {
  event_key: string
  source: string
  source_event_id: string
  type: EventType
  occurred_at: string
  actor: ActorRow | null
  target_actor: ActorRow | null
  thread_key: string | null
  target_key: string | null
  channel: string | null
  url: string | null
  /** Canonical JSON: keys sorted, members that are null left out. */
  properties: string | null
  word_count: number
  artefact_word_count: number
  document_word_count: number
  /** Which words of work were counted, as they stand in their lists; null where none was. */
  work_words: CountedWorkWords | null
  /** Says nothing that answers: thanks alone, "me too", an emoji. */
  is_thanks: boolean
  /** Begins or ends with thanks or with word that it worked, and asks nothing. */
  is_acknowledging: boolean
  /** The rule that said what an untyped message is; null where the source said it. */
  classified_by: string | null
  /** How the thread of a message of a flat chat was found; null where the source said it. */
  inferred_link: Exclude<InferredLink['by'], 'source'> | null
  body_hash: string
  /** What was written, where the operator keeps it; left out otherwise. */
  kept_text?: { title: string | null; text: string | null }
}

/** Why a field of an event cannot be taken. */
export type FieldProblem = Pick<EventProblem, 'pointer' | 'code' | 'message'>
