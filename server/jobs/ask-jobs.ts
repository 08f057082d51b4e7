import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { PgBoss } from 'pg-boss'
import { MAILS_IN_A_ROUND } from '../report/asks/ask-rules.ts'
import { findAskers } from '../report/asks/find-askers.ts'
import { makeAsk } from '../report/asks/make-ask.ts'
import type { Database } from '../store/connection.ts'
import { listMailing } from '../store/value-asks.ts'
import { composeAskMail, isMailHour } from './ask-mail.ts'
import { ASK_CRON, ASK_QUEUE } from './queues.ts'

export type AskJobParts = {
  db: Database
  secretKey: string
  baseUrl: string
  /** Without a mail server nobody is asked: a mail that waits for one would ask when nobody remembers. */
  hasMailServer: boolean
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  requestDelivery: () => Promise<void>
}

/** Mails askers where managers have turned that on: every hour, by day. */
export const startAskJobs = async (boss: PgBoss, parts: AskJobParts): Promise<void> => {
  await boss.createQueue(ASK_QUEUE, { policy: 'stately', retryLimit: 0 })
  await boss.work(ASK_QUEUE, { pollingIntervalSeconds: 30 }, async () => {
    if (!parts.hasMailServer) return
    const count = await mailAskers(parts)
    if (count > 0) parts.log.info({ mails: count }, 'asked askers by mail')
  })
  await boss.schedule(ASK_QUEUE, ASK_CRON)
}

/**
 * One round: whoever may be asked now and has an address gets a mail, or rather the outbox one for them. However many processes run it, and
 * however often, a question is asked about once and a person once a week. Gives how many mails were put in.
 */
export const mailAskers = async (parts: Omit<AskJobParts, 'hasMailServer' | 'log'>): Promise<number> => {
  const { db, now } = parts
  let count = 0
  for (const community of await listMailing(db.pool)) {
    if (!isMailHour(now(), community.time_zone)) continue
    const communityId = community.community_id
    // what was recognised as a question may be none: that is for a manager to look at, not for a mail to assume
    for (const asker of await findAskers(db.pool, communityId, { now: now(), isMailable: true, limit: MAILS_IN_A_ROUND })) {
      const made = await makeAsk(db.pool, {
        communityId,
        askId: randomUUID(),
        questionKey: asker.question_key,
        now: now(),
        by: null,
        mail: ({ askId, asker: { asked_at, channel, display_name } }) =>
          composeAskMail(
            parts,
            { communityId, askId },
            { asked_at, channel, display_name, community_name: community.name, time_zone: community.time_zone },
          ),
      })
      if (!('refused' in made)) count++
    }
  }
  if (count > 0) await parts.requestDelivery()
  return count
}
