import type { Capability } from '../../../../shared/contract/metric.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { type JsonElement, readJsonArray } from '../read-json-array.ts'
import { type EventSource, type Place, type ReadOptions, type SourceAccount, SourceError, type SourceItem } from '../source.ts'
import type { SourceFiles } from '../source-files.ts'
import { type DiscordChannel, type DiscordFile, readChannel, recogniseDiscordFile } from './read-channel.ts'
import { type DiscordMessage, isSaid, isThreadStarter, readAccount, readMessage, refuse } from './read-message.ts'

const TELLS: readonly Capability[] = ['joins', 'contributions', 'questions', 'reactions']

/** Accounts told already; beyond this many they are told again. */
const REMEMBERED_ACCOUNTS = 100_000

/** JSON files of DiscordChatExporter, a channel or thread each: https://github.com/Tyrrrz/DiscordChatExporter */
export const discord: EventSource = {
  name: 'discord',
  title: 'Discord: JSON files of DiscordChatExporter',
  tells: TELLS,
  guide: {
    files: 'the .json files of DiscordChatExporter, their folder or a ZIP of it',
    how_to_get: [
      'Discord itself gives no export of a server. The open program DiscordChatExporter writes one, for a bot that the owners of the server have invited.',
      'Choose all channels, the format JSON, and to include threads, active and archived: "exportguild --include-threads all --format Json".',
      'Leave the order of messages as it is: oldest first.',
      'Drop the folder, a ZIP of it, or the files. Export everything again later and import it on top: only what is new is added.',
    ],
    reads: [
      'A message that answers another is a reply to it. One in an announcement channel that answers nothing is an announcement.',
      'A thread or a forum post is one thread: its first message opens it, with its name as the title, and the others are replies in it.',
      'Any other message of a channel: which message it answers is inferred, for a channel of Discord is a flat chat.',
      'The notice that somebody joined the server is when they joined.',
      'Reactions by the people named, at the time of the message.',
      'Accounts with the name they show on the server, and whether they are bots.',
      'Every message leads to its original.',
    ],
    cannot: [
      'When somebody left: Discord writes no such message.',
      'Who joined, where the server has its welcome messages switched off, or the channel they stand in is not exported.',
      'Threads, where they were not exported with their channel.',
      'Which answer was accepted: there is no such mark, and an emoji or a tag that people use for it is not read as one.',
      'Who reacted, in files of older versions of the exporter, which have the number alone; and when, in any.',
      'Who wrote a message whose account was deleted, where Discord shows it as "Deleted User".',
      'Direct messages: a file of them is not read.',
      'Old messages of a channel that was renamed between two exports keep their old name, and are counted as conflicts.',
    ],
    says_questions: false,
  },
  recognise: async ({ files }) => {
    for (const file of files) if (await recogniseDiscordFile(file)) return true
    return false
  },
  read: async function* (files, options) {
    const found = await findFiles(files)
    if (found.length === 0) throw new SourceError('No file of DiscordChatExporter is among these: choose its .json files.')
    // a thread that was begun from a message has that message's id
    const threads = new Set(found.filter(({ isThread }) => isThread).map(({ channelId }) => channelId))
    const seen = new Map<string, string>()
    const told = { hasJoins: false, hasReactions: false }
    const openers = { threadId: '', isOpen: false }
    for (const { file } of found)
      for await (const item of readFile(file, options, threads, openers)) {
        if ('account' in item) {
          const shown = `${item.account.is_bot} ${item.account.name}`
          if (seen.get(item.account.id) === shown) continue
          if (seen.size >= REMEMBERED_ACCOUNTS) seen.clear()
          seen.set(item.account.id, shown)
        } else if ('event' in item) {
          if (item.event.type === 'member.joined') told.hasJoins = true
          else if (item.event.type === 'reaction.added') told.hasReactions = true
        }
        yield item
      }
    options.declare?.(TELLS.filter((one) => (one === 'joins' ? told.hasJoins : one === 'reactions' ? told.hasReactions : true)))
  },
}

