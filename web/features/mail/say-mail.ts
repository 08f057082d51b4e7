/** A mail's state in words, for whoever looks after it. */
import type { Mail, MailState } from '../../../shared/contract/mail.ts'
import { formatInstant } from '../../../shared/format.ts'

/** Names of the filters. */
export const STATE_NAMES: Record<MailState, string> = {
  waiting: 'Waiting',
  sending: 'Being sent',
  sent: 'Taken',
  refused: 'Refused',
  uncertain: 'Unknown',
  cancelled: 'Not sent',
}

const KIND_NAMES: Record<string, string> = {
  'value-report': 'Value report',
  'portfolio-report': 'Report on several communities',
  'report-draft': 'Draft for the managers',
  'value-ask': 'Question to a member who asked',
  alert: 'Alert by mail',
  'alert-digest': 'Alerts of a week by mail',
  test: 'Test',
}
const HOOK_KIND_NAMES = {
  webhook: { alert: 'Alert to a webhook', test: 'Test of a webhook' },
  slack: { alert: 'Alert to a chat', test: 'Test of a chat' },
}

/** What it is, and which way it goes where alerts go several. */
export const nameKind = ({ kind, channel }: Pick<Mail, 'kind' | 'channel'>): string =>
  channel === 'mail' ? (KIND_NAMES[kind] ?? kind) : HOOK_KIND_NAMES[channel][kind === 'test' ? 'test' : 'alert']

/** Hooks of alerts need no mail server. */
const canLeave = (mail: Mail, hasServer: boolean): boolean => hasServer || mail.channel !== 'mail'

export const sayState = (mail: Mail, hasServer: boolean): string => {
  switch (mail.state) {
    case 'waiting':
      if (!canLeave(mail, hasServer)) return 'Would have been sent'
      return mail.attempt_count === 0 ? 'Waits to be sent' : 'Waits to be tried again'
    case 'sending':
      return 'Is being sent'
    case 'sent':
      return mail.channel === 'mail' ? 'The mail server took it' : 'Its receiver took it'
    case 'refused':
      return 'Refused'
    case 'uncertain':
      return 'Nobody knows whether it arrived'
    case 'cancelled':
      return mail.changed_by === null ? 'Not sent' : `Taken back by ${mail.changed_by}`
  }
}

// what a mail server says begins with its number; our own sentences do not
const SERVER_WORDS = /^[2-5]\d\d[ -]/

/** What was said or happened last, as a sentence; null where the state says it all. */
export const sayAnswer = ({ state, answer, channel }: Pick<Mail, 'state' | 'answer' | 'channel'>): string | null => {
  if (answer === null || answer === '' || state === 'sent') return null
  const said = SERVER_WORDS.test(answer) ? `${channel === 'mail' ? 'The mail server' : 'Its receiver'} said: “${answer}”.` : answer
  return state === 'uncertain'
    ? `${said} That was while the mail was handed over, so it may have been kept or lost, and it is not sent again by itself.`
    : said
}

/** When it was put in, tried and settled. */
export const sayTimes = (mail: Mail, timeZone: string, hasServer: boolean): string => {
  const at = (iso: string) => formatInstant(iso, timeZone)
  const times = mail.attempt_count === 1 ? 'once' : mail.attempt_count === 2 ? 'twice' : `${mail.attempt_count} times`
  const next =
    canLeave(mail, hasServer) && mail.attempt_count > 0 && mail.next_try_at !== null ? `next try from ${at(mail.next_try_at)}` : null
  const settled = mail.settled_at === null || mail.attempt_count === 0 ? null : at(mail.settled_at)
  const tried =
    mail.attempt_count === 0
      ? null
      : mail.state === 'sent'
        ? `taken ${settled}${mail.attempt_count > 1 ? ` at try ${mail.attempt_count}` : ''}`
        : `tried ${times}, last ${at(mail.tried_at ?? mail.put_at)}`
  const parts = [`put in ${at(mail.put_at)}`, tried, next].filter((part) => part !== null)
  return `${parts.join('; ')}.`.replace(/^p/, 'P')
}
