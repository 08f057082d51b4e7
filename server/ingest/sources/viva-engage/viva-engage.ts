import type { EventInput } from '../../../../shared/contract/event.ts'
import type { Capability } from '../../../../shared/contract/metric.ts'
import { ImportStopped } from '../import-events.ts'
import { type EventSource, type ReadOptions, SourceError, type SourceItem } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { isExport, sortExportFiles } from './export-files.ts'
import { LatestRows } from './latest-rows.ts'
import { readColumns } from './read-columns.ts'
import { isTrue, messageId, readMessage } from './read-message.ts'
import { readTime } from './read-time.ts'
import { readUser } from './read-user.ts'

const OF_MESSAGES = ['id', 'thread_id', 'sender_id', 'created_at'] as const
const OF_USERS = ['id', 'joined_at'] as const
/** Accounts whose name was told already; beyond it they are told again, which does no harm. */
const MAX_TOLD = 50_000

/** The rows of every part, one after the other. */
async function* readParts(files: readonly SourceFile[], needed: readonly string[], { encoding }: ReadOptions) {
  for (const file of files) yield* readColumns(file, needed, encoding)
}

async function* readUsers(files: readonly SourceFile[], options: ReadOptions): AsyncGenerator<SourceItem> {
  for await (const found of readParts(files, OF_USERS, options)) {
    if ('problem' in found) {
      yield { ...found.place, problem: found.problem }
      continue
    }
    const user = readUser(found.row, options.source)
    if (!('account' in user)) {
      yield { ...found.place, ...user }
      continue
    }
    yield { ...found.place, account: user.account }
    for (const event of user.events) yield { ...found.place, event }
    for (const problem of user.problems) yield { ...found.place, problem }
  }
}

const findLatest = async (files: readonly SourceFile[], options: ReadOptions): Promise<LatestRows> => {
  const latest = new LatestRows()
  try {
    for await (const found of readParts(files, OF_MESSAGES, options)) latest.note('row' in found ? (found.row.get('id') ?? '') : '')
  } catch (error) {
    // the second reading says so, after what it can read
    if (!(error instanceof SourceError) || error instanceof ImportStopped) throw error
  }
  return latest
}

async function* readMessages(files: readonly SourceFile[], options: ReadOptions): AsyncGenerator<SourceItem> {
  const latest = await findLatest(files, options)
  const told = new Map<string, string>()
  let rows = 0
  let inPrivateGroups = 0
  for await (const found of readParts(files, OF_MESSAGES, options)) {
    const row = rows++
    if ('problem' in found) {
      yield { ...found.place, problem: found.problem }
      continue
    }
    if (latest.isOutdated(found.row.get('id') ?? '', row)) {
      yield { ...found.place, skipped: 'earlier version of a message' }
      continue
    }
    const message = readMessage(found.row, options.source)
    if (!('event' in message)) {
      yield { ...found.place, ...message }
      continue
    }
    const { sender } = message
    if (message.isInPrivateGroup) inPrivateGroups++
    if (sender !== null && told.get(sender.id) !== (sender.name ?? '')) {
      if (told.size >= MAX_TOLD) told.clear()
      // texts of their own: a cell is a piece of what was read, and would keep all of it in memory
      told.set(Buffer.from(sender.id).toString(), Buffer.from(sender.name ?? '').toString())
      yield { ...found.place, account: sender }
    }
    yield { ...found.place, event: message.event }
  }
  if (inPrivateGroups > 0)
    options.note?.(
      `${inPrivateGroups} messages lie in private communities, which this export includes; private conversations are left out.`,
    )
}

