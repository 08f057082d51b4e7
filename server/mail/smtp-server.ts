/** What SMTP_URL says, read once and in one way for everything that sends mail. */
import SMTPTransport, { type SMTPTransportAuth, type SMTPTransportOptions } from 'nodemailer/lib/smtp-transport'

export type SmtpServer = {
  options: SMTPTransportOptions
  /** User and password; false: none were given. */
  auth: SMTPTransportAuth | false
}

/**
 * Reads `smtp://user:password@host:587` or `smtps://…`; its query may hold nodemailer's options, such as `?requireTLS=true` or
 * `?tls.rejectUnauthorized=false`. What `fixed` says cannot be changed by it.
 */
export const readSmtpUrl = (url: string, fixed: Partial<SMTPTransportOptions>): SmtpServer => {
  const transport = new SMTPTransport({ url })
  return {
    // the first three would print mails, and who gets them
    options: { ...transport.options, logger: false, debug: false, transactionLog: false, lmtp: false, ...fixed },
    auth: transport.getAuth({}) || false,
  }
}
