/** What the routes of alerts have in common: what stands in a community, as somebody may read it. */
import type { FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { Alert, AlertRuleId, Alerts, WatchedRule } from '../../shared/contract/alert.ts'
import { roleIn } from '../access/caller.ts'
import { nextJudgedAt } from '../alerts/alert-calendar.ts'
import type { Rule } from '../alerts/alert-rule.ts'
import { ruleOf, rules } from '../alerts/catalogue.ts'
import { describeWatched } from '../alerts/describe-watched.ts'
import { loadStrictness } from '../alerts/strictness.ts'
import { readDataEnds } from '../rollup/data-ends.ts'
import { listRuleSettings } from '../store/alert-settings.ts'
import { listFailures, listWatches } from '../store/alert-watches.ts'
import { listAlerts } from '../store/alerts.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'

/** Who runs the community: sees who said what, and what is for operators. */
export const mayManage = (request: FastifyRequest): boolean => {
  if (request.caller.kind !== 'person') return false
  const role = roleIn(request.caller, communityOf(request).community_id)
  return role === 'administrator' || role === 'manager'
}

/** A feed that has gone silent, or a purge, is for those who run it; the others read what is told of the community. */
const isFor = (rule: Rule, isManager: boolean): boolean => isManager || rule.audience === 'managers'

/** The rule of a request; 403 where it is for managers alone. */
export const ruleFor = (request: FastifyRequest, id: AlertRuleId): Rule => {
  const rule = ruleOf(id)
  if (!isFor(rule, mayManage(request)))
    throw new ProblemError({
      status: 403,
      type: 'for-managers',
      title: 'For managers',
      detail: 'What this rule watches concerns those who run the community; ask its manager.',
    })
  return rule
}

/** Names, notes and what went to whom are for those who may say something themselves. */
const withoutNames = (alert: Alert): Alert => ({
  ...alert,
  acknowledged: alert.acknowledged && { ...alert.acknowledged, by: null },
  ruling: alert.ruling && { ...alert.ruling, by: null, note: null },
})

export const shownAlert = (alert: Alert, isManager: boolean): Alert => (isManager ? alert : withoutNames(alert))

const shownRule = (rule: WatchedRule, isManager: boolean): WatchedRule =>
  isManager ? rule : { ...rule, snoozed: rule.snoozed && { ...rule.snoozed, by: null } }

type Community = { community_id: string; time_zone: string }
type Asked = { isManager: boolean; now: Date }

/** Everything the page of alerts shows. */
export const readAlerts = async (pool: pg.Pool, { community_id, time_zone }: Community, { isManager, now }: Asked): Promise<Alerts> => {
  const [alerts, settings, watches, failures, ends] = await Promise.all([
    listAlerts(pool, community_id),
    listRuleSettings(pool, community_id),
    listWatches(pool, community_id),
    listFailures(pool, community_id),
    readDataEnds(pool, [community_id], now),
  ])
  const shown = rules.filter((rule) => isFor(rule, isManager))
  const watched: WatchedRule[] = []
  for (const rule of shown) {
    const described = describeWatched(rule, {
      setting: settings.find((one) => one.rule === rule.id) ?? null,
      watch: watches.find((one) => one.rule === rule.id) ?? null,
      failure: failures.find((one) => one.rule === rule.id) ?? null,
      alerts: alerts.filter((one) => one.rule === rule.id),
      strictness: await loadStrictness(pool, community_id, rule.id),
      now,
    })
    watched.push(shownRule(described, isManager))
  }
  const ids = new Set(shown.map(({ id }) => id))
  // what is looked at every hour would make the next round of all the rest look near
  const grain = watched.find((one) => one.is_on && one.grain !== 'day')?.grain ?? watched.find(({ is_on }) => is_on)?.grain
  return {
    rules: watched,
    alerts: alerts.filter(({ rule }) => ids.has(rule)).map((alert) => shownAlert(alert, isManager)),
    next_judged_at: grain === undefined ? null : nextJudgedAt(grain, time_zone, now).toISOString(),
    data_ended_on: ends.get(community_id) ?? null,
  }
}

/** One rule as it stands, for who has just changed it. */
export const readWatchedRule = async (pool: pg.Pool, community: Community, rule: AlertRuleId, now: Date): Promise<WatchedRule> =>
  (await readAlerts(pool, community, { isManager: true, now })).rules.find((one) => one.rule === rule) as WatchedRule
