/** What a reading of the whole past means for what was told before. Pure: decides, and neither writes nor tells. */
import type { AlertNotice, AlertState } from '../../shared/contract/alert.ts'
import { daysBetween } from '../../shared/period.ts'
import type { Episode, Rule, RuleReading } from './alert-rule.ts'

/** An alert as it is stored. Days are first days of periods. */
export type StoredAlert = {
  alert_id: string
  began_on: string
  /** Null while it stands. */
  ended_on: string | null
  state: AlertState
  is_history: boolean
  /** Somebody acknowledged it or said whether it was right: it is not taken away. */
  is_said: boolean
  notices: { notice: AlertNotice; noticed_on: string; sent: 'sent' | 'held' | 'nobody' | 'history' }[]
}

type Ended = Exclude<AlertState, 'open'>
type Ending = 'recovered' | 'passed' | 'withdrawn'
type Told = { notice: Exclude<AlertNotice, 'withdrawn'>; on: string }

export type Action =
  /** A new alert, told. */
  | { do: 'open'; episode: Episode; on: string }
  /** A new alert of which nobody is told: it began before it was watched, or was over before anybody looked. */
  | { do: 'keep'; episode: Episode; state: AlertState; on: string }
  /** History that nobody was told is as the reading has it now. */
  | { do: 'revise'; alert_id: string; state: AlertState; ended_on: string | null }
  /** History that nobody was told is not in the reading any more. */
  | { do: 'forget'; alert_id: string }
  /** `is_reopened`: it was taken for over, as history of which nobody was told. */
  | { do: 'worsen'; alert_id: string; episode: Episode; on: string; is_reopened: boolean }
  /** What was held while it was snoozed is told now, once, as it stands now. `of` is the period of the notice that was held. */
  | { do: 'release'; alert_id: string; episode: Episode; notice: Told['notice']; of: string; on: string }
  /** `told` null: in silence. */
  | { do: 'close'; alert_id: string; episode: Episode; state: Ended; ended_on: string; told: Told | null }
  | { do: 'withdraw'; alert_id: string; ended_on: string; is_told: boolean }
  /** It never ended, only nobody watched for a while. */
  | { do: 'resume'; alert_id: string }
  /** It ended while it was snoozed, and who had been told of it hears that now, in the words of then. `of` is the period of that notice. */
  | { do: 'tell_end'; alert_id: string; notice: Ending; of: string }

export type Reconciled = {
  grain: Rule['grain']
  reading: Pick<RuleReading, 'periods' | 'episodes' | 'cannot_judge'>
  stored: readonly StoredAlert[]
  /** What began in periods before this one is history. */
  watched_from: string
  /** First time that it is judged, or the first since it was switched off. */
  is_first: boolean
  /** The last period judged before by other limits or rules: what these find anew up to then is history. */
  other_rules_until: string | null
  is_snoozed: boolean
}

/**
 * How far, in days, what comes late may move a begin and it is still the same one. Our judgement: the eight weeks that
 * are judged, two months, a week of single days.
 */
const SHIFT_DAYS: Record<Rule['grain'], number> = { day: 7, week: 56, month: 62 }
/** How far what comes late may move a worsening; one after another are sixteen weeks apart at least where weeks are judged. */
const WORSE_SHIFT_DAYS: Record<Rule['grain'], number> = { ...SHIFT_DAYS, week: 105 }

const NEVER = '9999-12-31'
const endOf = ({ ended_on }: { ended_on: string | null }): string => ended_on ?? NEVER
const distance = (a: string, b: string): number => Math.abs(daysBetween(a, b))

/** Whether it is the same thing: the episode began near the alert or covers its begin, and does not begin after that was over. */
const isSame = (alert: StoredAlert, episode: Episode, shift: number): boolean =>
  episode.began_on <= endOf(alert) &&
  (distance(alert.began_on, episode.began_on) <= shift || (episode.began_on <= alert.began_on && endOf(episode) >= alert.began_on))

const stateOf = ({ ended_on, ending }: Episode): AlertState => (ended_on === null ? 'open' : (ending ?? 'settled'))

/** Whether anybody was, or would have been, told that it began. */
const isTold = ({ notices }: StoredAlert): boolean => notices.some(({ sent }) => sent === 'sent' || sent === 'nobody')

