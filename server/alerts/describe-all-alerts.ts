/** The alerts of several communities in one answer. Pure. */
import { type AlertRuleId, endOfDataFor, OPERATOR_RULES } from '../../shared/contract/alert.ts'
import type { AllAlerts } from '../../shared/contract/all-alerts.ts'
import { sayCount, startSentence } from '../../shared/format.ts'
import type { StandingAlert, WatchedRow } from '../store/alert-budget.ts'
import type { LatestAlert } from '../store/alerts.ts'
import { addCounted, type Counted, describeAlarmRecord } from './say-alarm-record.ts'
import { isStated, type RateOf, strictnessOf, type Watching, watchedYears, watchingOf } from './watched-pairs.ts'

export type SeenCommunity = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  /** Faults of the feed are for who can mend them. */
  isManager: boolean
}
type Parts = {
  rows: readonly WatchedRow[]
  standing: readonly StandingAlert[]
  latest: ReadonlyMap<string, LatestAlert>
  /** The last day of those communities whose data have ended. */
  ends: ReadonlyMap<string, string>
  /** What holds where nothing else is set. */
  strictness: number
  today: string
  rateOf: RateOf
}

type Rates = Pick<Parts, 'strictness' | 'rateOf'>

const yearlyOf = (row: WatchedRow, { strictness, rateOf }: Rates): number =>
  rateOf(row.rule, strictnessOf(row, strictness), row.swing).a_year

/** What nobody has measured can be held against nothing. */
const countedOf = (row: WatchedRow, rates: Rates): Counted => {
  if (!isStated(row, rates.rateOf)) return addCounted([])
  const { told, false_alarms, right } = row
  const years = watchedYears(row)
  return { years, told, false_alarms, right, expected: years * yearlyOf(row, rates) }
}

const REASONS: Record<Exclude<Watching, 'judged'>, (count: number) => string> = {
  off: (count) => `${sayCount(count)} ${count === 1 ? 'is' : 'are'} switched off`,
  not_judged_yet: (count) => `${sayCount(count)} ${count === 1 ? 'is' : 'are'} not judged yet`,
  cannot_judge: (count) => `${sayCount(count)} cannot be judged so far`,
  no_longer_fed: (count) => `${sayCount(count)} ${count === 1 ? 'has' : 'have'} nothing new to judge`,
}

/** "Four of six rules are judged; one is switched off, one cannot be judged so far." */
const sayWatching = (found: readonly Watching[]): string => {
  const judged = found.filter((one) => one === 'judged').length
  const rest = (Object.keys(REASONS) as (keyof typeof REASONS)[]).flatMap((reason) => {
    const count = found.filter((one) => one === reason).length
    return count === 0 ? [] : [REASONS[reason](count)]
  })
  if (rest.length === 0) return `All ${sayCount(found.length)} rules are judged.`
  const head =
    judged === 0
      ? 'No rule can tell anything now'
      : `${startSentence(sayCount(judged))} of ${sayCount(found.length)} rules ${judged === 1 ? 'is' : 'are'} judged`
  return `${head}; ${rest.join(', ')}.`
}

/** What is added up leaves these out. */
const sayUnstated = (count: number): string =>
  count === 0 ? '' : ` Of ${sayCount(count)} of them nobody has measured how often ${count === 1 ? 'it is' : 'they are'} false.`

export const describeAllAlerts = (
  communities: readonly SeenCommunity[],
  { rows, standing, latest, ends, strictness, today, rateOf }: Parts,
): AllAlerts => {
  const rates = { strictness, rateOf }
  const isSeen = (rule: AlertRuleId, isManager: boolean) => isManager || !OPERATOR_RULES.includes(rule)
  const all = communities.map((community) => {
    const { community_id: id, isManager, slug, name, time_zone, is_demo } = community
    const own = rows.filter(({ community_id, rule }) => community_id === id && isSeen(rule, isManager))
    const found = own.map((row) => watchingOf(row, today))
    const judged = own.filter((row, i) => found[i] === 'judged' && isStated(row, rateOf))
    const endedOn = (rule: AlertRuleId) => endOfDataFor(rule, ends.get(id) ?? null)
    const stands = standing.filter(({ community_id, rule }) => community_id === id && isSeen(rule, isManager) && endedOn(rule) === null)
    const last = stands.length > 0 ? undefined : latest.get(id)
    const counted = addCounted(own.map((row) => countedOf(row, rates)))
    return {
      counted,
      shown: {
        slug,
        name,
        time_zone,
        is_demo,
        standing: stands.map(({ alert_id, rule, headline, began_on, is_history }) => ({ alert_id, rule, headline, began_on, is_history })),
        last:
          last === undefined
            ? null
            : {
                alert_id: last.alert_id,
                rule: last.rule,
                headline: last.headline,
                began_on: last.began_on,
                told_at: last.told_at.toISOString(),
                is_false: last.ruling === 'false_alarm',
                stood_on: last.state === 'open' && last.ruling !== 'false_alarm' ? endedOn(last.rule) : null,
              },
        judged_count: found.filter((one) => one === 'judged').length,
        rule_count: own.length,
        watching: `${sayWatching(found)}${sayUnstated(found.filter((one) => one === 'judged').length - judged.length)}`,
        expected: judged.length === 0 ? null : judged.reduce((sum, row) => sum + yearlyOf(row, rates), 0),
        record: describeAlarmRecord(counted),
      },
    }
  })
  return {
    communities: all.map(({ shown }) => shown),
    expected: all.reduce((sum, { shown }) => sum + (shown.expected ?? 0), 0),
    record: describeAlarmRecord(addCounted(all.map(({ counted }) => counted))),
  }
}
