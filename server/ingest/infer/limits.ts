/**
 * The constants of the rule that finds threads in flat chats, each once; times in milliseconds. They were chosen on the training
 * part of a hand-annotated help channel (Kummerfeld et al. 2019, doi:10.18653/v1/P19-1374) and are flat: most alternatives move
 * the F1 of links by at most 0.3 points (docs/threads.md).
 */
const MINUTE = 60_000

/** Whom a message names is answered if they spoke this recently. */
export const NAMED_WITHIN = 30 * MINUTE
/** Whom I named this recently, and who now speaks to somebody else, I still speak to. */
export const NAMED_BEFORE_WITHIN = 30 * MINUTE
/** A message to the same person continues one's own last, if that is this recent. */
export const OWN_NAMED_WITHIN = 5 * MINUTE
/** A message that names me is answered by my next, if it is this recent. */
export const NAMING_ME_WITHIN = 5 * MINUTE
/** The same, where it named nobody and was found to answer me. */
export const ANSWERING_ME_WITHIN = 2 * MINUTE
/** A small room is one where, in this time, … */
export const ROOM_WITHIN = 5 * MINUTE
/** … at most so many others spoke. */
export const ROOM_OTHERS = 2
/** A message without any other sign continues one's own last, if that is this recent. */
export const OWN_WITHIN = 2 * MINUTE
/** Who would open a conversation, but opened one this recently that nobody has joined, goes on with that: asked again is not asked twice. */
export const AGAIN_WITHIN = 30 * MINUTE
/**
 * Where nobody has spoken since a question for longer than a room is looked at, the next message answers it, if it is this recent. Of 39 such
 * messages of the small local chat it was made for 35 did, read by hand.
 */
export const SILENT_WITHIN = 24 * 60 * MINUTE
/** A bot answers a command that is this recent. */
export const COMMAND_WITHIN = 2 * MINUTE

/** What is remembered of a channel: its last messages, … */
export const MESSAGES_KEPT = 200
/** … the last messages of each person, … */
export const MESSAGES_KEPT_OF_PERSON = 8
/** … and the people who spoke last. */
export const PEOPLE_KEPT = 10_000

/** The following bound the memory of an import, and no result of ordinary size; our judgement. Channels followed at once, those spoken in last, … */
export const CHANNELS_KEPT = 2_000
/** … the people of all of them, … */
export const PEOPLE_KEPT_IN_ALL = 100_000
/** … and the accounts whose names are known. */
export const ACCOUNTS_KEPT = 100_000
/** Names are looked for in this much of a message, in characters: whom it speaks to stands near its beginning. */
export const TEXT_READ = 2_000
