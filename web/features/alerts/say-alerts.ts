/** What the page of alerts says in its own words; what was told of an alert is told as it was. */
import {
  type Alert,
  type AlertNotice,
  type AlertState,
  type Alerts,
  endOfDataFor,
  type StatedRate,
  type WatchedRule,
} from '../../../shared/contract/alert.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { sayNoticed, sayStoodAtEnd } from '../../../shared/say-alert-time.ts'
import { formatDay, formatDecimal, formatInstant, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'

export const STATE_WORDS: Record<AlertState, string> = {
  open: 'Stands',
  recovered: 'Recovered',
  passed: 'Passed',
  settled: 'Settled',
  withdrawn: 'Withdrawn',
  switched_off: 'No longer watched',
}

export const NOTICE_WORDS: Record<AlertNotice, string> = {
  began: 'Noticed',
  clearly_worse: 'Clearly worse',
  recovered: 'Recovered',
  passed: 'Passed',
  withdrawn: 'Withdrawn',
}

export const RULE_STATE_WORDS: Record<WatchedRule['state'], string> = {
  off: 'Switched off',
  not_judged_yet: 'Not judged yet',
  cannot_judge: 'Cannot be judged',
  quiet: 'Not noticed',
  standing: 'An alert stands',
}

/** A rule that was not simulated has no figure of its own. */
const isKnown = ({ a_year, standard_error }: StatedRate): boolean => a_year > 0 || standard_error !== null

/** How often a rule is false, as stated, in a sentence; of which simulated communities, where `isWhole` asks for it. */
export const sayStated = (stated: StatedRate, isWhole = true): string =>
  isKnown(stated)
    ? `False alarms, as stated: ${sayAlarmRate(stated.a_year)}${stated.of === '' || !isWhole ? '' : ` (${stated.of})`}.`
    : 'How often it is false is not known: it has not been simulated.'

/** Where the last period stands between nothing and the limit. */
export const sayStatistic = (statistic: number): string => {
  if (statistic < 0.05) return 'far within its limit'
  if (statistic >= 0.995 && statistic < 1.05) return 'at its limit'
  return statistic < 0.995
    ? `${formatDecimal(statistic, statistic < 0.95 ? 1 : 2)} of its limit`
    : `${formatDecimal(statistic, 1)} times its limit`
}

const sayOff = (off: number): string =>
  off === 0 ? '' : off === 1 ? ' One more is switched off.' : ` ${startSentence(sayCount(off))} more are switched off.`

const sayUnjudged = (rules: readonly WatchedRule[]): string => {
  const count = rules.filter(({ state }) => state === 'cannot_judge').length
  if (count === 0) return ''
  return ` ${startSentence(sayCount(count))} cannot be judged ${count === 1 ? 'and says' : 'and say'} why.`
}

const isFalse = ({ ruling }: Alert) => ruling?.ruling === 'false_alarm'

/** Stands today, as far as the data go on. */
export const standsNow = ({ state, rule }: Pick<Alert, 'state' | 'rule'>, dataEndedOn: string | null): boolean =>
  state === 'open' && endOfDataFor(rule, dataEndedOn) === null

/** What stood when the data ended, of which nobody can say more. */
const sayEnded = (open: readonly Alert[], dataEndedOn: string | null): string => {
  const stood = open.filter((alert) => !standsNow(alert, dataEndedOn)).length
  if (dataEndedOn === null) return ''
  return `${stood === 0 ? 'Nothing' : startSentence(sayCountOf(stood, 'alert'))} ${sayStoodAtEnd(dataEndedOn, 'the')}; nothing is known of the time since.`
}

/** What stands now, or that nothing does, and how much that means. */
export const sayAll = ({ rules, alerts, data_ended_on: endedOn }: Alerts): string => {
  const on = rules.filter(({ is_on }) => is_on)
  if (on.length === 0) return 'Nothing is watched: every rule is switched off, and nobody is told of anything.'
  const watched = `${startSentence(sayCountOf(on.length, 'thing is', 'things are'))} watched.${sayOff(rules.length - on.length)}`
  const all = alerts.filter(({ state }) => state === 'open')
  const open = all.filter((alert) => standsNow(alert, endedOn))
  const ended = sayEnded(all, endedOn)
  const denied = open.filter(isFalse).length
  const stands =
    open.length === 0
      ? 'Nothing stands.'
      : `${startSentence(sayCountOf(open.length, 'alert stands', 'alerts stand'))}${denied === 0 ? '' : denied === open.length ? `, called ${denied === 1 ? 'a false alarm' : 'false alarms'}` : `, ${sayCount(denied)} of them called false`}.`
  if (on.every(({ state }) => state === 'not_judged_yet')) return `${watched} None has been judged yet; the first round does it.`
  const judged = on.filter(({ state }) => state === 'quiet' || state === 'standing')
  if (judged.length === 0 && all.length === 0) return `${watched} None of them can be judged yet; each says why.`
  const fed = judged.filter(({ rule }) => endOfDataFor(rule, endedOn) === null)
  const known = fed.filter(({ stated }) => isKnown(stated))
  const rate = known.reduce((sum, { stated }) => sum + stated.a_year, 0)
  const asFar = known.length < fed.length ? ', as far as they were simulated' : ''
  const chance = known.length === 0 ? '' : ` False alarms of a community like this one, all taken together${asFar}: ${sayAlarmRate(rate)}.`
  const now = [...(ended === '' || open.length > 0 ? [stands] : []), ...(ended === '' ? [] : [ended])].join(' ')
  return `${watched} ${now}${sayUnjudged(on)}${chance}`
}

/** Up to when anything was judged, and when it is judged next. */
export const sayRounds = (
  { rules, next_judged_at: next, data_ended_on: endedOn }: Pick<Alerts, 'rules' | 'next_judged_at' | 'data_ended_on'>,
  timeZone: string,
): string => {
  const last = rules
    .filter(({ grain }) => grain === 'week')
    .map(({ judged_on }) => judged_on ?? '')
    .sort()
    .at(-1)
  const judged = last ? `Judged up to the week of ${formatDay(last)}` : ''
  if (endedOn !== null) return judged === '' ? '' : `${judged}, where the data end.`
  if (next === null) return judged === '' ? '' : `${judged}.`
  return `${judged === '' ? 'Judged next' : `${judged}, next`} on ${formatInstant(next, timeZone)}.`
}

export const saySnoozed = (until: string, timeZone: string): string => `Nobody is told until ${formatInstant(until, timeZone)}.`

/** When it was noticed, and from when to when an alert stood that is over. */
export const sayTime = ({ rule, began_on, ended_on, state }: Pick<Alert, 'rule' | 'began_on' | 'ended_on' | 'state'>): string => {
  if (ended_on !== null && ended_on !== began_on) return `${formatDay(began_on)} to ${formatDay(ended_on)}`
  return state === 'open' ? sayNoticed(rule, began_on) : formatDay(began_on)
}

const SENT_WORDS = {
  held: 'held back, as the rule was snoozed',
  nobody: 'told to nobody: there was no recipient',
  history: 'found in the past, told to nobody',
} as const

/** To whom a notice went. */
export const saySent = ({ sent, recipient_count }: Pick<Alert['notices'][number], 'sent' | 'recipient_count'>): string =>
  sent === 'sent' ? `told to ${sayCountOf(recipient_count, 'recipient')}` : SENT_WORDS[sent]
