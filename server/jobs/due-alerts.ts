import { dayInZone } from '../../shared/format.ts'
import { addDays } from '../../shared/period.ts'
import { roundOf } from '../alerts/alert-calendar.ts'
import type { Rule } from '../alerts/alert-rule.ts'
import { rules as everyRule } from '../alerts/catalogue.ts'
import { isUpToDate } from '../rollup/is-up-to-date.ts'
import { type CommunityRound, listRounds, type RuleRound } from '../store/alert-rounds.ts'
import { endWait, noteFailure, waitForNumbers } from '../store/alert-watches.ts'
import { type EvaluateParts, evaluateCommunity } from './evaluate-alerts.ts'

/** A judgement waits this long for events to be counted; our judgement: longer, and something is broken that an alarm need not wait for. */
export const MAX_WAIT_HOURS = 6
/** A rule that failed is tried again after this: soon enough for a morning, and it does not crowd out the others. */
export const TRY_AGAIN_MINUTES = 60
/** No further community is begun after this; the next round goes on with those that were judged longest ago. */
export const MAX_ROUND_SECONDS = 200

export type DueAlertParts = EvaluateParts & {
  requestRefresh: (communityId: string) => Promise<void>
  /** What went wrong with a rule of a community: the others are judged, and this one is tried again. */
  onFailure: (error: unknown, communityId: string, rule: string | null) => void
  /** True: nothing more is begun. */
  isStopping?: () => boolean
  /** By default all of the catalogue. */
  rules?: readonly Rule[]
  /** Milliseconds of a steady clock. */
  clock?: () => number
}

/** What a round did. */
export type AlertWork = {
  judged: number
  told: number
  /** What was put into the outbox. */
  mail_count: number
  failed: number
  /** Somebody else judges them at this moment. */
  busy: number
  /** Communities whose numbers are behind their events. */
  waiting: string[]
  /** Communities for the next round. */
  left_off: number
}

const noWork = (): AlertWork => ({ judged: 0, told: 0, mail_count: 0, failed: 0, busy: 0, waiting: [], left_off: 0 })

/**
 * Judges what is due by now. What is due is found from the store, and what is told is kept in the transaction that tells it: any number
 * of processes may do this at once, be killed and begin again.
 */
export const doDueAlerts = async (parts: DueAlertParts): Promise<AlertWork> => {
  const { clock = () => performance.now() } = parts
  const work = noWork()
  const started = clock()
  for (const community of await listRounds(parts.db.pool)) {
    if (parts.isStopping?.()) break
    const due = dueRules(parts, community)
    if (due.length === 0) continue
    if (clock() - started > MAX_ROUND_SECONDS * 1000) work.left_off += 1
    else await judgeRules(parts, community, due, work)
  }
  return work
}

/** Judges all rules of a community that were not judged of the same before, whatever the hour: after a setting was changed. */
export const judgeNow = async (parts: DueAlertParts, communityId: string): Promise<AlertWork> => {
  const work = noWork()
  for (const community of await listRounds(parts.db.pool, communityId)) await judgeRules(parts, community, parts.rules ?? everyRule, work)
  return work
}

const unknown = (rule: Rule): RuleRound => ({ rule: rule.id, is_on: null, judged_at: null, failed_at: null, is_standing: false })

const dueRules = ({ rules = everyRule, now }: DueAlertParts, { rules: known, time_zone }: CommunityRound): Rule[] => {
  const roundAt = rememberRounds(time_zone)
  return rules.filter((rule) => {
    const round = known.find((one) => one.rule === rule.id) ?? unknown(rule)
    const { judged_at, failed_at } = round
    if (failed_at !== null && now.getTime() - failed_at.getTime() < TRY_AGAIN_MINUTES * 60_000 && failed_at <= now) return false
    // switched off: what stands is closed, once
    if (!(round.is_on ?? rule.is_on_by_default)) return judged_at !== null || round.is_standing
    return judged_at === null || roundAt(rule.grain, judged_at) < roundAt(rule.grain, now)
  })
}

/** The rules of a community are judged at the same few instants, and what the clock on its wall says is dear to find out. */
const rememberRounds = (timeZone: string) => {
  const known = new Map<string, string>()
  return (grain: Rule['grain'], at: Date): string => {
    const key = `${grain === 'day'} ${at.getTime()}`
    const round = known.get(key) ?? roundOf(grain, at, timeZone)
    known.set(key, round)
    return round
  }
}

const judgeRules = async (parts: DueAlertParts, community: CommunityRound, due: readonly Rule[], work: AlertWork): Promise<void> => {
  const { community_id: communityId } = community
  let readiness: Readiness
  try {
    readiness = await awaitNumbers(parts, community)
  } catch (error) {
    parts.onFailure(error, communityId, null)
    return
  }
  if (readiness === 'wait') {
    work.waiting.push(communityId)
    return
  }
  for (const rule of due) {
    if (parts.isStopping?.()) return
    try {
      const done = await evaluateCommunity(parts, communityId, rule, { isBehind: readiness === 'behind' })
      if (done.kind === 'gone') return
      if (done.kind === 'busy') work.busy += 1
      if (done.kind !== 'judged') continue
      work.judged += 1
      work.told += done.telling.filter(({ sent }) => sent === 'told').length
      work.mail_count += done.mail_count
    } catch (error) {
      work.failed += 1
      parts.onFailure(error, communityId, rule.id)
      await noteFailure(parts.db.pool, communityId, rule.id, { failure: sayFailure(error), now: parts.now }).catch((again: unknown) =>
        parts.onFailure(again, communityId, rule.id),
      )
    }
  }
}

type Readiness = 'fresh' | 'behind' | 'wait'

/** Fresh numbers are asked for and waited for, but not for ever. */
const awaitNumbers = async ({ db, now, requestRefresh }: DueAlertParts, community: CommunityRound): Promise<Readiness> => {
  const { community_id, time_zone } = community
  const yesterday = addDays(dayInZone(now.toISOString(), time_zone), -1)
  if (await isUpToDate(db.pool, community, yesterday)) {
    await endWait(db.pool, community_id)
    return 'fresh'
  }
  const since = await waitForNumbers(db.pool, community_id, now)
  await requestRefresh(community_id)
  return now.getTime() - since.getTime() >= MAX_WAIT_HOURS * 3_600_000 ? 'behind' : 'wait'
}

/** For who reads the page: one line, without what a driver adds. */
const sayFailure = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? ''
