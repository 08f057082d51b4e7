/** What went wrong between a mail server and us, in words for whoever looks after mail. Nothing in it holds a password. */

/** What nodemailer's connection says of a failure. */
export type SmtpFault = Error & { code?: string; originalCode?: string; command?: string; response?: string; responseCode?: number }
type Place = { host?: string | undefined; port?: number | string | undefined; secure?: boolean | undefined }

/** Characters of an answer that are kept; our judgement: some servers send a page. */
const LONGEST_ANSWER = 500

/** What a server said, as one line that turns nothing round. */
export const sayReply = (reply: string): string => {
  const plain = [
    ...reply
      .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
      .toWellFormed()
      .trim(),
  ]
  return plain.length > LONGEST_ANSWER ? `${plain.slice(0, LONGEST_ANSWER).join('')}… (shortened)` : plain.join('')
}

export const sayFault = (fault: SmtpFault, { host = 'localhost', port, secure }: Place): string => {
  const server = `the mail server ${host}:${port ?? (secure ? 465 : 587)}`
  const said = fault.response ? ` It said: ${sayReply(fault.response)}` : ''
  switch (fault.code) {
    case 'ETIMEDOUT':
      return `${capital(server)} did not answer in time.`
    case 'EDNS':
      return `The address of ${server} was not found.`
    case 'ETLS':
    case 'EREQUIRETLS':
      return `No encrypted connection to ${server}: ${sayReply(fault.message)}`
    case 'EAUTH':
    case 'ENOAUTH':
      return `${capital(server)} does not accept the user and password of SMTP_URL.${said}`
    case 'ECONNECTION':
      return `The connection to ${server} broke.${said}`
    case 'ESOCKET':
      return `No connection to ${server}: ${fault.originalCode ?? sayReply(fault.message)}.`
    default:
      return said === '' ? `${capital(server)}: ${sayReply(fault.message)}` : said.trim().replace('It said', capital(server))
  }
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)
