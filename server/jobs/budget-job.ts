import type { FastifyBaseLogger } from 'fastify'
import type { PgBoss } from 'pg-boss'
import { ALERT_RULES } from '../../shared/contract/alert.ts'
import { fitBudget } from '../alerts/budget.ts'
import { pairsOf, statedRate } from '../alerts/watched-pairs.ts'
import { everyCommunityId, listWatchedRows, readBudget, tightenBudget } from '../store/alert-budget.ts'
import type { Database } from '../store/connection.ts'
import { BUDGET_CRON, BUDGET_QUEUE } from './queues.ts'

/**
 * Makes limits stricter where more is watched by now than the budget bears, and says for which communities. They become looser only when an
 * administrator saves the budget: limits that went up and down by themselves would turn what was told last week into nothing.
 */
export const keepBudget = async (db: Database, now: Date, rateOf = statedRate): Promise<string[]> => {
  const { false_alarms: budget, version } = await readBudget(db.pool)
  if (budget === null) return []
  const ids = await everyCommunityId(db.pool)
  const { strictness } = fitBudget(
    pairsOf(await listWatchedRows(db.pool, ids, ALERT_RULES), now.toISOString().slice(0, 10), rateOf),
    budget,
  )
  return (await tightenBudget(db.pool, { strictness, version, now })) ? ids : []
}

type Parts = {
  db: Database
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info'>
  requestJudgement: (communityId: string) => Promise<void>
}

/** Once a night: what is watched changes from week to week. */
export const startBudgetJob = async (boss: PgBoss, { db, now, log, requestJudgement }: Parts): Promise<void> => {
  await boss.createQueue(BUDGET_QUEUE, { policy: 'stately', retryLimit: 0 })
  await boss.work(BUDGET_QUEUE, { pollingIntervalSeconds: 60 }, async () => {
    const ids = await keepBudget(db, now())
    for (const id of ids) await requestJudgement(id)
    if (ids.length > 0) log.info({ communities: ids.length }, 'limits of alerts were made stricter, so that the budget is kept')
  })
  await boss.schedule(BUDGET_QUEUE, BUDGET_CRON)
}
