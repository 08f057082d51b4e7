/** The first reading of an export: what must be known of all of it before its first message can be told. */
import { cleanName } from '../clean-text.ts'
import type { Place } from '../source.ts'
import type { Channel } from './find-conversations.ts'
import { findFlatMonths, type MonthCount } from './judge-threads.ts'
import { authorOf, botNameOf, isJoin, isRename, isSaid, threadOf } from './message-kinds.ts'
import { readDay } from './read-day.ts'

/** `ts` names the joining for good: an export that begins later knows a later one, and of two the rollups take the first. */
export type Join = Place & { user: string; at: string; ts: string }

export type Survey = {
  /** The first coming of each person who is known to have come, in the order of time. */
  joins: ReadonlyMap<string, Join>
  /** Joins are told for most who speak: the export begins early enough, and the workspace shows who joins. */
  tellsJoins: boolean
  /** Bots that have no account of their own, as they are called last. */
  bots: Map<string, string | null>
  /** Channel id -> months (YYYY-MM) in which it is a flat chat. */
  flatMonths: Map<string, Set<string>>
  /** What a channel was called at a time. */
  nameAt: (channel: Channel, at: string) => string
}

/**
 * Nobody speaks in a channel without joining it, so where most speakers never joined, the export begins too late or the workspace
 * hides who joins; the joins that are left would be a wrong number. Our judgement.
 */
export const MIN_JOINED_SHARE = 0.5

type Rename = { at: string; oldName: string }

/**
 * Joins are told channel by channel, so a person's first is known when all channels are read. One who had spoken before their first
 * join was here already: when they came is not known, and no join is told. Holds a line for each person and bot, each month of a channel
 * and each renaming. A file that cannot be read counts as far as it can; the second reading reports it.
 */
export const surveyExport = async (channels: readonly Channel[], encoding: string): Promise<Survey> => {
  const joined = new Map<string, Join>()
  const spoke = new Map<string, string>()
  const flatMonths = new Map<string, Set<string>>()
  const bots = new Map<string, string | null>()
  const renames = new Map<string, Rename[]>()
  for (const channel of channels) {
    const months = new Map<string, MonthCount>()
    for (const { files } of channel.days)
      for await (const { message, at, position, file } of readDay(files, encoding)) {
        if (message === undefined) continue
        const user = authorOf(message)
        if (isJoin(message)) {
          const before = user === null ? null : joined.get(user)
          if (user !== null && (!before || at < before.at))
            joined.set(user, { user, at, ts: message.ts, position, ...(file === undefined ? {} : { file }) })
        } else if (isRename(message) && typeof message.old_name === 'string') {
          const known = renames.get(channel.id) ?? []
          renames.set(channel.id, known)
          known.push({ at, oldName: cleanName(message.old_name) ?? channel.name })
        } else if (isSaid(message)) {
          if (user?.startsWith('bot:')) bots.set(user, botNameOf(message) ?? bots.get(user) ?? null)
          if (user !== null && at < (spoke.get(user) ?? '\uffff')) spoke.set(user, at)
          const month = months.get(at.slice(0, 7)) ?? { messages: 0, replies: 0 }
          months.set(at.slice(0, 7), month)
          month.messages++
          if (threadOf(message) !== null) month.replies++
        }
      }
    flatMonths.set(channel.id, findFlatMonths([...months].sort(([a], [b]) => (a < b ? -1 : 1))))
  }
  for (const list of renames.values()) list.sort((a, b) => (a.at < b.at ? -1 : 1))
  for (const { user, at } of joined.values()) if (at >= (spoke.get(user) ?? '\uffff')) joined.delete(user)
  const speakers = [...spoke.keys()].filter((user) => !user.startsWith('bot:') && user !== 'USLACKBOT')
  const joinedSpeakers = speakers.filter((user) => joined.has(user)).length
  return {
    tellsJoins: joined.size > 0 && joinedSpeakers >= speakers.length * MIN_JOINED_SHARE,
    joins: new Map([...joined].sort(([, a], [, b]) => (a.at === b.at ? (a.user < b.user ? -1 : 1) : a.at < b.at ? -1 : 1))),
    bots,
    flatMonths,
    // a newer export has the new name on everything; by the name of its day an old message stays the same event
    nameAt: (channel, at) => renames.get(channel.id)?.find((rename) => at < rename.at)?.oldName ?? channel.name,
  }
}
