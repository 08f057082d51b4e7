import { ChannelState } from '../../server/ingest/infer/channel-state.ts'
import { spellName } from '../../server/ingest/infer/known-names.ts'
import { type FoundLink, linkMessage } from '../../server/ingest/infer/link-message.ts'
import type { AnnotatedLog, LogLine } from './read-annotated.ts'

/** For each line of a log, by its number: the line it answers, its own where it opens, and how that was found. */
export type Linked = Map<number, { to: number; by: FoundLink['by'] }>
export type LinkMethod = (log: AnnotatedLog) => Linked

/** The channel's own bots through the years, which their source would name as such. */
export const BOTS: ReadonlySet<string> = new Set(['ubotu', 'ubottu'])
const CHANNEL = 'ubuntu'

const NEVER = -1

/** The rule of Barnraise. */
export const inferred: LinkMethod = (log) => infer(log)
/** The same without its rule 8: who opens again, opens again. */
export const inferredWithoutAgain: LinkMethod = (log) => infer(log, NEVER)

const infer = ({ lines }: AnnotatedLog, againWithin?: number): Linked => {
  const state = new ChannelState()
  return new Map(
    lines.map((line) => {
      const { in_reply_to, by } = linkMessage(state, CHANNEL, toMessage(line), againWithin)
      return [line.no, { to: in_reply_to === null ? line.no : Number(in_reply_to), by }]
    }),
  )
}

/** A line of a log as a source would give it. */
export const toMessage = ({ no, nick, at, text }: LogLine) => ({
  id: String(no),
  author: nick,
  names: () => (nick === null ? [] : spellName(nick)),
  at,
  text,
  is_bot: nick !== null && BOTS.has(nick),
  is_system: nick === null,
})

const ofMessages = ({ lines }: AnnotatedLog, find: (line: LogLine, before: LogLine | null) => LogLine | null): Linked => {
  let before: LogLine | null = null
  const linked: Linked = new Map()
  for (const line of lines) {
    const to = line.nick === null ? null : find(line, before)
    linked.set(line.no, to === null ? { to: line.no, by: 'opens' } : { to: to.no, by: 'guess' })
    if (line.nick !== null) before = line
  }
  return linked
}

/** Each message answers the one before. */
export const onePrevious: LinkMethod = (log) => ofMessages(log, (_, before) => before)

const HOUR = 3_600_000
/** One thread an hour, by the clock of the log; each message answers the one that opened it. */
export const oneAnHour: LinkMethod = (log) => {
  let opener: LogLine | null = null
  return ofMessages(log, (line) => {
    if (opener !== null && Math.floor(opener.at / HOUR) === Math.floor(line.at / HOUR)) return opener
    opener = line
    return null
  })
}
