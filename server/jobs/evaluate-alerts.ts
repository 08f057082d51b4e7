/** Judges a rule of a community: reads its past, holds it against what was told, and tells what is new in the transaction that keeps it. */
import type { ClientBase } from 'pg'
import { type Alert, type AlertContent, type AlertNotice, alertContentSchema } from '../../shared/contract/alert.ts'
import { dayInZone } from '../../shared/format.ts'
import { periodHolding } from '../alerts/alert-calendar.ts'
import type { AlertMaterial, Episode, KeptAlert, Rule, RuleReading } from '../alerts/alert-rule.ts'
import { loadMaterial } from '../alerts/load-material.ts'
import { type Action, reconcile, type StoredAlert } from '../alerts/reconcile.ts'
import { loadStrictness } from '../alerts/strictness.ts'
import { listRuleSettings } from '../store/alert-settings.ts'
import { endWatch, readWatch, type Standing, touchWatch, type Watch, writeWatch } from '../store/alert-watches.ts'
import { changeAlertState, dropHeldNotices, listAlerts } from '../store/alerts.ts'
import type { StoredCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { ALERTS_VERSION } from './name-alerts-version.ts'
import { keepActions, type TellParts, type Telling } from './tell-alerts.ts'

export type EvaluateParts = Omit<TellParts, 'now'> & { db: Database; now: Date }

export type EvaluateOptions = {
  /** Judge again what was judged of the same. */
  isAgain?: boolean
  /** Decide and write the words, and keep nothing. */
  isDry?: boolean
  /** The numbers were not waited for any longer. */
  isBehind?: boolean
}

export type Evaluated =
  | { kind: 'judged'; telling: Telling[]; mail_count: number }
  /** Judged before of the same numbers by the same limits; somebody else is at it; nothing to go by; nobody watches; gone. */
  | { kind: 'same' | 'busy' | 'no_numbers' | 'off' | 'gone' }

/** A statement of a rule that takes longer is a defect, and must not hold up the others. */
const STATEMENT_SECONDS = 120

/**
 * Judges one rule of one community, once: whoever comes second finds it busy, and where even that failed, the keys of what is told. All
 * is read from one snapshot, so that a refresh in between cannot mix two states. Throws what the rule throws; nothing is kept then.
 */
export const evaluateCommunity = (
  parts: EvaluateParts,
  communityId: string,
  rule: Rule,
  options: EvaluateOptions = {},
): Promise<Evaluated> =>
  inTransaction(parts.db.pool, async (client) => {
    await client.query(`set transaction isolation level repeatable read; set local statement_timeout = '${STATEMENT_SECONDS}s'`)
    const { rows } = await client.query<{ is_mine: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as is_mine', [
      `alerts ${communityId} ${rule.id}`,
    ])
    if (!rows[0]?.is_mine) return { kind: 'busy' }
    const community = await holdCommunity(client, communityId)
    return community === null ? { kind: 'gone' } : judge(client, parts, community, rule, options)
  })

/** The community, which cannot be deleted until this is over; null where it is gone or being deleted. */
const holdCommunity = async (client: ClientBase, communityId: string): Promise<StoredCommunity | null> =>
  (
    await client.query<StoredCommunity>(
      `select community_id, slug, name, time_zone, is_demo, demo_note, created_at from community
       where community_id = $1 for key share skip locked`,
      [communityId],
    )
  ).rows[0] ?? null

