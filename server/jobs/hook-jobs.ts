import type { FastifyBaseLogger } from 'fastify'
import type { PgBoss } from 'pg-boss'
import { createHookCarrier, type HookCarrierParts } from '../mail/hook-carrier.ts'
import { openHook, switchOffHook } from '../store/alert-hooks.ts'
import type { Database } from '../store/connection.ts'
import { postponeOfHook } from '../store/outbox-delivery.ts'
import { deliverOutbox, type DeliveryParts, type DeliveryRound } from './deliver-outbox.ts'
import { HOOK_CONNECTIONS, HOOK_CRON, HOOK_QUEUE } from './queues.ts'

export type HookJobParts = {
  db: Database
  secretKey: string
  /** Whether hooks may reach addresses of a private network. */
  toPrivate: boolean
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}
export type HookJobs = { requestDelivery: () => Promise<void>; stop: () => Promise<void> }

/** A request that is under way when the program is stopped has this long; shorter than what stopping may take in all. */
const STOP_PATIENCE_MS = 2_500

/** What a round for hooks has besides one for mail. */
export const hookDelivery = (
  { db, secretKey, toPrivate, now }: HookJobParts,
  network: Pick<HookCarrierParts, 'resolve' | 'ca' | 'timeouts'> = {},
): Required<Pick<DeliveryParts, 'lane' | 'carrier' | 'afterwards'>> => ({
  lane: 'hooks',
  carrier: createHookCarrier({
    ...network,
    toPrivate,
    findTarget: async ({ community_id, hook_id }, at) => {
      const hook = community_id && hook_id ? await openHook(db.pool, secretKey, { communityId: community_id, hookId: hook_id, at }) : null
      if (hook === null) return 'The hook was removed before it was sent.'
      if (hook === 'sealed') return 'Its address was sealed with another SECRET_KEY and cannot be read: remove the hook and add it anew.'
      return hook.is_on ? hook : 'The hook was switched off before it was sent.'
    },
  }),
  afterwards: async ({ community_id, hook_id }, outcome, settled) => {
    if (!community_id || !hook_id) return
    if (settled.state === 'waiting') await postponeOfHook(db.pool, hook_id, settled.nextTryAt)
    else if (outcome.state === 'refused' && outcome.is_gone)
      await switchOffHook(db.pool, {
        communityId: community_id,
        hookId: hook_id,
        reason: `Its receiver said that nothing more is taken there: ${outcome.answer}`,
        now: now(),
      })
  },
})

/** Sends what waits for hooks: at once where asked to, and every minute; with or without a mail server. */
export const startHookJobs = async (boss: PgBoss, parts: HookJobParts): Promise<HookJobs> => {
  const { db, now, log } = parts
  const delivery = hookDelivery(parts)
  const rounds = new Set<DeliveryRound>()
  let isStopping = false
  await boss.createQueue(HOOK_QUEUE, { policy: 'short', retryLimit: 0, expireInSeconds: 86_399 })
  await boss.work(HOOK_QUEUE, { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency: HOOK_CONNECTIONS }, async () => {
    if (isStopping) return
    const round = deliverOutbox({ ...delivery, pool: db.pool, now, random: Math.random, log })
    rounds.add(round)
    try {
      await round.done
    } finally {
      rounds.delete(round)
    }
  })
  await boss.schedule(HOOK_QUEUE, HOOK_CRON)
  return {
    requestDelivery: async () => {
      await boss.send(HOOK_QUEUE, {}, { singletonKey: 'all' })
    },
    stop: async () => {
      isStopping = true
      await Promise.all([...rounds].map((round) => round.stop(STOP_PATIENCE_MS)))
    },
  }
}