/** The message that somebody marked as the best reply; when is not said, so it is put at the time of the reply. */
async function* readBestReplies(files: readonly SourceFile[], options: ReadOptions): AsyncGenerator<SourceItem> {
  for await (const found of readParts(files, ['id'], options)) {
    if ('problem' in found) {
      yield { ...found.place, problem: found.problem }
      continue
    }
    const id = found.row.get('id') ?? ''
    const time = found.row.get('created_at') ?? ''
    const at = readTime(time)
    if (isTrue(found.row.get('in_private_conversation'))) yield { ...found.place, skipped: 'private conversation' }
    else if (found.row.has('deleted_at')) yield { ...found.place, skipped: 'best reply that was deleted' }
    else if (!/^\d{1,20}$/.test(id) || at === null)
      yield {
        ...found.place,
        problem: {
          pointer: at === null ? '/created_at' : '/id',
          code: 'invalid_value',
          message: 'The best reply has no number or no possible time.',
        },
      }
    else {
      const thread = found.row.get('thread_id')
      const event: EventInput = {
        id: `best-reply-${id}`,
        source: options.source,
        type: 'answer.accepted',
        occurred_at: at,
        in_reply_to: messageId(id),
        ...(thread === undefined ? {} : { thread_id: messageId(thread) }),
      }
      yield { ...found.place, event }
    }
  }
}

/**
 * The network data export of Viva Engage, once Yammer: learn.microsoft.com/viva/engage/eac-as-manage-data names its files and what is
 * in them; columns as programs that read it name them (Discourse's importer among others).
 */
export const vivaEngage: EventSource = {
  name: 'viva-engage',
  title: 'Viva Engage (Yammer) export',
  tells: ['contributions', 'questions', 'joins', 'leaves', 'accepted_answers'],
  guide: {
    files: 'the ZIP of the export, or Messages.csv and Users.csv from it',
    how_to_get: [
      'Ask somebody who is Engage administrator or verified administrator of the network.',
      'In the Viva Engage admin center: Governance and compliance, Data export, Export tenant data; choose the dates, leave attachments out, Download CSV.',
      'On a large network export a month or a year at a time, and drop all the ZIPs together, or one after the other.',
      'Choose or drop the ZIP as it is.',
    ],
    reads: [
      'Messages.csv: the first message of a thread as an announcement or a question where message_type says so, else by its text; the others as replies, with the message they answer.',
      'Users.csv: joined_at as joining, deleted_at as leaving, and the names.',
      'BestReplyMessages.csv, where the export has one: the best reply as the accepted answer.',
      'A deleted message is taken back at the time it was deleted.',
      'A message that is in several parts counts once, as the last part has it.',
      'The channel is the community (group); posts outside of any are "All Company".',
    ],
    cannot: [
      'One community of many: the export holds all communities of the network, and all are read. To judge one, keep its rows of Messages.csv alone.',
      'Private conversations are never read. Messages of private communities are in the export and are read: where they do not belong, delete their rows (in_private_group is true) from Messages.csv before you import it.',
      'Who joined a single community: the dates are those of the network, and of accounts that changed in the span of the export.',
      'Best replies: the export of the whole network does not name them; only the export of a single account does.',
      'Likes, views and polls: the export has none that say who and when.',
      'Suspended accounts have not left: they can come back.',
    ],
    says_questions: false,
  },
  recognise: ({ files }) => isExport(files),
  read: async function* ({ files }, options) {
    const { users, messages, bestReplies, others } = sortExportFiles(files)
    if (users.length + messages.length === 0)
      throw new SourceError('There is no Messages.csv and no Users.csv: drop the ZIP of the export as it is.')
    if (messages.length === 0) options.note?.('Messages.csv is missing: only who joined and left is read.')
    if (users.length === 0) options.note?.('Users.csv is missing: who joined and who left is not known.')
    const tells: Capability[] = []
    if (messages.length > 0) tells.push('contributions', 'questions')
    if (users.length > 0) tells.push('joins', 'leaves')
    if (bestReplies.length > 0) tells.push('accepted_answers')
    options.declare?.(tells)
    for (const { file, what } of others) yield { position: 1, file: file.path, skipped: what }
    yield* readUsers(users, options)
    yield* readMessages(messages, options)
    yield* readBestReplies(bestReplies, options)
  },
}
