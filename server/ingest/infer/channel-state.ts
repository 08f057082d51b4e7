import { MESSAGES_KEPT, MESSAGES_KEPT_OF_PERSON, NAMED_BEFORE_WITHIN, NAMED_WITHIN, PEOPLE_KEPT } from './limits.ts'

/** What later messages need to know of a message. */
export type Remembered = {
  /** Its place in the channel: times may be the same. */
  no: number
  id: string
  thread_id: string
  /** Who opened the thread; null where that is not known. */
  opened_by: string | null
  /** Id of who wrote it; null for nobody known, and for the system. */
  author: string | null
  /** Milliseconds since 1970. */
  at: number
  /** Id of the person it names. */
  names: string | null
  /** Whether it asks; where only its text would say, that is kept for a while and read when somebody wants to know. */
  asks: boolean | string
  is_command: boolean
}

/** What is remembered of a person in one channel. */
export type Speaker = {
  id: string
  names: readonly string[]
  /** Their last messages, latest last. */
  recent: Remembered[]
  /** The latest message since their last that names them, … */
  named_by: Remembered | null
  /** … and the latest that names nobody and was found to answer them. */
  answered_by: Remembered | null
  /** Their last message that opened a conversation, while nobody else has joined it. */
  alone: Remembered | null
  /** When they last named whom. */
  named_at: Map<string, number> | null
}

/** How often, in messages, what is too old for any rule is forgotten. */
const SWEEP_EVERY = 1_000
/** Texts of the last messages of a channel are kept, this many: rule 7 hardly ever looks farther back. */
const TEXTS_KEPT = 20
/** Whom one person named is remembered of so many. */
const NAMED_KEPT = 50

/** A copy: a text cut out of a longer one, as parsers do, would keep all of the longer one in memory for as long as it is remembered. */
export const detach = (text: string): string => {
  const encoding = TWO_BYTES.test(text) ? 'utf16le' : 'latin1'
  return Buffer.from(text, encoding).toString(encoding)
}
const TWO_BYTES = /[\u0100-\uffff]/

/** What is remembered of one channel; bounded, however much is said in it. */
export class ChannelState {
  readonly speakers = new Map<string, Speaker>()
  /** Who goes by a name; null where several people do. */
  private readonly byName = new Map<string, string | null>()
  private readonly ring: (Remembered | undefined)[] = new Array(MESSAGES_KEPT)
  private count = 0

  readonly whoIs = (word: string): string | null => this.byName.get(word) ?? null

  get next_no(): number {
    return this.count
  }

  /** The thread of a message, if it is remembered. */
  threadOf(id: string): string | null {
    for (let back = 1; ; back++) {
      const message = this.back(back)
      if (!message || message.id === id) return message?.thread_id ?? null
    }
  }

  /** The message so many back, 1 for the latest; undefined where it is forgotten, or never was. */
  back(steps: number): Remembered | undefined {
    return steps > this.count || steps > MESSAGES_KEPT ? undefined : this.ring[(this.count - steps) % MESSAGES_KEPT]
  }

  /** The speaker, made known now if need be; `names` are what they go by, in lower case. */
  speaker(id: string, names: () => readonly string[]): Speaker {
    const known = this.speakers.get(id)
    if (known) {
      // who spoke last stands last, so that the first is the next to be forgotten
      this.speakers.delete(id)
      this.speakers.set(id, known)
      return known
    }
    if (this.speakers.size >= PEOPLE_KEPT) this.forgetOldest()
    const fresh: Speaker = {
      id: detach(id),
      names: names().map(detach),
      recent: [],
      named_by: null,
      answered_by: null,
      alone: null,
      named_at: null,
    }
    this.speakers.set(fresh.id, fresh)
    for (const name of fresh.names) this.byName.set(name, this.byName.has(name) && this.byName.get(name) !== id ? null : id)
    return fresh
  }

  /** Adds a message to what is remembered; `answered` is who wrote the message it answers. What a bot says joins nothing. */
  add(message: Remembered, author: Speaker | null, answered: string | null, isBot: boolean): void {
    this.ring[this.count % MESSAGES_KEPT] = message
    this.count++
    const past = this.back(TEXTS_KEPT + 1)
    if (past && typeof past.asks === 'string') past.asks = false
    if (author !== null) {
      author.recent.push(message)
      if (author.recent.length > MESSAGES_KEPT_OF_PERSON) author.recent.shift()
      author.named_by = null
      author.answered_by = null
      if (message.thread_id === message.id) author.alone = message
      if (message.names !== null) noteNamed(author, message.names, message.at)
    }
    if (message.author !== null && message.opened_by !== message.author && !isBot) {
      const opener = this.speakers.get(message.opened_by ?? '')
      if (opener?.alone?.id === message.thread_id) opener.alone = null
    }
    if (message.names !== null && message.names !== message.author) {
      const named = this.speakers.get(message.names)
      if (named) named.named_by = message
    } else if (answered !== null && answered !== message.author) {
      const speaker = this.speakers.get(answered)
      if (speaker) speaker.answered_by = message
    }
    if (this.count % SWEEP_EVERY === 0) this.sweep(message.at)
  }

  private forgetOldest(): void {
    for (const [id, { names }] of this.speakers) {
      this.speakers.delete(id)
      for (const name of names) if (this.byName.get(name) === id) this.byName.delete(name)
      // a name that several went by stays nobody's: who is left of them is not known
      return
    }
  }

  /** Of people silent for longer than any rule looks back, the name is kept alone. */
  private sweep(now: number): void {
    const since = now - Math.max(NAMED_WITHIN, NAMED_BEFORE_WITHIN)
    for (const speaker of this.speakers.values()) {
      if ((speaker.recent.at(-1)?.at ?? 0) >= since) continue
      if (speaker.recent.length === 0) continue
      speaker.recent = []
      speaker.named_by = null
      speaker.answered_by = null
      speaker.alone = null
      speaker.named_at = null
    }
  }
}

const noteNamed = (author: Speaker, name: string, at: number): void => {
  author.named_at ??= new Map()
  author.named_at.delete(name)
  author.named_at.set(name, at)
  if (author.named_at.size > NAMED_KEPT) author.named_at.delete(author.named_at.keys().next().value as string)
}
