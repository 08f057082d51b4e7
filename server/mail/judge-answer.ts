/** What the answer of a hook's receiver means for the message. */
import type { HookKind } from '../../shared/contract/alert-hook.ts'
import type { Outcome } from './carrier.ts'
import { sayReply } from './say-fault.ts'

export type Answer = { status: number; reason: string; retryAfter: string | undefined; location: string | undefined; body: string }

/** Whoever asks for more patience than this is tried earlier; our judgement: what is told of is a week old by then. */
const LONGEST_PATIENCE_MS = 24 * 3_600_000
/** Not taken now, whatever the message says: too early, too slow, too many. */
const NOT_NOW = [408, 425, 429]

export const judgeAnswer = (answer: Answer, kind: HookKind, at: Date): Outcome => {
  const { status } = answer
  const said = sayReply(`${status} ${answer.reason} ${answer.body === '' ? '' : `· ${answer.body}`}`)
  if (status >= 200 && status < 300) return { state: 'sent', answer: said }
  if (status === 410) return { state: 'refused', answer: said, is_gone: true }
  if (status >= 300 && status < 400) return { state: 'refused', answer: sayRedirect(answer) }
  // a gateway gave up waiting: whether a chat has posted it, nobody knows; who gets a webhook twice can tell
  if (status === 504 && kind === 'slack') return { state: 'uncertain', answer: said }
  if (status >= 500 || NOT_NOW.includes(status)) {
    const again_at = readRetryAfter(answer.retryAfter, at)
    return { state: 'again', answer: said, is_server_trouble: false, ...(again_at === null ? {} : { again_at }) }
  }
  return { state: 'refused', answer: said }
}

/** Where it leads may be a secret, so its host alone is said. */
const sayRedirect = ({ status, location }: Answer): string => {
  const host = location === undefined ? undefined : URL.parse(location)?.host
  return sayReply(
    `${status}: it leads on${host === undefined ? '' : ` to ${host}`}, which is not followed. Give the address where messages are taken.`,
  )
}

/** Seconds, or a date (RFC 9110 10.2.3); null where it says nothing one can read, or a time that has passed. */
export const readRetryAfter = (text: string | undefined, at: Date): Date | null => {
  if (text === undefined) return null
  const then = /^\d{1,9}$/.test(text.trim()) ? at.getTime() + Number(text) * 1000 : Date.parse(text)
  return then > at.getTime() ? new Date(Math.min(then, at.getTime() + LONGEST_PATIENCE_MS)) : null
}
