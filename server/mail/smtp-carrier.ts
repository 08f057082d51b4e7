/**
 * Hands mail to an SMTP server and knows, of every way in which that can end, whether the server has the mail, has it not, or may have it.
 * The message leaves only after the server has asked for it, so that whatever goes wrong before leaves nothing behind.
 */
import type { Carriage, Carrier, Letter, MayHandOver, Outcome } from './carrier.ts'
import { composeMessage } from './compose-message.ts'
import { sayReply } from './say-fault.ts'
import { readSmtpUrl } from './smtp-server.ts'
import { openSmtpSession, type SmtpSession, type SmtpTimeouts } from './smtp-session.ts'

/**
 * Our judgement, from RFC 5321 4.5.3.2. The last is what the RFC asks for, although nobody likes to wait: who gives up earlier does not know
 * whether the mail was taken.
 */
const TIMEOUTS: SmtpTimeouts = { connect_ms: 30_000, command_ms: 120_000, hand_over_ms: 600_000 }

type Parts = { url: string; from: string; timeouts?: SmtpTimeouts }

/** `url` and `from` as in SMTP_URL and MAIL_FROM. */
export const createSmtpCarrier = ({ url, from, timeouts = TIMEOUTS }: Parts): Carrier => {
  const server = readSmtpUrl(url, {
    connectionTimeout: timeouts.connect_ms,
    greetingTimeout: timeouts.connect_ms,
    // the session has clocks of its own, and this one must never be the first to ring
    socketTimeout: 2 * timeouts.hand_over_ms,
  })
  const open = (): Carriage => {
    let session: SmtpSession | null = null
    let isAborted = false
    const carry = async (letter: Letter, mayHandOver: MayHandOver, at: Date): Promise<Outcome> => {
      const message = await composeMessage(letter, from, at).catch((error: Error) => error)
      if (message instanceof RangeError) return { state: 'refused', answer: message.message }
      if (message instanceof Error)
        return { state: 'again', answer: `The mail could not be put together: ${sayReply(message.message)}`, is_server_trouble: false }
      for (;;) {
        if (isAborted)
          return { state: 'again', answer: 'The program was stopped before the mail was handed over.', is_server_trouble: true }
        const isUsed: boolean = session?.isUsable() ?? false
        if (!isUsed) session = openSmtpSession(server, timeouts)
        const outcome = await (session as SmtpSession).hand(message, mayHandOver)
        // servers end connections that were idle, or that have brought enough: then a new one is tried at once
        if (!(isUsed && outcome.state === 'again' && outcome.is_server_trouble)) return outcome
      }
    }
    return {
      carry,
      abort: () => {
        isAborted = true
        session?.destroy()
      },
      close: () => session?.quit(),
    }
  }
  // twice: a connection that was used before may turn out to be dead, and is then made anew
  return { open, limits: { prepare_ms: 2 * (timeouts.connect_ms + 2 * timeouts.command_ms), hand_over_ms: timeouts.hand_over_ms } }
}
