import { isQuestion } from '../classify/is-question.ts'
import type { InferredLink } from '../sources/source.ts'
import { type ChannelState, detach, type Remembered, type Speaker } from './channel-state.ts'
import { findNamed } from './find-named.ts'
import { isGreeting } from './is-greeting.ts'
import {
  AGAIN_WITHIN,
  ANSWERING_ME_WITHIN,
  COMMAND_WITHIN,
  NAMED_BEFORE_WITHIN,
  NAMED_WITHIN,
  NAMING_ME_WITHIN,
  OWN_NAMED_WITHIN,
  OWN_WITHIN,
  ROOM_OTHERS,
  ROOM_WITHIN,
  SILENT_WITHIN,
  TEXT_READ,
} from './limits.ts'

/** A message of a flat chat, as the rule needs it. */
export type FlatMessage = {
  id: string
  /** Id of who wrote it; null where that is not known. */
  author: string | null
  /** What the author goes by, in lower case; asked for once a person and channel. */
  names: () => readonly string[]
  /** Milliseconds since 1970. */
  at: number
  text: string
  is_bot: boolean
  /** Written by the system, about someone who came or a topic that changed: it answers nothing. */
  is_system: boolean
  /** What the source itself says it answers, or opens: such a message is remembered and not judged. */
  known?: { in_reply_to: string | null; thread_id: string }
}

/** A link that was inferred; what a source says of threads is none. */
export type FoundLink = {
  in_reply_to: string | null
  thread_id: string
  by: Exclude<InferredLink['by'], 'source'>
  /** Comes to the question after "hello": the first that asks in a thread in which nobody else has written. */
  is_question?: boolean
}

