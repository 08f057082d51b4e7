/**
 * Sends a mail at once and once only, for those who wait for it: sign-in links and invitations, which the person who asked for them asks
 * for again. Everything else leaves by the outbox. Whoever sends mail takes a `SendMail`, so that it does not matter what carries it.
 */
import nodemailer from 'nodemailer'
import { readSmtpUrl } from './smtp-server.ts'

type Mail = { to: string; subject: string; text: string; html: string }
/** Resolves when the mail server has taken the mail; throws when it has not. */
export type SendMail = (mail: Mail) => Promise<void>

/** A mail server that does not answer must not hold up whoever waits for the sending. */
const TIMEOUT_MS = 10_000

/** `smtpUrl` as smtp://user:password@host:587 or smtps://…; `from` as an address, with or without a name. */
export const createMailer = ({ smtpUrl, from }: { smtpUrl: string; from: string }): SendMail => {
  const { options } = readSmtpUrl(smtpUrl, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  const transport = nodemailer.createTransport(options)
  return async ({ to, subject, text, html }) => {
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html })
  }
}