/** The exporter's files, each channel's in the order of their time: large channels come in parts. */
const findFiles = async ({ files }: SourceFiles): Promise<DiscordFile[]> => {
  const found: DiscordFile[] = []
  for (const file of files) {
    const one = await recogniseDiscordFile(file)
    if (one) found.push(one)
  }
  return found.sort((a, b) =>
    a.channelId !== b.channelId
      ? a.channelId < b.channelId
        ? -1
        : 1
      : a.firstAt - b.firstAt || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : 0),
  )
}

/** Whether the thread that is being read has its first message; it goes on in the next part. */
type Openers = { threadId: string; isOpen: boolean }

async function* readFile(
  file: DiscordFile['file'],
  options: ReadOptions,
  threads: ReadonlySet<string>,
  openers: Openers,
): AsyncGenerator<SourceItem> {
  const { source, encoding, note } = options
  const head: Record<string, unknown> = {}
  let channel: DiscordChannel | null = null
  let position = 0
  const elements = oldestFirst(
    file.path,
    readJsonArray(file, {
      paths: ['/messages'],
      encoding,
      onOther: (path, value) => {
        head[path.slice(1)] = value
      },
      ...(note ? { note } : {}),
    }),
  )
  try {
    for await (const element of elements) {
      position = element.position
      const place: Place = { position, file: file.path }
      channel ??= readChannel(head)
      if (channel === null)
        throw new SourceError(`${file.path} does not say which channel it is of: export it again with DiscordChatExporter.`)
      if (channel.kind === 'private') {
        yield { ...place, skipped: 'file of a private conversation, not read' }
        return
      }
      if (element.problem) {
        yield { ...place, problem: element.problem }
        continue
      }
      const message = element.value as DiscordMessage | null
      if (typeof message?.id !== 'string' || message.id === '') {
        yield { ...place, problem: refuse('/id', 'missing_field', 'The message has no id.') }
        continue
      }
      yield* tellAccounts(message, place)
      yield* readMessage(message, place, { source, channel, opens: opensThread(message, channel, threads, openers) })
    }
  } catch (error) {
    yield problemOfFile(error, file, position + 1)
  }
}

/** The same, unless the second message is older than the first: the exporter can write them so. Throws a SourceError. */
async function* oldestFirst(path: string, elements: AsyncIterable<JsonElement>): AsyncGenerator<JsonElement> {
  let first: JsonElement | null = null
  let cut: SourceError | null = null
  try {
    for await (const element of elements) {
      if (element.position === 1) {
        first = element
        continue
      }
      if (first) {
        if (isEarlier(element, first)) {
          first = null
          throw new SourceError(`${path} has its newest message first: export it again oldest first, or who answers whom cannot be told.`)
        }
        yield first
        first = null
      }
      yield element
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    cut = error
  }
  // cut off after its first message, that one was read
  if (first) yield first
  if (cut) throw cut
}

const isEarlier = (a: JsonElement, b: JsonElement): boolean => {
  const [one, other] = [a, b].map(({ value }) => (value as DiscordMessage | null | undefined)?.id)
  return typeof one === 'string' && typeof other === 'string' && (one.length < other.length || (one.length === other.length && one < other))
}

const opensThread = (
  message: DiscordMessage,
  { id, kind, isCutAtStart }: DiscordChannel,
  threads: ReadonlySet<string>,
  openers: Openers,
) => {
  if (kind !== 'thread') return threads.has(message.id)
  if (openers.threadId !== id) {
    openers.threadId = id
    // what the first message was is not known of a thread cut at its start
    openers.isOpen = isCutAtStart
  }
  if (message.id === id) {
    openers.isOpen = true
    return true
  }
  if (isThreadStarter(message)) openers.isOpen = true
  if (openers.isOpen || !isSaid(message)) return false
  openers.isOpen = true
  return true
}

/** People before what they say, so that a name in a message is known. */
function* tellAccounts({ author, mentions, reactions }: DiscordMessage, place: Place): Generator<Place & { account: SourceAccount }> {
  const reacted = Array.isArray(reactions) ? reactions.flatMap((one) => (one as { users?: unknown } | null)?.users ?? []) : []
  for (const user of [author, ...(Array.isArray(mentions) ? mentions : []), ...reacted]) {
    const account = readAccount(user)
    if (account !== null) yield { ...place, account }
  }
}
