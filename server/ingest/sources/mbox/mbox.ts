import type { EventInput } from '../../../../shared/contract/event.ts'
import { ImportStopped } from '../import-events.ts'
import { type EventSource, type InferredLink, type Place, SourceError, type SourceItem } from '../source.ts'
import { firstTextOf, type SourceFile } from '../source-files.ts'
import { KnownIds } from './known-ids.ts'
import { readHead } from './mail-head.ts'
import { findMailboxes, listOfFile } from './mailbox-files.ts'
import { normaliseSubject } from './normalise-subject.ts'
import { type Mail, readMail, readMessageId } from './read-mail.ts'
import { beginsWithFromLine, splitMessages } from './split-messages.ts'
import { createSubjectThreads } from './subject-threads.ts'

/** Files looked into to recognise an archive: more would only be slow. */
const MAX_PROBED = 25
/** Accounts whose name was told already; beyond it they are told again, which does no harm. */
const MAX_TOLD = 50_000

/** Which messages the archive holds: a first reading, of the headers alone. A file that cannot be read ends the second one. */
const collectIds = async (mailboxes: readonly SourceFile[]): Promise<KnownIds> => {
  const known = new KnownIds()
  for (const file of mailboxes) {
    try {
      for await (const raw of splitMessages(file.open())) {
        const id = readMessageId(readHead(raw.bytes))
        if (id !== null) known.add(id)
      }
    } catch (error) {
      if (!(error instanceof SourceError) || error instanceof ImportStopped) throw error
    }
  }
  return known
}

/**
 * Where a mail lies whose parent the archive does not hold: under the nearest message of its thread that it does hold, in the thread
 * named by the first of References. Where the parent is held, the answer alone is said: the thread is its parent's, whichever file
 * that lies in. It is no part of the event, which must stay the same when a longer archive is read.
 */
const placeOrphan = ({ parent, references }: Mail, known: KnownIds): InferredLink | null => {
  if (parent === null || known.isFull || known.has(parent)) return null
  const held = references.findLast((id) => known.has(id))
  return { in_reply_to: held ?? parent, thread_id: references[0] ?? parent, by: 'source' }
}

/** Mailboxes of mailing lists (RFC 4155 and its kin), in the order of their months. */
export const mbox: EventSource = {
  name: 'mbox',
  title: 'mailing list archive (mbox)',
  tells: ['contributions', 'questions'],
  guide: {
    files: 'users.mbox, 2024-January.txt.gz, or a ZIP or folder of them',
    how_to_get: [
      'Mailman 3: open the archive of your list (HyperKitty) and choose Download, then "Compressed mbox"; for all of it add the dates in its address (start=…&end=…).',
      'Mailman 2: on the page of the archive, take the file in the column "Downloadable version" of each month (such as 2012-January.txt.gz); or ask the server’s operator for the list’s .mbox file, which is one file and holds more headers.',
      'Google Groups: an owner of the group goes to takeout.google.com, chooses Groups alone, and gets a ZIP with an .mbox file for each group.',
      'Other lists (Sympa, groups.io, a mail program): export the list’s folder in the format mbox.',
      'Choose or drop all files together: an answer in February belongs to a question of January. Add newer months later; what is there already is recognised.',
      'Leave private mailboxes out: every message in the file is read as one to the community.',
    ],
    reads: [
      'A mail that answers none: read by its subject and text, and stored as a question, an announcement or a post.',
      'A mail with In-Reply-To or References: a reply in that thread, whichever file or month the first message lies in.',
      'A mail whose subject begins with "Re:" (or AW, SV, RES …) and that names no other mail: a reply to the last thread of that subject within 30 days, marked as inferred.',
      'The sender: the account is the address, also where the archive writes "ana at example.org" or the list put its own address in front.',
      'The channel is the list, from List-Id or else the file’s name.',
      'What is quoted, signatures, list footers and attachments are left out before the text is read.',
      'Automatic replies and mail of the list program: accounts of their own, counted as bots.',
    ],
    cannot: [
      'Who joined or left the list: archives do not say. Members are known from their first mail.',
      'Which answer solved a question, who read, and who liked.',
      'Answers that were sent to the asker alone.',
      'Meeting invitations and reports of delivery are skipped, and so are copies of a mail that went to several lists of the same import.',
      'A mail that is cut off at the end of a file is rejected, so that the whole one can be imported later.',
    ],
    says_questions: false,
  },
  recognise: async ({ files }) => {
    for (const file of files.filter(({ path }) => !/\.(?:html?|json|csv|xml|png|jpe?g|gif|pdf)$/i.test(path)).slice(0, MAX_PROBED))
      if (beginsWithFromLine(await firstTextOf(file))) return true
    return false
  },
  read: async function* ({ files }, { source }) {
    const { mailboxes, others } = await findMailboxes(files)
    if (mailboxes.length === 0)
      throw new SourceError(
        'None of the files is a mailbox: one begins with a line such as "From ana@example.org Mon Jan  2 10:00:00 2012".',
      )
    for (const other of others) yield { position: 1, file: other.path, skipped: 'file that is no mailbox' }
    const takeMail = createMailTaker(source, await collectIds(mailboxes))
    for (const file of mailboxes) {
      const ofFile = listOfFile(file)
      let line = 1
      try {
        for await (const raw of splitMessages(file.open())) {
          line = raw.line
          const place: Place = files.length > 1 ? { position: line, file: file.path } : { position: line }
          const found = readMail(raw)
          if ('mail' in found) yield* takeMail(found.mail, found.mail.list ?? ofFile, place)
          else yield { ...place, ...found }
        }
      } catch (error) {
        // one month of many that cannot be read costs that month alone
        if (mailboxes.length === 1 || !(error instanceof SourceError) || error instanceof ImportStopped) throw error
        yield { position: line, file: file.path, problem: { pointer: '', code: 'unreadable_file', message: error.message } }
      }
    }
  },
}

