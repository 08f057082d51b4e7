/** Files of zulip-archive, a topic each (https://github.com/zulip/zulip-archive, lib/populate.py), and messages as the API gives them. */
import { cleanName } from '../clean-text.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { readEpoch } from '../read-epoch.ts'
import { readJsonArray } from '../read-json-array.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { fileNameOf, type SourceFile } from '../source-files.ts'
import type { Reaction } from './hold-reactions.ts'
import { readMessage } from './read-message.ts'
import { readHtml } from './read-text.ts'
import { createTopics, topicOf } from './topics.ts'

type Row = Record<string, unknown>

/** Accounts told already; beyond this many they are told again. */
const REMEMBERED_ACCOUNTS = 100_000

/** `213222-general/hello.2Eworld.json`: the stream's number and name, the topic with its signs written as hexadecimal numbers. */
const readPath = (path: string): { streamId: string; stream: string; topic: string } => {
  const [file = '', folder = ''] = path.split('/').reverse()
  const [, id, name] = /^(\d+)-(.*)$/.exec(folder) ?? []
  const named = file.replace(/\.json$/i, '')
  return { streamId: id ?? folder, stream: name?.replaceAll('-', ' ') || folder || 'messages', topic: decodeTopic(named) }
}

const decodeTopic = (name: string): string => {
  try {
    return decodeURIComponent(name.replace(/\.(?=[0-9A-F]{2})/g, '%'))
  } catch {
    return name
  }
}

/** Tells of accounts and messages, topic by topic; one that was resolved comes after what it was before. */
export async function* readArchive(
  files: readonly SourceFile[],
  { source, encoding, note, declare }: ReadOptions,
  site: string | null,
): AsyncGenerator<SourceItem> {
  const topics = createTopics()
  const told = new Map<string, string>()
  let hasReactions = false
  const sorted = files
    .map((file) => ({ file, ...readPath(file.path) }))
    .sort(
      (a, b) =>
        compare(a.streamId, b.streamId) ||
        compare(topicOf(a.topic), topicOf(b.topic)) ||
        Number(a.topic.startsWith('✔')) - Number(b.topic.startsWith('✔')) ||
        compare(a.file.path, b.file.path),
    )
  for (const { file, streamId, stream, topic } of sorted) {
    let position = 0
    try {
      for await (const element of readJsonArray(file, { paths: ['', '/messages'], encoding, ...(note ? { note } : {}) })) {
        position = element.position
        const place = { position, file: file.path }
        if (element.problem) {
          yield { ...place, problem: element.problem }
          continue
        }
        const row = (element.value ?? {}) as Row
        const at = readEpoch(row.timestamp)
        if (typeof row.id !== 'number' || !Number.isSafeInteger(row.id) || at === null) {
          const field = at === null ? 'timestamp' : 'id'
          const message = `${field} ${JSON.stringify(row[field])?.slice(0, 60)} is none of a message of Zulip.`
          yield { ...place, problem: { pointer: `/${field}`, code: 'invalid_value', message } }
          continue
        }
        if (row.type === 'private' || row.type === 'direct') {
          yield { ...place, skipped: 'private message' }
          continue
        }
        const name = cleanName(row.sender_full_name)
        const senderId = typeof row.sender_id === 'number' ? String(row.sender_id) : name === null ? null : `name:${name}`.slice(0, 500)
        if (senderId !== null && told.get(senderId) !== String(name)) {
          if (told.size >= REMEMBERED_ACCOUNTS) told.clear()
          told.set(senderId, String(name))
          const email = cleanName(row.sender_email)
          yield { ...place, account: { id: senderId, ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) } }
        }
        const reactions = reactionsOf(row.reactions)
        hasReactions ||= reactions.length > 0
        const message = {
          id: String(row.id),
          at,
          senderId,
          streamId: typeof row.stream_id === 'number' ? String(row.stream_id) : streamId,
          channel: cleanName(row.display_recipient) ?? stream,
          topic: topicOf(typeof row.subject === 'string' ? row.subject : topic),
          said: readHtml(row.content),
          reactions,
        }
        yield* readMessage(message, place, { source, site, topics })
      }
    } catch (error) {
      yield problemOfFile(error, file, position + 1)
    }
  }
  declare?.(hasReactions ? ['contributions', 'questions', 'reactions'] : ['contributions', 'questions'])
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const reactionsOf = (reactions: unknown): Reaction[] =>
  (Array.isArray(reactions) ? (reactions as (Row | null)[]) : []).flatMap((reaction) => {
    const emoji = cleanName(reaction?.emoji_name)
    const userId = reaction?.user_id ?? (reaction?.user as Row | null | undefined)?.id
    return emoji !== null && typeof userId === 'number' ? [{ userId: String(userId), emoji }] : []
  })

export const isIndex = (file: SourceFile) => /^stream_index\.json$/i.test(fileNameOf(file))
