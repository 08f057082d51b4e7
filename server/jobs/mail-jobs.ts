import type { FastifyBaseLogger } from 'fastify'
import type { PgBoss } from 'pg-boss'
import { createSmtpCarrier } from '../mail/smtp-carrier.ts'
import type { Database } from '../store/connection.ts'
import { cancelOldMails, dropOldTexts, giveUpLostMails } from '../store/outbox-delivery.ts'
import { deliverOutbox, type DeliveryParts, type DeliveryRound, LOST, NEVER_TRIED } from './deliver-outbox.ts'
import { MAIL_CLEANING_CRON, MAIL_CLEANING_QUEUE, MAIL_CONNECTIONS, MAIL_CRON, MAIL_QUEUE } from './queues.ts'

/** How mail leaves: null where no mail server is set, and then it stays in the outbox to be looked at. */
export type Smtp = { url: string; from: string } | null
export type MailJobParts = {
  db: Database
  smtp: Smtp
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  onOutcome?: DeliveryParts['onOutcome']
}
export type MailJobs = {
  /** Asks for the outbox to be emptied soon; what is lost here is found by the next round. */
  requestDelivery: () => Promise<void>
  stop: () => Promise<void>
}

/** Days for which the text of a mail is kept after it ended; our judgement: long enough for "I never got it", and reports are kept elsewhere. */
export const TEXT_DAYS = 90
/** A mail that is being handed over when the program is stopped has this long; shorter than what stopping may take in all. */
const STOP_PATIENCE_MS = 2_500

/** Empties the outbox: at once where asked to, and every minute. */
export const startMailJobs = async (boss: PgBoss, { db, smtp, now, log, onOutcome }: MailJobParts): Promise<MailJobs> => {
  await boss.createQueue(MAIL_CLEANING_QUEUE, { policy: 'stately', retryLimit: 0 })
  await boss.work(MAIL_CLEANING_QUEUE, { pollingIntervalSeconds: 60 }, () => cleanOutbox({ db, now, log }))
  await boss.schedule(MAIL_CLEANING_QUEUE, MAIL_CLEANING_CRON)
  if (smtp === null) {
    // another process may have one: its schedule stays
    return { requestDelivery: async () => {}, stop: async () => {} }
  }
  const carrier = createSmtpCarrier({ url: smtp.url, from: smtp.from })
  const rounds = new Set<DeliveryRound>()
  let isStopping = false
  // "short": at most one round waits, and while one is held up by a slow server the next begins beside it
  await boss.createQueue(MAIL_QUEUE, { policy: 'short', retryLimit: 0, expireInSeconds: 86_399 })
  const requestDelivery = async () => {
    await boss.send(MAIL_QUEUE, {}, { singletonKey: 'all' })
  }
  await boss.work(MAIL_QUEUE, { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency: MAIL_CONNECTIONS }, async () => {
    if (isStopping) return
    const round = deliverOutbox({ pool: db.pool, carrier, now, random: Math.random, log, onOutcome })
    rounds.add(round)
    try {
      await round.done
    } finally {
      rounds.delete(round)
    }
  })
  await boss.schedule(MAIL_QUEUE, MAIL_CRON)
  return {
    requestDelivery,
    stop: async () => {
      isStopping = true
      await Promise.all([...rounds].map((round) => round.stop(STOP_PATIENCE_MS)))
    },
  }
}

/** What nobody could send for so long is given up, and the text of what ended as long ago is dropped: else an outbox grows for ever. */
export const cleanOutbox = async ({ db, now, log }: Pick<MailJobParts, 'db' | 'now' | 'log'>): Promise<void> => {
  const before = new Date(now().getTime() - TEXT_DAYS * 86_400_000)
  // also where no mail server is set any more, and nobody else would find them
  await giveUpLostMails(db.pool, now(), LOST)
  let cancelled = 0
  for (const lane of ['mail', 'hooks'] as const)
    cancelled += await cancelOldMails(db.pool, {
      lane,
      putBefore: before,
      now: now(),
      neverTried: `It waited for ${TEXT_DAYS} days ${NEVER_TRIED[lane]}`,
      tried: `It waited for ${TEXT_DAYS} days. Last:`,
    })
  const dropped = await dropOldTexts(db.pool, before)
  if (cancelled + dropped > 0) log.info({ cancelled, dropped }, 'the outbox was cleaned')
}
