/** The head of a file of DiscordChatExporter: https://github.com/Tyrrrz/DiscordChatExporter, JsonMessageWriter.WritePreambleAsync */
import { cleanName } from '../clean-text.ts'
import { firstTextOf, type SourceFile } from '../source-files.ts'

export type ChannelKind = 'flat' | 'thread' | 'announcements' | 'private'
export type DiscordChannel = {
  id: string
  guildId: string | null
  kind: ChannelKind
  /** Of a thread: the channel it hangs from. */
  channel: string | null
  /** Of a thread or forum post. */
  title: string | null
  /** Messages before a day were left out, and it is older: the first that is here may not be the first that was. */
  isCutAtStart: boolean
}

/** By the names of ChannelKind.cs and, in files older than its version 2.47, their numbers: https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const KINDS: Readonly<Record<string, ChannelKind>> = {
  DirectTextChat: 'private',
  1: 'private',
  DirectGroupTextChat: 'private',
  3: 'private',
  GuildNews: 'announcements',
  5: 'announcements',
  GuildNewsThread: 'thread',
  10: 'thread',
  GuildPublicThread: 'thread',
  11: 'thread',
  GuildPrivateThread: 'thread',
  12: 'thread',
}

type Head = { guild?: unknown; channel?: unknown; dateRange?: unknown }

/** What stands before the messages of a file; null where it is not as the exporter writes it. */
export const readChannel = ({ guild, channel, dateRange }: Head): DiscordChannel | null => {
  const { id, type, category, name } = (channel ?? {}) as Record<string, unknown>
  if (typeof id !== 'string' || id === '') return null
  const kind = KINDS[String(type)] ?? 'flat'
  const { id: guildId } = (guild ?? {}) as { id?: unknown }
  const isThread = kind === 'thread'
  return {
    id,
    guildId: typeof guildId === 'string' && /^\d+$/.test(guildId) ? guildId : null,
    // a conversation outside every server has the server number 0
    kind: guildId === '0' ? 'private' : kind,
    channel: (isThread ? cleanName(category) : null) ?? cleanName(name),
    title: isThread ? cleanName(name) : null,
    isCutAtStart: isOlderThan(id, ((dateRange ?? {}) as { after?: unknown }).after),
  }
}

/** Ids count up with time, in milliseconds since 2015 above the last 22 bits: https://discord.com/developers/docs/reference#snowflakes */
const isOlderThan = (id: string, after: unknown): boolean => {
  if (typeof after !== 'string') return false
  const createdMs = /^\d{1,20}$/.test(id) ? Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS : Number.NaN
  return !(createdMs >= Date.parse(after))
}
const DISCORD_EPOCH_MS = 1_420_070_400_000

const HEAD = /^\ufeff?\s*\{\s*"guild"\s*:\s*\{[\s\S]*?"channel"\s*:\s*\{\s*"id"\s*:\s*"(\d+)"\s*,\s*"type"\s*:\s*"?(\w+)/
const FIRST_TIME = /"messages"\s*:\s*\[[\s\S]*?"timestamp"\s*:\s*"([^"]+)"/

/** A file of the exporter by its first bytes, with what puts it in order; null for any other. */
export type DiscordFile = { file: SourceFile; channelId: string; isThread: boolean; firstAt: number }

export const recogniseDiscordFile = async (file: SourceFile): Promise<DiscordFile | null> => {
  if (!/\.json$/i.test(file.path)) return null
  const head = await firstTextOf(file)
  const [, found, type = ''] = HEAD.exec(head) ?? []
  if (found === undefined) return null
  // a copy: a piece of a text keeps the whole of it in memory, and there may be a million files
  const channelId = Buffer.from(found).toString()
  const firstAt = Date.parse(FIRST_TIME.exec(head)?.[1] ?? '')
  return { file, channelId, isThread: KINDS[type] === 'thread', firstAt: Number.isNaN(firstAt) ? Number.POSITIVE_INFINITY : firstAt }
}
