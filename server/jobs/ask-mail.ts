import { composeMail } from '../mail/mail-page.ts'
import { askAddress, askToken, optOutAddress } from '../report/asks/ask-link.ts'
import { MAIL_HOURS } from '../report/asks/ask-rules.ts'
import { type AskedQuestion, askMailWords } from '../report/asks/ask-words.ts'
import type { OutgoingMail } from '../store/outbox.ts'

type Parts = { secretKey: string; baseUrl: string }

/** The mail that asks, with its way out: one click of the mail program, or the link at its end. */
export const composeAskMail = (
  { secretKey, baseUrl }: Parts,
  ask: { communityId: string; askId: string },
  question: AskedQuestion,
): Pick<OutgoingMail, 'subject' | 'text' | 'html' | 'headers'> => {
  const token = askToken(secretKey, ask.communityId, ask.askId)
  const stop = optOutAddress(baseUrl, token)
  return {
    ...composeMail(askMailWords(question, askAddress(baseUrl, token), stop)),
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
}

/** Whether people where the community lives are at work or up at least: nobody is woken to be asked. */
export const isMailHour = (now: Date, timeZone: string): boolean => {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now))
  return hour >= MAIL_HOURS.from && hour < MAIL_HOURS.to
}