/** Decides what is told and kept. Applied, and asked again of the same reading, it decides nothing. */
export const reconcile = (asked: Reconciled): Action[] => {
  const { reading, stored, grain } = asked
  const last = reading.periods.at(-1)?.on
  const ends = asked.is_snoozed ? [] : stored.flatMap(actOnHeldEnd)
  // of nothing, nothing follows: neither that it began nor that it never was
  if (last === undefined) return ends
  const shift = SHIFT_DAYS[grain]
  const claims = stored.map((alert) => ({ alert, episode: nearest(alert, reading.episodes, shift) }))
  const actions: Action[] = ends
  for (const { alert, episode } of claims) {
    const action = episode === null ? actOnMissing(asked, alert, last) : actOnKnown(asked, alert, episode, last, claims)
    if (action !== null) actions.push(action)
  }
  for (const episode of reading.episodes) {
    const claimed = claims.filter((claim) => claim.episode === episode).map(({ alert }) => alert)
    const action = claimed.length === 0 ? actOnNew(asked, episode, last) : actOnRevived(asked, episode, claimed, last)
    if (action !== null) actions.push(action)
  }
  // one stands at a time: where the one before cannot be judged, the next waits
  const isFull = stored.some(({ alert_id, state }) => state === 'open' && !actions.some((action) => isEnding(action, alert_id)))
  const possible = actions.filter((action) => !(isFull && isOpening(action)))
  // one that ends makes room for the next
  return possible.sort((a, b) => Number(isOpening(a)) - Number(isOpening(b)))
}

const isEnding = (action: Action, alertId: string): boolean =>
  (action.do === 'close' || action.do === 'withdraw' || action.do === 'forget') && action.alert_id === alertId

const isOpening = (action: Action): boolean =>
  action.do === 'open' ||
  action.do === 'resume' ||
  (action.do === 'worsen' && action.is_reopened) ||
  ((action.do === 'keep' || action.do === 'revise') && action.state === 'open')

const nearest = (alert: StoredAlert, episodes: readonly Episode[], shift: number): Episode | null => {
  const same = episodes.filter((episode) => isSame(alert, episode, shift))
  const first = same.sort((a, b) => distance(alert.began_on, a.began_on) - distance(alert.began_on, b.began_on))[0]
  return first ?? null
}

const isEndNotice = (notice: AlertNotice): notice is Ending => notice === 'recovered' || notice === 'passed' || notice === 'withdrawn'

/** Who heard that it began must not be left to think that it stands. */
const actOnHeldEnd = (alert: StoredAlert): Action[] => {
  if (alert.state === 'open' || !isTold(alert)) return []
  const held = alert.notices.filter(({ sent }) => sent === 'held').map(({ notice, noticed_on }) => ({ notice, of: noticed_on }))
  return held.flatMap(({ notice, of }) => (isEndNotice(notice) ? [{ do: 'tell_end' as const, alert_id: alert.alert_id, notice, of }] : []))
}

const isUntoldHistory = (alert: StoredAlert): boolean => alert.is_history && !isTold(alert)

const actOnMissing = ({ reading }: Reconciled, alert: StoredAlert, last: string): Action | null => {
  // the newest events may have been erased, or so much that nothing can be said
  if (alert.began_on > last || reading.cannot_judge !== null) return null
  if (isUntoldHistory(alert) && !alert.is_said) return { do: 'forget', alert_id: alert.alert_id }
  return alert.state === 'open' ? { do: 'withdraw', alert_id: alert.alert_id, ended_on: last, is_told: isTold(alert) } : null
}

type Claim = { alert: StoredAlert; episode: Episode | null }

/** Of several alerts that are one episode, the one that goes on with it: what is open, then what was told, then the nearest. */
const goesOn = ({ alert, episode }: Claim, claims: readonly Claim[]): boolean => {
  const stands = episode?.ended_on === null
  const rank = (one: StoredAlert) => (stands && one.state === 'open' ? 0 : isUntoldHistory(one) ? 2 : 1)
  const near = (one: StoredAlert) => distance(one.began_on, (episode as Episode).began_on)
  const order = (a: StoredAlert, b: StoredAlert) => rank(a) - rank(b) || near(a) - near(b) || (a.began_on < b.began_on ? -1 : 1)
  return claims.filter((claim) => claim.episode === episode).every((claim) => claim.alert === alert || order(alert, claim.alert) < 0)
}

