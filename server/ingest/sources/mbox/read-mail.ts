import { hash } from 'node:crypto'
import { MAX_ID_LENGTH, MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import type { RowProblem } from '../source.ts'
import { decodeWords } from './decode-words.ts'
import { type MailHead, readHead } from './mail-head.ts'
import { readMailText } from './mail-text.ts'
import { ownWords } from './own-words.ts'
import { timeOfMail } from './read-mail-date.ts'
import { type Author, readAuthor } from './read-sender.ts'
import type { RawMessage } from './split-messages.ts'

export type Mail = {
  id: string
  at: number
  author: Author | null
  subject: string
  text: string
  /** The message it answers, as it says itself. */
  parent: string | null
  /** All that it follows, the first message of the thread first. */
  references: readonly string[]
  /** The list's name as its headers give it; null where they don't. */
  list: string | null
}
export type ReadMail = { mail: Mail } | { skipped: string } | { problem: RowProblem }

/** A thread of more than this many messages is named by its first all the same; our judgement. */
const MAX_REFERENCES = 200

const asId = (text: string): string => (text.length <= MAX_ID_LENGTH ? text : `long-${hash('sha256', text, 'hex')}`)

/** The ids in a header, as they are compared: without brackets, folds and hidden @. */
const idsIn = (header: string | null): string[] => {
  if (header === null) return []
  const found = [...header.matchAll(/<([^<>]*)>/g)].map((match) => (match[1] ?? '').replace(/ (?:at|AT) /, '@').replace(/\s+/g, ''))
  return found
    .filter((id) => id !== '')
    .slice(0, MAX_REFERENCES)
    .map(asId)
}

/** The id in Message-ID; null without one. */
export const readMessageId = (head: MailHead): string | null => {
  const header = head.first('message-id')
  if (header === null) return null
  return idsIn(header)[0] ?? (header.trim() === '' ? null : asId(header.trim().replace(/[<>\s]+/g, '')) || null)
}

/**
 * The message that In-Reply-To names: its last id, for old programs wrote "Message from Ana <ana@example.org> of Monday <id@host>";
 * a bare id counts where nothing else stands there. Else the last of References.
 */
const readParent = (head: MailHead, references: readonly string[]): string | null => {
  const header = head.first('in-reply-to')
  const named = idsIn(header)
  const bare = header !== null && /^\S+@\S+$/.test(header.trim()) ? asId(header.trim()) : null
  return named.at(-1) ?? bare ?? references.at(-1) ?? null
}

/** List-Id's `Talk of brewers <talk.example.org>` (RFC 2919), or the list's address as Mailman and Sympa give it. */
const readList = (head: MailHead): string | null => {
  // longer ones are made to be slow
  const value = (header: string) => head.first(header)?.slice(0, 1000) ?? null
  const id = value('list-id')
  const named = id === null ? null : (/<([^<>\s]+)>\s*$/.exec(id)?.[1] ?? (/^\S+$/.test(id.trim()) ? id.trim() : null))
  const address = /([^\s<>:,@]+@[^\s<>,?]+)/.exec(value('x-beenthere') ?? value('list-post') ?? value('x-mailing-list') ?? '')?.[1]
  const name = named ?? address?.replace('@', '.') ?? null
  return name === null ? null : name.toLowerCase().slice(0, MAX_NAME_LENGTH).toWellFormed()
}

/** An id for a mail without one: the same mail has the same in every export. */
const deriveId = (from: string, date: string, subject: string): string =>
  `derived-${hash('sha256', JSON.stringify([from, date, subject]), 'hex').slice(0, 32)}`

/** One message of a mailbox, or why it is none. */
export const readMail = (raw: RawMessage): ReadMail => {
  const cut = {
    pointer: '',
    code: 'cut_off',
    message: 'The file ends in the middle of this message: get the whole file and import it again.',
  }
  const head = readHead(raw.bytes)
  const said = readMailText(head, raw.bytes.subarray(head.bodyAt))
  // half of a mail would be another one than the whole that a later import brings
  if (raw.isCutOff || (raw.isLast && !raw.isShortened && (!head.isClosed || said.isOpen))) return { problem: cut }
  if (said.isCalendar) return { skipped: 'invitation to a meeting' }
  if (said.isReport) return { skipped: 'report that a mail was delivered, bounced or read' }
  const from = head.first('from') ?? ''
  const date = head.first('date')?.slice(0, 200) ?? null
  const subject = decodeWords(head.first('subject') ?? '')
    .replaceAll('\0', '')
    .slice(0, MAX_TEXT_LENGTH)
    .toWellFormed()
  const at = timeOfMail(date, head.first('received'), raw.envelope)
  if (at === null)
    return {
      problem: {
        pointer: '/Date',
        code: date === null ? 'missing_field' : 'invalid_time',
        message:
          date === null
            ? 'The message has no Date, and its From line has none that is possible.'
            : `"${date.slice(0, 60).toWellFormed()}" is no possible date, and the From line has none either.`,
      },
    }
  const references = idsIn(head.first('references'))
  const id = readMessageId(head) ?? deriveId(from, date ?? raw.envelope, subject)
  const parent = readParent(head, references)
  return {
    mail: {
      id,
      at,
      author: readAuthor(head),
      subject,
      text: ownWords(said.text),
      // a mail that answers itself opens
      parent: parent === id ? null : parent,
      references: references.filter((reference) => reference !== id),
      list: readList(head),
    },
  }
}
