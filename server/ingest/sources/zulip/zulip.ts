import type { Capability } from '../../../../shared/contract/metric.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { readEpoch } from '../read-epoch.ts'
import { readJsonArray } from '../read-json-array.ts'
import { readSite } from '../read-site.ts'
import { type EventSource, type ReadOptions, SourceError, type SourceItem } from '../source.ts'
import { fileNameOf, firstTextOf, type SourceFile } from '../source-files.ts'
import { MAX_REACTIONS } from './hold-reactions.ts'
import { isIndex, readArchive } from './read-archive.ts'
import { readMessage } from './read-message.ts'
import { type Realm, readRealm } from './read-realm.ts'
import { readMarkdown } from './read-text.ts'
import { createTopics, topicOf } from './topics.ts'

const TELLS: readonly Capability[] = ['joins', 'leaves', 'contributions', 'questions', 'reactions']

const isRealm = (file: SourceFile) => /^realm\.json$/i.test(fileNameOf(file))
const isMessages = (file: SourceFile) => /^messages-\d+\.json$/i.test(fileNameOf(file))

/** An export of Zulip (realm.json and messages-000001.json …), or the JSON of zulip-archive. */
export const zulip: EventSource = {
  name: 'zulip',
  title: 'Zulip: an export of the organisation, or JSON of zulip-archive',
  tells: TELLS,
  guide: {
    files: 'the export (.tar.gz, or its unpacked folder), or the JSON folder of zulip-archive',
    how_to_get: [
      'An owner opens Settings, Organization settings, Data exports and starts an export; the public one is enough. On your own server "./manage.py export" makes one of everything.',
      'Download the .tar.gz when it is ready and drop it here as it is.',
      'Without an owner: the open program zulip-archive collects the public channels as JSON; drop its folder. It knows people by their names alone, so use the export where you can.',
      'Make a later export the same way and import it on top: only what is new is added.',
    ],
    reads: [
      'realm.json: the accounts with their names, whether they are bots, and a hash of their addresses; who joined and left, and when; the channels; the reactions.',
      'messages-000001.json and on: a topic is a thread. Its first message opens it, with the topic as its title, and the others are replies in it. A topic that was resolved ("✔") is the same topic.',
      'A message that quotes another answers it.',
      'Messages without a topic: which message they answer is inferred, as in any flat chat.',
      'Reactions by each person, at the time of the message.',
      'A channel that was renamed keeps its old name for its old messages.',
      'With the address of the organisation (https://your-team.zulipchat.com) given, every message leads to its original.',
    ],
    cannot: [
      'Private messages: they are skipped and counted. A public export leaves private channels out as well.',
      'Who left, where the export keeps back the log of people who have not agreed to it; then it is not counted at all.',
      'Later questions in a topic that goes on for months: a topic has one first message.',
      'Which message solved a topic: Zulip marks the topic alone.',
      `When a reaction was given; and of more than ${MAX_REACTIONS.toLocaleString('en')} reactions those beyond.`,
      'From zulip-archive: who joined and left, who is a bot, and two people of one name apart.',
    ],
    says_questions: false,
  },
  recognise: async ({ files }) => {
    const own = files.find(isMessages) ?? files.find(isRealm)
    if (own && (files.some(isRealm) || /^\ufeff?\s*\{\s*"zerver_/.test(await firstTextOf(own)))) {
      const realm = files.find(isRealm)
      return realm === undefined || /"zerver_\w+"/.test(await firstTextOf(realm))
    }
    if (files.some(isIndex)) return /"(streams|time)"/.test(await firstTextOf(files.find(isIndex) as SourceFile))
    const alone = files.find(({ path }) => /\.json$/i.test(path))
    if (alone === undefined) return false
    const head = await firstTextOf(alone)
    return /^\ufeff?\s*(\[\s*\{|\{\s*"\w+"\s*:)/.test(head) && head.includes('"sender_full_name"') && head.includes('"timestamp"')
  },
  read: async function* ({ files }, options) {
    const site = readSite(options.site, 'https://your-team.zulipchat.com')
    const messages = files.filter(isMessages).sort((a, b) => (a.path < b.path ? -1 : 1))
    const realmFile = files.find(isRealm)
    if (realmFile === undefined && messages.length === 0) {
      const topics = files.filter((file) => /\.json$/i.test(file.path) && !isIndex(file))
      if (topics.length === 0) throw new SourceError('There is no file of messages here: choose the whole folder of JSON files.')
      yield* readArchive(topics, options, site)
      return
    }
    if (realmFile === undefined)
      throw new SourceError('There is no realm.json beside the messages, which says who and where: choose the export as Zulip made it.')
    const realm = yield* readRealm(realmFile, options)
    if (!realm.tellsLeaves) options.declare?.(TELLS.filter((one) => one !== 'leaves'))
    yield* readMessages(messages, realm, options, site)
  },
}

async function* readMessages(
  files: readonly SourceFile[],
  realm: Realm,
  { source, encoding, note }: ReadOptions,
  site: string | null,
): AsyncGenerator<SourceItem> {
  const topics = createTopics()
  for (const file of files) {
    let position = 0
    try {
      for await (const element of readJsonArray(file, { paths: ['/zerver_message'], encoding, ...(note ? { note } : {}) })) {
        position = element.position
        const place = { position, file: file.path }
        if (element.problem) {
          yield { ...place, problem: element.problem }
          continue
        }
        const { id, date_sent, recipient, sender, subject, content } = (element.value ?? {}) as Record<string, unknown>
        const streamId = realm.streamOf.get(recipient)
        if (streamId === undefined) {
          yield { ...place, skipped: 'private message' }
          continue
        }
        const at = readEpoch(date_sent)
        if (typeof id !== 'number' || !Number.isSafeInteger(id) || at === null) {
          const field = at === null ? 'date_sent' : 'id'
          const shown = JSON.stringify(at === null ? date_sent : id)?.slice(0, 60)
          yield {
            ...place,
            problem: { pointer: `/${field}`, code: 'invalid_value', message: `${field} ${shown} is none of a message of Zulip.` },
          }
          continue
        }
        const message = {
          id: String(id),
          at,
          senderId: typeof sender === 'number' ? String(sender) : null,
          streamId,
          channel: realm.nameAt(streamId, at),
          topic: topicOf(subject),
          said: readMarkdown(content),
          reactions: realm.reactions.to(id),
        }
        yield* readMessage(message, place, { source, site, topics })
      }
    } catch (error) {
      yield problemOfFile(error, file, position + 1)
    }
  }
}