type Found = { target: Remembered | null; by: FoundLink['by'] }
const OPENS: Found = { target: null, by: 'opens' }
const COMMAND = /^[!#.]\S/

/**
 * Finds the message that the next message of a channel answers, and remembers it. The rules are tried in the order in which they
 * are published (docs/threads.md); the first that fits decides. `againWithin`, in milliseconds, is of rule 8.
 */
export const linkMessage = (state: ChannelState, channel: string, message: FlatMessage, againWithin = AGAIN_WITHIN): FoundLink => {
  const { id, at, text, is_bot, is_system } = message
  const author = is_system ? null : message.author
  const speaker = author === null ? null : state.speaker(author, message.names)
  // the same message twice: it is stored once, with the link it had
  if (speaker?.recent.some((one) => one.id === id)) return { in_reply_to: null, thread_id: id, by: 'opens' }
  const said = author === null ? null : findNamed(text, state.whoIs, channel)
  const names = said === author ? null : said
  const { target, by } = message.known ? OPENS : find(state, { author, speaker, names, at, text, is_bot, againWithin })
  const link: FoundLink = message.known
    ? { ...message.known, by: 'opens' }
    : { in_reply_to: target?.id ?? null, thread_id: target?.thread_id ?? id, by }
  const is_command = !is_bot && COMMAND.test(text)
  const own_id = detach(id)
  const opens = link.thread_id === id
  // a long text is not kept
  const asks = is_system || is_bot ? false : text.length > TEXT_READ ? isQuestion(null, text) : detach(text)
  const remembered: Remembered = {
    no: state.next_no,
    id: own_id,
    thread_id: opens ? own_id : (target?.thread_id ?? detach(link.thread_id)),
    opened_by: opens ? (speaker?.id ?? null) : (target?.opened_by ?? null),
    author: speaker?.id ?? null,
    at,
    names: names === null ? null : (state.speakers.get(names)?.id ?? detach(names)),
    asks,
    is_command,
  }
  if (target !== null && speaker !== null && comesToQuestion(speaker, target, asks)) link.is_question = true
  state.add(remembered, speaker, target?.author ?? null, is_bot)
  return link
}

/** Whether a text asks, in a thread that its author opened and nobody has joined, before anything else in it has asked. */
const comesToQuestion = ({ alone, recent }: Speaker, target: Remembered, asks: boolean | string): boolean => {
  if (alone === null || alone.id !== target.thread_id || recent.some((one) => one.thread_id === alone.id && doesAsk(one))) return false
  return typeof asks === 'string' ? isQuestion(null, asks) : asks
}

type Mine = {
  author: string | null
  speaker: Speaker | null
  names: string | null
  at: number
  text: string
  is_bot: boolean
  againWithin: number
}

const find = (state: ChannelState, mine: Mine): Found => {
  const { author, speaker, names, at, text, is_bot, againWithin } = mine
  // 1: nobody speaks
  if (author === null || speaker === null) return OPENS
  if (is_bot) return guess(latestCommand(state, at))
  const own = within(speaker.recent.at(-1), at, Number.POSITIVE_INFINITY)
  // 2: I name whom I answer
  const named = names === null ? null : findNamedLast(state, mine, own)
  if (named !== null) return { target: named, by: 'named' }
  // 3: someone named me since I last spoke
  const naming = within(speaker.named_by, at, NAMING_ME_WITHIN)
  if (naming) return { target: naming, by: 'named' }
  // 4: someone answered me without a name
  const answering = within(speaker.answered_by, at, ANSWERING_ME_WITHIN)
  if (answering) return guess(answering)
  // 5: in a small room I answer whoever spoke after me
  const other = otherInSmallRoom(state, author, at)
  const isOpen = other !== null && (other.names === null || other.names === author)
  if (isOpen && own && within(own, at, ROOM_WITHIN) && other.no > own.no) return guess(other)
  // 6: I go on
  if (within(own, at, OWN_WITHIN)) return guess(own)
  // 7: in a small room, or in one that has been silent since, I answer the question that was asked last, unless I greet or ask
  if (other !== null && doesAsk(other) && !isGreeting(text) && !isQuestion(null, text)) return guess(other)
  const silent = questionBeforeSilence(state, author, at)
  if (silent !== null && !isGreeting(text) && !isQuestion(null, text)) return guess(silent)
  // 8: I try again, as long as nobody has joined what I opened
  const again = within(speaker.alone, at, againWithin)
  if (again) return guess(again)
  // 9: I begin something new
  return OPENS
}

/** Looks at each text at most once. */
const doesAsk = (message: Remembered): boolean => {
  if (typeof message.asks === 'string') message.asks = isQuestion(null, message.asks)
  return message.asks
}

const guess = (target: Remembered | null): Found => (target === null ? OPENS : { target, by: 'guess' })

/** The message if it is at most so old. One with a later time, where messages are out of order, is no candidate. */
const within = (message: Remembered | null | undefined, at: number, age: number): Remembered | null =>
  message && message.at <= at && at - message.at <= age ? message : null

/** Rule 2: which message of the person I name. */
const findNamedLast = (state: ChannelState, { author, speaker, names, at }: Mine, own: Remembered | null): Remembered | null => {
  const theirs = state.speakers.get(names as string)
  const last = within(theirs?.recent.at(-1), at, NAMED_WITHIN)
  if (!theirs || !last || !speaker) return null
  // a: I was speaking to them already, and they have not come back to me
  if (own && own.no > last.no && own.names === names && last.names !== author && within(own, at, OWN_NAMED_WITHIN)) return own
  // b: they speak to somebody else meanwhile
  if (last.names !== null && last.names !== author) {
    const before = speaker.named_at?.get(names as string)
    if (before !== undefined && at - before <= NAMED_BEFORE_WITHIN) {
      const open = theirs.recent.findLast((one) => one.at <= at && (one.names === null || one.names === author))
      if (open) return open
    }
  }
  // c
  return last
}

/** The latest message of another, if at most so many others spoke of late. */
const otherInSmallRoom = (state: ChannelState, author: string, at: number): Remembered | null => {
  let latest: Remembered | null = null
  const others = new Set<string>()
  for (let back = 1; ; back++) {
    const message = state.back(back)
    if (!message || at - message.at > ROOM_WITHIN) return latest
    if (message.author === null || message.author === author || message.at > at) continue
    latest ??= message
    others.add(message.author)
    if (others.size > ROOM_OTHERS) return null
  }
}

/** What another asked, alone, before everybody fell silent for a while; the latest if they asked several times. */
const questionBeforeSilence = (state: ChannelState, author: string, at: number): Remembered | null => {
  const last = within(state.back(1), at, SILENT_WITHIN)
  if (!last || last.author === null || last.author === author || at - last.at <= ROOM_WITHIN) return null
  if (last.names !== null && last.names !== author) return null
  if (doesAsk(last)) return last
  const asker = state.speakers.get(last.author)
  if (asker?.alone?.id !== last.thread_id) return null
  return asker.recent.findLast((one) => one.thread_id === last.thread_id && doesAsk(one)) ?? null
}

const latestCommand = (state: ChannelState, at: number): Remembered | null => {
  for (let back = 1; ; back++) {
    const message = state.back(back)
    if (!message || at - message.at > COMMAND_WITHIN) return null
    if (message.is_command && message.at <= at) return message
  }
}
