/** Alerts as judging leaves them in the database: for tests of what reads them. */
import type { Pool } from 'pg'
import type { AlertContent, AlertNotice, AlertRuleId, AlertState } from '../shared/contract/alert.ts'
import { addAlert, addNotice, countNotice } from '../server/store/alerts.ts'
import { inTransaction } from '../server/store/in-transaction.ts'
import { type Standing, writeWatch } from '../server/store/alert-watches.ts'

type Kept = {
  rule: AlertRuleId
  began_on: string
  state?: AlertState
  ended_on?: string | null
  is_history?: boolean
  /** The oldest first. */
  notices: { on: string; notice: AlertNotice; content: AlertContent; recipients?: number }[]
}

/** Its id. */
export const keepAlert = (pool: Pool, communityId: string, now: Date, kept: Kept): Promise<string> =>
  inTransaction(pool, async (client) => {
    const { rule, began_on, state = 'open', ended_on = null, is_history = false } = kept
    const alert_id = await addAlert(client, { communityId, rule, began_on, state, ended_on, is_history, now })
    const of = { communityId, alert_id }
    for (const { on, notice, content, recipients = 2 } of kept.notices) {
      await addNotice(client, of, { content: { ...content, rule, notice, on }, noticed_on: on, sent: is_history ? 'history' : 'sent', now })
      if (!is_history) await countNotice(client, of, { notice, noticed_on: on, count: recipients })
    }
    return alert_id
  })

/** How a rule stands, as the last round left it. */
export const keepWatch = (
  pool: Pool,
  communityId: string,
  now: Date,
  { rule, watched_from, judged_on, ...standing }: { rule: AlertRuleId; watched_from: string; judged_on: string | null } & Partial<Standing>,
): Promise<void> =>
  inTransaction(pool, (client) =>
    writeWatch(client, communityId, {
      rule,
      watched_from,
      judged_on,
      judged_at: now,
      judged_by: 'a test',
      standing: {
        statistic: 0.4,
        cannot_judge: null,
        swing: 1,
        sentence: 'As usual: 12 new members in the last eight weeks, where 11 were usual.',
        strictness: 1,
        stated: { a_year: 0.2, standard_error: 0.02, of: 'in communities that swing like this one' },
        ruled_by: null,
        is_behind: false,
        ...standing,
      },
    }),
  )