const judge = async (
  client: ClientBase,
  parts: EvaluateParts,
  community: StoredCommunity,
  rule: Rule,
  options: EvaluateOptions,
): Promise<Evaluated> => {
  const { now } = parts
  const { community_id: communityId } = community
  const setting = (await listRuleSettings(client, communityId)).find((one) => one.rule === rule.id)
  const watch = await readWatch(client, communityId, rule.id)
  if (!(setting?.is_on ?? rule.is_on_by_default)) {
    if (!options.isDry) await switchOff(client, communityId, rule, watch, now)
    return { kind: 'off' }
  }
  const strictness = await loadStrictness(client, communityId, rule.id)
  const isSnoozed = setting?.snoozed_until != null && setting.snoozed_until > now
  const isBehind = options.isBehind === true
  // by days is judged by the clock: of a feed that is dead nothing changes but the day
  const day = rule.grain === 'day' ? dayInZone(now.toISOString(), community.time_zone) : null
  const judgedBy = JSON.stringify({
    version: ALERTS_VERSION,
    strictness,
    time_zone: community.time_zone,
    revision: await readRevision(client, communityId),
    isSnoozed,
    isBehind,
    day,
  } satisfies JudgedBy)
  if (watch?.judged_by === judgedBy && !options.isAgain) {
    await touchWatch(client, communityId, rule.id, now)
    return { kind: 'same' }
  }
  const material = (await loadMaterial(client, community, now))?.material
  if (material === undefined) return { kind: 'no_numbers' }
  const alerts = await listAlerts(client, communityId, rule.id)
  const reading = await rule.read(client, material, { strictness, kept: alerts.flatMap(keptOf) })
  const watched_from = watch?.watched_from ?? firstWatched(material, rule)
  const isOtherwise = watch !== null && (isJudgedOtherwise(watch, judgedBy) || watch.standing.ruled_by !== (reading.ruled_by ?? null))
  const actions = reconcile({
    grain: rule.grain,
    reading,
    stored: alerts.map(storedOf),
    watched_from,
    is_first: watch === null,
    other_rules_until: isOtherwise ? watch.judged_on : null,
    is_snoozed: isSnoozed,
  })
  const before = watch?.standing.strictness ?? strictness
  const notes = notesOf({ strictness, before, isBehind })
  const words = createWords(reading, alerts, notes)
  const kept = await keepActions(client, { parts, community, rule, isSnoozed, isDry: options.isDry === true, words }, actions)
  if (!options.isDry)
    await writeWatch(client, communityId, {
      rule: rule.id,
      watched_from,
      judged_on: reading.periods.at(-1)?.on ?? watch?.judged_on ?? null,
      judged_at: now,
      judged_by: judgedBy,
      standing: standingOf(reading, rule, strictness, isBehind),
    })
  return { kind: 'judged', ...kept }
}

/** What a judgement hangs on, besides what the rule itself names. */
type JudgedBy = {
  version: string
  strictness: number
  time_zone: string
  revision: number | null
  isSnoozed: boolean
  isBehind: boolean
  day: string | null
}

/** Whether the same past was judged before by another program, other limits or other weeks: what is found now was there before. */
const isJudgedOtherwise = (watch: Watch, judgedBy: string): boolean => {
  const before: JudgedBy = JSON.parse(watch.judged_by)
  const now: JudgedBy = JSON.parse(judgedBy)
  return before.version !== now.version || before.strictness !== now.strictness || before.time_zone !== now.time_zone
}

/** Which refresh made the numbers; null where there are none. */
const readRevision = async (client: ClientBase, communityId: string): Promise<number | null> =>
  (await client.query<{ revision: number }>('select revision::int as revision from community_state where community_id = $1', [communityId]))
    .rows[0]?.revision ?? null

/** What stands is closed in silence: nobody watches any more. */
const switchOff = async (client: ClientBase, communityId: string, rule: Rule, watch: Watch | null, now: Date): Promise<void> => {
  for (const { alert_id, state, began_on, notices } of await listAlerts(client, communityId, rule.id)) {
    // what was held is not told years later, when it is switched on again
    if (notices.some(({ sent }) => sent === 'held')) await dropHeldNotices(client, { communityId, alert_id })
    if (state !== 'open') continue
    const judgedOn = watch?.judged_on ?? began_on
    const ended_on = judgedOn > began_on ? judgedOn : began_on
    await changeAlertState(client, { communityId, alert_id }, { state: 'switched_off', ended_on, now })
  }
  await endWatch(client, communityId, rule.id)
}