const actOnKnown = (asked: Reconciled, alert: StoredAlert, episode: Episode, last: string, claims: readonly Claim[]): Action | null => {
  const { alert_id } = alert
  const state = stateOf(episode)
  // an episode that moved into the past does not end before what was told of it began
  const ended_on = episode.ended_on !== null && episode.ended_on < alert.began_on ? alert.began_on : episode.ended_on
  const isFirst = goesOn({ alert, episode }, claims)
  if (alert.state === 'switched_off') return asked.is_first && state === 'open' && isFirst ? { do: 'resume', alert_id } : null
  // what was two things by what was known then is one by now
  if (isUntoldHistory(alert) && !isFirst) return alert.is_said ? null : { do: 'forget', alert_id }
  if (alert.state === 'open') {
    if (episode.ended_on === null) return actOnStanding(asked, alert, episode, last)
    const isSaid = isTold(alert) && (episode.ending === 'recovered' || episode.ending === 'passed')
    const told = isSaid ? { notice: episode.ending as 'recovered' | 'passed', on: ended_on as string } : null
    return { do: 'close', alert_id, episode, state: state as Ended, ended_on: ended_on as string, told }
  }
  if (!isUntoldHistory(alert) || (alert.state === state && alert.ended_on === ended_on)) return null
  const worse = state === 'open' ? actOnStanding(asked, alert, episode, last) : null
  return worse ?? { do: 'revise', alert_id, state, ended_on }
}

const actOnStanding = (asked: Reconciled, alert: StoredAlert, episode: Episode, last: string): Action | null => {
  const { alert_id, notices } = alert
  const isWorseTold = notices.some(({ notice }) => notice === 'clearly_worse')
  const shift = isWorseTold ? WORSE_SHIFT_DAYS[asked.grain] : 0
  const isNews = (on: string) => daysBetween(newsOf(alert), on) > shift && on >= asked.watched_from
  const worse = episode.worse_on.filter(isNews).at(-1)
  const held = notices.filter(({ sent }) => sent === 'held')
  const began = held.find(({ notice }) => notice === 'began')
  if (began !== undefined && !asked.is_snoozed) return { do: 'release', alert_id, episode, notice: 'began', of: began.noticed_on, on: last }
  if (worse !== undefined) return { do: 'worsen', alert_id, episode, on: last, is_reopened: alert.state !== 'open' }
  const heldWorse = held.filter(({ notice }) => notice === 'clearly_worse').at(-1)
  if (heldWorse === undefined || asked.is_snoozed) return null
  return { do: 'release', alert_id, episode, notice: 'clearly_worse', of: heldWorse.noticed_on, on: last }
}

/** The period of the newest thing written of it. */
const newsOf = ({ began_on, notices }: StoredAlert): string =>
  notices.reduce((on, one) => (one.noticed_on > on ? one.noticed_on : on), began_on)

const actOnNew = (asked: Reconciled, episode: Episode, last: string): Action | null => {
  const state = stateOf(episode)
  const isPast = asked.is_first || episode.began_on < asked.watched_from || episode.began_on <= (asked.other_rules_until ?? '')
  if (state === 'open') return isPast ? { do: 'keep', episode, state, on: last } : { do: 'open', episode, on: last }
  return { do: 'keep', episode, state, on: episode.began_on }
}

/** What was told to be over, or taken back, and stands all the same: told as a new one when it has stood as long as a begin may move. */
const actOnRevived = (asked: Reconciled, episode: Episode, claimed: readonly StoredAlert[], last: string): Action | null => {
  const told = claimed.filter((alert) => !isUntoldHistory(alert))
  if (episode.ended_on !== null || told.length === 0) return null
  if (claimed.some(({ state }) => state === 'open' || state === 'switched_off')) return null
  const over = told.reduce((on, alert) => (endOf(alert) > on ? endOf(alert) : on), '')
  if (daysBetween(over, last) <= SHIFT_DAYS[asked.grain]) return null
  return { do: 'open', episode: { ...episode, began_on: last, worse_on: [] }, on: last }
}
