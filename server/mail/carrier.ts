/** What carries a message to where it is to go, and what became of it. The outbox knows nothing of what a message says. */

/** A mail as it is handed over. `message_key` stays the same when a person has it sent once more. */
export type Letter = {
  message_key: string
  /** Whose it is; null: of several communities, or of none. */
  community_id?: string | null
  /** Where it goes; without one: by mail, to `to_address`. */
  hook_id?: string | null
  to_address: string
  to_name: string | null
  subject: string
  text_body: string
  html_body: string
  /** Further headers by name. In-Reply-To holds the `message_key` of the mail that this one answers. */
  headers: Record<string, string>
}

/** `answer` is in words for whoever looks after mail: what the other side said, or what happened. */
export type Outcome =
  | { state: 'sent'; answer: string }
  /** Not taken, for good. `is_gone`: nor will any other that goes there. */
  | { state: 'refused'; answer: string; is_gone?: true }
  /** Not taken, to be tried again. `is_server_trouble`: it would have happened to any other message as well. `again_at`: not before then. */
  | { state: 'again'; answer: string; is_server_trouble: boolean; again_at?: Date }
  /** It was on its way when the connection broke. */
  | { state: 'uncertain'; answer: string }

/**
 * Called when everything is ready and before the first byte of the message leaves; while it has not resolved to true, nothing of the message
 * has left. False: somebody else has taken the message over, and nothing may be sent.
 */
export type MayHandOver = () => Promise<boolean>

/** Carries messages one after the other over one connection, opened when the first needs it. Never throws. */
export type Carriage = {
  carry: (letter: Letter, mayHandOver: MayHandOver, at: Date) => Promise<Outcome>
  /** Breaks off at once whatever is going on. */
  abort: () => void
  /** Says goodbye; to be called when nothing is being carried. */
  close: () => void
}

export type Carrier = {
  open: () => Carriage
  /** Longest time that may pass, in milliseconds, before the message begins to leave, and from then on until the outcome is known. */
  limits: { prepare_ms: number; hand_over_ms: number }
}