/** The first period of which somebody is told: what was known when it was first looked at is history, and so is all before today. */
const firstWatched = ({ overUntil, now, timeZone }: AlertMaterial, { grain }: Rule): string => {
  const today = dayInZone(now.toISOString(), timeZone)
  return periodHolding(overUntil > today ? overUntil : today, grain)
}

const beganOf = ({ notices }: Alert): AlertContent | undefined => notices.find(({ notice }) => notice === 'began')?.content

/** What was taken back must not hold on to being told; what was switched off has not ended by that. */
const keptOf = (alert: Alert): KeptAlert[] => {
  const content = beganOf(alert)
  if (content === undefined || alert.state === 'withdrawn') return []
  return [{ began_on: alert.began_on, ended_on: alert.state === 'switched_off' ? null : alert.ended_on, content }]
}

const storedOf = ({ alert_id, began_on, ended_on, state, is_history, acknowledged, ruling, notices }: Alert): StoredAlert => ({
  alert_id,
  began_on,
  ended_on,
  state,
  is_history,
  is_said: acknowledged !== null || ruling !== null,
  notices: notices.map(({ notice, on, sent }) => ({ notice, noticed_on: on, sent })),
})

const standingOf = (reading: RuleReading, rule: Rule, strictness: number, isBehind: boolean): Standing => ({
  statistic: reading.periods.at(-1)?.statistic ?? null,
  cannot_judge: reading.cannot_judge,
  swing: reading.swing,
  sentence: reading.sentence,
  strictness,
  stated: rule.stateRate(strictness, reading.swing),
  ruled_by: reading.ruled_by ?? null,
  is_behind: isBehind,
})

const LATE_END = 'This was noticed while it was snoozed, and is told now that the snooze is over.'

type Notes = { all: string[]; withdrawn: string[] }

const notesOf = ({ strictness, before, isBehind }: { strictness: number; before: number; isBehind: boolean }): Notes => ({
  all: isBehind ? ['What came in during the last hours is not counted yet: the numbers were waited for, but not for ever.'] : [],
  withdrawn:
    strictness === before
      ? []
      : [`Since it was told, the limits of this rule were changed from ${before} to ${strictness} times the usual ones.`],
})

/** The words of what is decided, with what there is to know of this judgement; each checked before it is frozen. */
const createWords = ({ tell, tellWithdrawn }: RuleReading, alerts: readonly Alert[], notes: Notes) => {
  const check = async (words: Promise<AlertContent>, notice: AlertNotice, on: string, further: string[] = []) => {
    const content = await words
    // what is told is kept under these two
    return alertContentSchema.parse({ ...content, notice, on, caveats: [...content.caveats, ...notes.all, ...further] })
  }
  const told = (episode: Episode, notice: Exclude<AlertNotice, 'withdrawn'>, on: string) => check(tell(episode, notice, on), notice, on)
  return async (action: Action): Promise<AlertContent | null> => {
    switch (action.do) {
      case 'open':
      case 'keep':
        return told(action.episode, 'began', action.on)
      case 'worsen':
        return told(action.episode, 'clearly_worse', action.on)
      case 'release':
        return told(action.episode, action.notice, action.on)
      case 'close':
        return action.told && told(action.episode, action.told.notice, action.told.on)
      case 'withdraw': {
        const alert = alerts.find(({ alert_id }) => alert_id === action.alert_id)
        const content = alert && beganOf(alert)
        if (!action.is_told || alert === undefined || content === undefined) return null
        const kept = { began_on: alert.began_on, ended_on: alert.ended_on, content }
        return check(tellWithdrawn(kept), 'withdrawn', action.ended_on, notes.withdrawn)
      }
      case 'tell_end': {
        const { notices = [] } = alerts.find(({ alert_id }) => alert_id === action.alert_id) ?? {}
        const held = notices.find(({ notice, on }) => notice === action.notice && on === action.of)
        if (held === undefined) return null
        // its words are those of the day when it was noticed: what was read since says nothing of what is over
        return alertContentSchema.parse({ ...held.content, caveats: [...held.content.caveats, LATE_END] })
      }
      default:
        return null
    }
  }
}
