import { ALERT_RULES, type AlertRuleId, STRICTNESS } from '../../../shared/contract/alert.ts'
import { oneOf, withoutAbsent } from '../period/period-search.ts'

/** The whole state of the page of alerts, as its address holds it. */
export type AlertsSearch = {
  /** The rule that is opened. */
  rule?: AlertRuleId
  /** Begin of an alert of that rule, for who does not know its id. */
  on?: string
  /** The alert that is opened. */
  alert?: string
  /** Limits that are tried, times the usual. */
  strictness?: number
  /** Alerts of this rule alone in the history. */
  of?: AlertRuleId
  /** Ids of the charts shown as tables, joined by dots. */
  tables?: string
}

const matches = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined

const strictnessOf = (value: unknown): number | undefined => {
  const found = typeof value === 'number' ? Math.round(value * 100) / 100 : Number.NaN
  return found >= STRICTNESS.least && found <= STRICTNESS.most ? found : undefined
}

/** Reads the address; what it cannot understand is as if it were not there. */
export const readAlertsSearch = (search: Record<string, unknown>): AlertsSearch =>
  withoutAbsent({
    rule: oneOf(ALERT_RULES, search.rule),
    on: matches(search.on, /^\d{4}-\d\d-\d\d$/),
    alert: matches(search.alert, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
    strictness: strictnessOf(search.strictness),
    of: oneOf(ALERT_RULES, search.of),
    tables: matches(search.tables, /^[a-z0-9.-]+$/),
  }) as AlertsSearch
