import type { Outcome } from './carrier.ts'
import { type SmtpFault, sayFault, sayReply } from './say-fault.ts'

type Place = Parameters<typeof sayFault>[1]

/**
 * What a failure means for the mail. `has_flowed`: bytes of the message had left. Then only an answer to the message itself tells that it was not
 * taken; anything else may have come after the server had kept it.
 */
export const judgeFault = (fault: SmtpFault, has_flowed: boolean, place: Place): Outcome => {
  const { code, command, responseCode = 0, response = '' } = fault
  const answer = response === '' ? sayFault(fault, place) : sayReply(response)
  if (has_flowed) {
    if (code !== 'EMESSAGE' || responseCode < 400) return { state: 'uncertain', answer: sayFault(fault, place) }
    if (isGoodbye(response)) return { state: 'uncertain', answer }
    return responseCode < 500 ? { state: 'again', answer, is_server_trouble: false } : { state: 'refused', answer }
  }
  // larger than the server said it takes
  if (code === 'EMESSAGE' && response === '') return { state: 'refused', answer: sayReply(fault.message) }
  const isOfThisMail = command === 'RCPT TO' || command === 'DATA'
  // 503: the session was in disorder, which says nothing of the mail; 552 after MAIL FROM: too large
  if (responseCode >= 500 && responseCode !== 503 && (isOfThisMail || (command === 'MAIL FROM' && responseCode === 552)))
    return { state: 'refused', answer }
  if (isOfThisMail && responseCode >= 400 && responseCode !== 421) return { state: 'again', answer, is_server_trouble: false }
  // what is said to the sender's name, or to nobody, is about our settings or the server: those can be mended within days
  return { state: 'again', answer: sayFault(fault, place), is_server_trouble: true }
}

/**
 * A 421 may be sent at any time by a server that goes away (RFC 5321 3.8), also while it keeps the message; only one that gives another reason
 * than the connection, such as 4.7.28, is an answer to the message.
 */
const isGoodbye = (response: string): boolean => response.startsWith('421') && !/^421[ -]4\.[0-35-9]\./.test(response)
