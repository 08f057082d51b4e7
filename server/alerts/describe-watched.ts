import type { Alert, WatchedRule } from '../../shared/contract/alert.ts'
import { formatDay } from '../../shared/format.ts'
import type { RuleSetting } from '../store/alert-settings.ts'
import type { Failure, Watch } from '../store/alert-watches.ts'
import type { Rule } from './alert-rule.ts'
import { describeRecord } from './say-record.ts'

type Parts = {
  setting: RuleSetting | null
  watch: Watch | null
  /** Why it could not be judged of late; a fault of ours. */
  failure: Pick<Failure, 'failed_since'> | null
  /** Of this rule. */
  alerts: readonly Alert[]
  /** What holds now. */
  strictness: number
  now: Date
}

const stateOf = (isOn: boolean, watch: Watch | null, alerts: readonly Alert[]): WatchedRule['state'] => {
  if (!isOn) return 'off'
  if (alerts.some(({ state }) => state === 'open')) return 'standing'
  if (watch === null) return 'not_judged_yet'
  return watch.standing.cannot_judge === null ? 'quiet' : 'cannot_judge'
}

const SENTENCES = {
  off: 'Switched off: it is not judged, and nobody is told.',
  not_judged_yet: 'Not judged yet; the next round judges it.',
} as const

/** How it stands, and since when that is not the newest where judging it fails. */
const sentenceOf = (state: WatchedRule['state'], { watch, failure }: Pick<Parts, 'watch' | 'failure'>): string => {
  if (state === 'off') return SENTENCES.off
  const stands = watch === null ? SENTENCES.not_judged_yet : watch.standing.sentence
  if (failure === null) return stands
  const since = formatDay(failure.failed_since.toISOString().slice(0, 10))
  return `It could not be judged since ${since}, by a fault that stands in the server’s log; it is tried again at each round.${watch === null ? '' : ` Before that: ${stands}`}`
}

/** A rule as it is set and stands in a community, with what became of what it told. */
export const describeWatched = (rule: Rule, { setting, watch, failure, alerts, strictness, now }: Parts): WatchedRule => {
  const isOn = setting?.is_on ?? rule.is_on_by_default
  const state = stateOf(isOn, watch, alerts)
  const isTold = watch !== null && state !== 'off' && state !== 'not_judged_yet'
  const stated = rule.stateRate(strictness, watch?.standing.swing ?? null)
  const isSnoozed = setting !== null && setting.snoozed_until !== null && setting.snoozed_until > now
  return {
    rule: rule.id,
    title: rule.title,
    watches: rule.watches,
    grain: rule.grain,
    audience: rule.audience,
    is_on: isOn,
    has_limits: rule.has_limits,
    strictness,
    own_strictness: setting?.strictness ?? null,
    state,
    sentence: sentenceOf(state, { watch, failure }),
    statistic: isTold ? watch.standing.statistic : null,
    judged_on: isTold ? watch.judged_on : null,
    judged_at: isTold ? watch.judged_at.toISOString() : null,
    snoozed: isSnoozed
      ? {
          until: (setting.snoozed_until as Date).toISOString(),
          at: (setting.snoozed_at ?? setting.updated_at).toISOString(),
          by: setting.snoozed_by,
        }
      : null,
    stated,
    record: describeRecord(alerts, stated, {
      watchedFrom: watch?.watched_from ?? null,
      judgedOn: watch?.judged_on ?? null,
      grain: rule.grain,
    }),
    version: setting?.version ?? 0,
  }
}
