/** The bytes of a mail as they go over the wire, and who they go to. */
import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import addressparser from 'nodemailer/lib/addressparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Letter } from './carrier.ts'

export type Message = { from: string; to: string; bytes: Buffer; needs_smtputf8: boolean }

// what a writer may add: nothing here can change whom it is from or for, or how it is read
const ADDED_HEADER = /^(list-[a-z-]+|reply-to|feedback-id|x-barnraise-[a-z-]+)$/i
const BEYOND_ASCII = /[^\0-\x7f]/u

/** The same for the same message, however often and by whom it is handed over: a mail program that gets it twice shows one. */
export const messageId = (messageKey: string, from: string): string => {
  const [sender] = addressparser(from, { flatten: true })
  const host = domainToASCII(sender?.address.split('@').at(-1) ?? '') || 'barnraise.invalid'
  return `<${createHash('sha256').update(messageKey).digest('hex').slice(0, 40)}@${host}>`
}

/** Throws a `RangeError` in words where the address is none that mail can go to. */
export const composeMessage = async (letter: Letter, from: string, at: Date): Promise<Message> => {
  const { to_address: address } = letter
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not get into a command to a mail server
  if (!/^[^\s\x00-\x1f\x7f<>,;:"()[\]\\@]+@[^\s\x00-\x1f\x7f<>,;:"()[\]\\@]+$/u.test(address) || address.length > 254)
    throw new RangeError('This is no address that mail can be sent to.')
  const node = new MailComposer({
    from,
    to: { name: oneLine(letter.to_name ?? ''), address },
    subject: oneLine(letter.subject),
    text: letter.text_body,
    html: letter.html_body,
    date: at,
    messageId: messageId(letter.message_key, from),
    ...answeredMessage(letter.headers, from),
    headers: { ...addedHeaders(letter.headers), 'Auto-Submitted': 'auto-generated' },
    // a text is text, whatever it looks like
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  const envelope = node.getEnvelope()
  if (envelope.from === false || envelope.to.length !== 1) throw new RangeError('This is no address that mail can be sent to.')
  const [sender, recipient] = [envelope.from, envelope.to[0] as string]
  return {
    from: sender,
    to: recipient,
    bytes: await node.build(),
    needs_smtputf8: BEYOND_ASCII.test(sender + recipient),
  }
}

/** In-Reply-To is kept as the key of the mail that is answered: what that is called depends on who sends it. */
const answeredMessage = (headers: Record<string, string>, from: string): { inReplyTo?: string; references?: string } => {
  const key = headers['In-Reply-To']
  return key === undefined ? {} : { inReplyTo: messageId(key, from), references: messageId(key, from) }
}

const addedHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => ADDED_HEADER.test(name))
      .map(([name, value]) => [name, oneLine(value)]),
  )

/** Without line breaks and whatever else could turn a line round. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
