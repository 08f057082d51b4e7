import { parseAddressHeader } from 'mailparser'
import { MAX_ID_LENGTH, MAX_NAME_LENGTH } from '../../../../shared/contract/event.ts'
import { normaliseEmail } from '../normalise-email.ts'
import { decodeWords } from './decode-words.ts'
import type { MailHead } from './mail-head.ts'

/** Who wrote a mail. `email` is left out where the archive masks it or the list stands in for it: another's could look the same. */
export type Sender = { id: string; name: string | null; email: string | null }

/** "ana at example.org", "ana (at) example [dot] org": archives hide addresses from programs that collect them. */
const HIDDEN =
  /^([^\s@<>()[\]"]+)\s*(?:\s[aA][tT]\s|[([{]\s*(?:at|AT|@)\s*[)\]}])\s*([^\s@<>()[\]"]+(?:\s*(?:\s[dD][oO][tT]\s|[([{]dot[)\]}])\s*[^\s@<>()[\]"]+)*)$/
const DOT = /\s*(?:\s[dD][oO][tT]\s|[([{]dot[)\]}])\s*/g
/** What list programs add to the name of one whose address they replace by their own. */
const VIA = /^['"]?(.*?)['"]?\s+via\s+.+$/i

const unhide = (address: string): string => {
  const hidden = HIDDEN.exec(address.trim())
  return hidden ? `${hidden[1]}@${(hidden[2] ?? '').replace(DOT, '.')}` : address.trim()
}

/** Of a header's value; longer ones are made to be slow. */
const MAX_HEADER_LENGTH = 1000

type Mailbox = { name: string; address: string }

/** The first mailbox of a header such as From, in its many spellings. */
export const readMailbox = (header: string): Mailbox | null => {
  const value = header.trim().slice(0, MAX_HEADER_LENGTH)
  // "ana at example.org (Ana Lopez)" of pipermail, and the "ana@example.org (Ana Lopez)" of old
  const old = /^([^<>()"]+?)\s*\(([\s\S]*)\)\s*$/.exec(value)
  if (old && (old[1] ?? '').includes(' at ')) return { name: cleanName(decodeWords(old[2] ?? '')), address: unhide(old[1] ?? '') }
  const angle = /^([\s\S]*?)<\s*([^<>]*?)\s*>/.exec(value)
  if (angle && HIDDEN.test((angle[2] ?? '').trim()))
    return { name: cleanName(decodeWords(angle[1] ?? '')), address: unhide(angle[2] ?? '') }
  if (HIDDEN.test(value)) return { name: '', address: unhide(value) }
  const [first] = parseAddressHeader(value, { flatten: true }).value
  if (!first) return null
  return { name: cleanName(first.name ?? ''), address: (first.address ?? '').trim() }
}

const cleanName = (name: string): string =>
  name
    .replace(/\\(["\\])/g, '$1')
    .replace(/^\s*["']+|["']+\s*$/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** An id is an address in lower case, a name or both, cut to what the store takes. */
const asId = (text: string): string => text.replaceAll('\0', '').slice(0, MAX_ID_LENGTH).toWellFormed()

const MACHINES =
  /^(?:mailer-daemon|postmaster|mailman|listserv|majordomo|sympa|double-bounce)@|^(?:noreply|no-reply|donotreply|do-not-reply)@|-(?:bounces|request|owner|admin)@/

export type Author = Sender & { isMachine: boolean }

/** Answers of machines (RFC 3834), reports of bounces, and what a list's own program says. */
const isAutomatic = (head: MailHead): boolean => {
  const submitted = head.first('auto-submitted')
  if (submitted !== null && !/^\s*no\b/i.test(submitted)) return true
  if (/^\s*(?:auto_reply|auto-reply)/i.test(head.first('precedence') ?? '')) return true
  if (/^\s*yes/i.test(head.first('x-list-administrivia') ?? '')) return true
  return ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'].some(
    (name) => !/^\s*(?:no)?\s*$/i.test(head.first(name) ?? ''),
  )
}

/** The person behind an address that the list put in the place of theirs; null where the mail does not say. */
const behindList = (head: MailHead, listed: Mailbox): Mailbox | null => {
  for (const name of ['x-original-from', 'x-original-sender', 'x-mailfrom', 'reply-to']) {
    const value = head.first(name)
    const found = value === null ? null : readMailbox(value)
    if (found?.address.includes('@') && found.address.toLowerCase() !== listed.address.toLowerCase() && !isListAddress(head, found.address))
      return found
  }
  // groups.io writes ana=example.org@groups.io
  const wrapped = /^([^=@]+)=([^=@]+\.[^=@]+)@/.exec(listed.address)
  return wrapped ? { name: '', address: `${wrapped[1]}@${wrapped[2]}` } : null
}

/** Whether the list itself has that address, as far as its headers say. */
const isListAddress = (head: MailHead, address: string): boolean => {
  const lower = address.toLowerCase()
  const said = ['list-post', 'x-beenthere', 'list-id'].flatMap((name) => (head.first(name) ?? '').toLowerCase().split(/[<>\s,:?"]+/))
  return said.includes(lower) || said.includes(lower.replace('@', '.'))
}

/** Who wrote it; null when the headers name nobody. Machines get accounts of their own, so that no person is taken for one. */
export const readAuthor = (head: MailHead): Author | null => {
  const header = head.first('from') ?? head.first('sender')
  const shown = header === null ? null : readMailbox(header)
  if (shown === null || (shown.address === '' && shown.name === '')) return null
  const via = VIA.exec(shown.name)
  const isMangled = via !== null || isListAddress(head, shown.address) || /^[^=@]+=[^=@]+\.[^=@]+@/.test(shown.address)
  const person = isMangled ? behindList(head, shown) : null
  const name = (person?.name.replace(VIA, '$1') || (via?.[1] ?? shown.name)).trim().slice(0, MAX_NAME_LENGTH).toWellFormed()
  const address = normaliseEmail(person?.address ?? shown.address)
  const isMasked = /\.\.\.|…|\*{2,}|^x+@|@x+$/.test(address) || (isMangled && person === null)
  const id = asId(!address.includes('@') || isMasked ? `${address} ${name.toLowerCase() || '(masked)'}`.trim() : address)
  if (isAutomatic(head) || MACHINES.test(address))
    return { id: asId(`automatic mail of ${id}`), name: name === '' ? null : `${name} (automatic mail)`, email: null, isMachine: true }
  // a name that is an address is none
  return {
    id,
    name: name === '' || name.includes('@') ? null : name,
    email: isMasked || !address.includes('@') ? null : address,
    isMachine: false,
  }
}
