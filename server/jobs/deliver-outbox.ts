/** Empties a lane of the outbox by whatever carries its messages, so that none is lost and no mail is sent twice by itself. */
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import type { Carriage, Carrier, Outcome } from '../mail/carrier.ts'
import {
  beginHandingOver,
  cancelOldMails,
  claimDueMail,
  type ClaimedMail,
  giveUpLostMails,
  type Lane,
  type Settled,
  settleMail,
} from '../store/outbox-delivery.ts'
import { nextTryAt } from './next-try.ts'

/** How long a mail is tried, and how long one may have waited that nobody could try; our judgement, from RFC 5321 4.5.4.1: four to five days. */
export const TRY_DAYS = 4
/** Mails a minute, of all processes together; our judgement: what the smallest mail service takes from one sender. */
export const MAILS_PER_MINUTE = 60
/** Leases outlast what they are for by this: clocks of several machines differ, and a database may be slow. */
const LEASE_MARGIN_MS = 5 * 60_000

export type DeliveryParts = {
  pool: Pool
  /** What the carrier carries; mail unless said otherwise. */
  lane?: Lane
  carrier: Carrier
  now: () => Date
  /** from 0 up to 1 */
  random: () => number
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  onOutcome?: (state: DeliveryState, count: number) => void
  /** Called once an outcome is kept; what it throws is logged. */
  afterwards?: (mail: ClaimedMail, outcome: Outcome, settled: Settled) => Promise<void>
  perMinute?: number
  /** Milliseconds after which it is tried again to keep what came of a mail, where the database does not take it. */
  keepAgainAfterMs?: number[]
}
export type DeliveryState = Outcome['state'] | 'cancelled'
export type DeliveryRound = {
  /** Sends what is due, and resolves with how many mails had which outcome. */
  done: Promise<Record<DeliveryState, number>>
  /** Begins no other mail. One that is being handed over has this long to end; then it is broken off, and is uncertain. */
  stop: (patienceMs: number) => Promise<void>
}

/** Sends what is due now, one mail after the other; may run several times at once, here and elsewhere. */
export const deliverOutbox = (parts: DeliveryParts): DeliveryRound => {
  const { pool, carrier, now, log } = parts
  const counts: Record<DeliveryState, number> = { sent: 0, refused: 0, again: 0, uncertain: 0, cancelled: 0 }
  let isStopping = false
  let isHandingOver = false
  let carriage: Carriage | undefined
  const count = (state: DeliveryState, added: number) => {
    if (added === 0) return
    counts[state] += added
    parts.onOutcome?.(state, added)
  }

  const deliver = async (mail: ClaimedMail, by: Carriage) => {
    const outcome = await by.carry(
      mail,
      async () => {
        if (isStopping) return false
        const leaseUntil = new Date(now().getTime() + carrier.limits.hand_over_ms + LEASE_MARGIN_MS)
        isHandingOver = await beginHandingOver(pool, mail, leaseUntil)
        return isHandingOver
      },
      now(),
    )
    isHandingOver = false
    await keepOutcome(parts, mail, outcome, isStopping)
    count(outcome.state, 1)
    return outcome
  }

  const run = async () => {
    await sweep(parts, count)
    const claim = {
      lane: parts.lane ?? 'mail',
      leaseMs: carrier.limits.prepare_ms + LEASE_MARGIN_MS,
      perMinute: parts.perMinute ?? MAILS_PER_MINUTE,
    }
    try {
      while (!isStopping) {
        const mail = await claimDueMail(pool, { ...claim, now: now() })
        if (mail === null) break
        carriage ??= carrier.open()
        // stopped while it was claimed, when there was nothing to break off yet
        if (isStopping) carriage.abort()
        const outcome = await deliver(mail, carriage)
        // the others would fare the same: the next round begins with another one
        if (outcome.state === 'again' && outcome.is_server_trouble) break
      }
    } finally {
      carriage?.close()
    }
    return counts
  }
  const done = run()
  return {
    done,
    stop: async (patienceMs) => {
      isStopping = true
      if (!isHandingOver) carriage?.abort()
      const timer = setTimeout(() => carriage?.abort(), patienceMs)
      await done.catch((error: unknown) => log.warn({ err: error }, 'delivery ended badly'))
      clearTimeout(timer)
    },
  }
}

export const LOST = 'The program ended while the mail was handed over, so that nobody knows whether it was taken.'

/** Why a message was never tried. */
export const NEVER_TRIED: Record<Lane, string> = {
  mail: 'and was not tried, because no mail server was set or this program did not run.',
  hooks: 'and was not tried, because this program did not run.',
}

const sweep = async ({ pool, now, lane = 'mail' }: DeliveryParts, count: (state: DeliveryState, added: number) => void) => {
  const at = now()
  count('uncertain', await giveUpLostMails(pool, at, LOST))
  const putBefore = new Date(at.getTime() - TRY_DAYS * 86_400_000)
  const words = {
    neverTried: `It waited for more than ${TRY_DAYS} days ${NEVER_TRIED[lane]}`,
    tried: `It was tried for ${TRY_DAYS} days, and then given up. Last:`,
  }
  count('cancelled', await cancelOldMails(pool, { lane, putBefore, now: at, ...words }))
}

/** What is known of a mail is worth some patience: a database that is started again is back in seconds. Our judgement. */
const KEEP_AGAIN_AFTER_MS = [500, 2_000, 8_000]

/** As patiently as we are, and no earlier than the other side asks for. Where we were stopped ourselves, nobody has said no: at once. */
const whenAgain = ({ now, random }: DeliveryParts, mail: ClaimedMail, outcome: Outcome & { state: 'again' }): Date => {
  const usual = nextTryAt(now(), mail.attempt_count, { isServerTrouble: outcome.is_server_trouble, random })
  return outcome.again_at !== undefined && outcome.again_at > usual ? outcome.again_at : usual
}

const keepOutcome = async (parts: DeliveryParts, mail: ClaimedMail, outcome: Outcome, isStopping: boolean) => {
  const { pool, now, log } = parts
  const about = { mail_id: mail.mail_id, kind: mail.kind, attempt: mail.attempt_count, outcome: outcome.state }
  const isBrokenOff = isStopping && outcome.state === 'uncertain'
  const answer = isBrokenOff ? 'This program was stopped while the mail was handed over.' : outcome.answer
  const settled: Settled =
    outcome.state === 'again'
      ? { state: 'waiting', answer, nextTryAt: isStopping ? now() : whenAgain(parts, mail, outcome) }
      : { state: outcome.state, answer }
  for (const waitMs of [...(parts.keepAgainAfterMs ?? KEEP_AGAIN_AFTER_MS), null]) {
    try {
      const isOurs = await settleMail(pool, mail, settled, now())
      if (isOurs)
        await parts.afterwards?.(mail, outcome, settled).catch((error: unknown) => log.error({ ...about, err: error }, 'after a delivery'))
      if (!isOurs) log.warn(about, 'a mail was in other hands when its outcome came')
      else if (outcome.state === 'sent') log.info(about, 'a mail was sent')
      else log.warn(about, 'a mail was not sent')
      return
    } catch (error) {
      log.error({ ...about, err: error, again_after_ms: waitMs }, 'what came of a mail could not be kept')
      if (waitMs !== null) await wait(waitMs)
    }
  }
}