/** Makes items of mails as they come: their accounts, once for each name, and the events in their threads. */
const createMailTaker = (source: string, known: KnownIds) => {
  const subjects = createSubjectThreads()
  const told = new Map<string, string>()
  return function* (mail: Mail, channel: string | null, place: Place): Generator<SourceItem> {
    const { key, isReply } = normaliseSubject(mail.subject)
    // each list puts its own mark before the subject
    if (known.isCopy(mail.id, `${mail.author?.id ?? ''}\0${mail.at}\0${key}`, channel ?? '')) {
      yield { ...place, skipped: 'copy of a mail to several lists' }
      return
    }
    const { author } = mail
    if (author !== null && told.get(author.id) !== (author.name ?? '')) {
      if (told.size >= MAX_TOLD) told.clear()
      // texts of their own: a piece of a header would keep all of it in memory
      told.set(Buffer.from(author.id).toString(), Buffer.from(author.name ?? '').toString())
      yield { ...place, account: accountOf(author) }
    }
    const isUnlinked = mail.parent === null && isReply
    const link = isUnlinked ? subjects.find(channel ?? '', key, mail.at) : placeOrphan(mail, known)
    const thread = link?.thread_id ?? mail.references[0] ?? mail.parent ?? mail.id
    subjects.note(channel ?? '', key, { id: mail.id, thread, at: mail.at }, isReply)
    const item: SourceItem = { ...place, event: eventOf(mail, source, channel, isReply) }
    yield link === null ? item : { ...item, link }
  }
}

const accountOf = ({ id, name, email, isMachine }: NonNullable<Mail['author']>) => ({
  id,
  ...(name === null ? {} : { name }),
  ...(email === null ? {} : { email }),
  ...(isMachine ? { is_bot: true } : {}),
})

// an answer's subject is its question's, not its own words; with it, bare thanks would pass for more
const eventOf = (
  { id, at, author, subject, text, parent }: Mail,
  source: string,
  channel: string | null,
  isReply: boolean,
): EventInput => ({
  id,
  source,
  type: parent !== null || isReply ? 'reply.posted' : 'message.posted',
  occurred_at: new Date(at).toISOString(),
  actor: author === null ? null : { id: author.id },
  ...(parent === null ? {} : { in_reply_to: parent }),
  ...(channel === null ? {} : { channel }),
  ...(subject === '' || parent !== null || isReply ? {} : { title: subject }),
  ...(text === '' ? {} : { text }),
})
