import type { ClientBase, Pool } from 'pg'
import type { AlertContent, AlertNotice } from '../../../shared/contract/alert.ts'
import type { Purpose } from '../../../shared/contract/charter.ts'
import type { Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { intentionOf } from '../../diagnosis/intention.ts'
import { loadHouseRules } from '../../diagnosis/load-house-rules.ts'
import { judgedBy } from '../../diagnosis/judged-by.ts'
import type { AlertMaterial, Episode, ReadPeriod, RuleReading } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'
import { driftStates, followDrift } from './follow-drift.ts'
import { loadMonths, loadVerdict, type StoredMonth } from './load-months.ts'
import { sayAsMeant, sayDrift, sayNoDrift, sayStandingNow, whyNotJudged } from './say-drift.ts'
import { STATED_OF_DRIFT } from './stated.ts'

const NOT_OVER = 'No month is over yet.'

/** What stands at each month end, against the charter or against what it was. All of it is stored; nothing is judged again here. */
export const readVerdictDrift = async (db: Pool | ClientBase, material: AlertMaterial): Promise<RuleReading> => {
  const { communityId } = material
  const months = await loadMonths(db, communityId, material.overUntil)
  const last = months.at(-1)
  if (last === undefined) return { ...readNothing, cannot_judge: NOT_OVER, sentence: `It cannot be judged: ${NOT_OVER}` }
  const house = await loadHouseRules(db, communityId)
  const purpose = house.charter
  const states = driftStates(months)
  const episodes = followDrift(months)
  const asked = house.thresholds.standing_evaluations
  const at = (on: string): number => months.findIndex((month) => month.on === on)

  const frameOf = (notice: AlertNotice, on: string, began_on: string) => ({
    rule: 'verdict-drift' as const,
    notice,
    community: { slug: material.slug, name: material.name, time_zone: material.timeZone },
    on,
    known_by: material.knownBy.toISOString(),
    chart: null,
    evidence_path: `/c/${encodeURIComponent(material.slug)}/alerts?rule=verdict-drift&on=${began_on}`,
  })
  /** What stood before an episode, of those that say what it is. */
  const stoodBefore = (began: number): { verdict: VerdictName; since: string | null } | null => {
    const month = months.slice(0, began).findLast(({ standing }) => whyNotJudged(standing) === null)
    return month ? { verdict: month.standing as VerdictName, since: month.since } : null
  }
  const verdictOf = async ({ at: day }: StoredMonth): Promise<Verdict> => {
    const verdict = await loadVerdict(db, communityId, day)
    if (verdict === null) throw new Error(`the verdict of ${day} is gone`)
    return verdict
  }
  /** The last month up to one of which something else stands: what is told of it is told by its own verdict. */
  const awayUpTo = (from: number, to: number): number => {
    let found = from
    for (let i = from; i <= to; i++) if (states[i] === 'away') found = i
    return found
  }
  const tell = async (episode: Episode, notice: Exclude<AlertNotice, 'withdrawn'>, on: string): Promise<AlertContent> => {
    const began = at(episode.began_on)
    const shown = Math.max(began, at(on))
    const frame = frameOf(notice, on, episode.began_on)
    const beganMonth = months[began] as StoredMonth
    if (notice === 'recovered' || notice === 'passed') {
      const drift = months[awayUpTo(began, shown - 1)]?.standing ?? null
      return sayAsMeant({ frame, purpose, verdict: await verdictOf(months[shown] as StoredMonth), drift, since: beganMonth.at })
    }
    const away = months[awayUpTo(began, shown)] as StoredMonth
    return sayDrift({
      frame,
      purpose,
      before: stoodBefore(began),
      since: away.since ?? beganMonth.at,
      standing: away.standing as VerdictName,
      verdict: await verdictOf(away),
      asked,
      a_year: STATED_OF_DRIFT.a_year,
    })
  }
  const isStanding = episodes.some(({ ended_on }) => ended_on === null)
  return {
    periods: periodsOf(months, episodes, purpose),
    episodes,
    series: [],
    cannot_judge: isStanding ? null : whyNotJudged(last.standing),
    swing: null,
    sentence: sayStandingNow(purpose, last, !isStanding ? null : states.at(-1) === 'away' ? 'now' : 'before'),
    ruled_by: await judgedBy(db, communityId),
    tell,
    tellWithdrawn: async (kept) => {
      const verdict = await loadVerdict(db, communityId, last.at)
      const rules = verdict?.rules_version ?? ''
      return sayNoDrift({ frame: frameOf('withdrawn', last.on, kept.began_on), kept: kept.content, rules, standing: last.standing })
    },
  }
}

/** 1 where it stands as something else than meant, a half where the month alone reads so, 0 else. */
const periodsOf = (months: readonly StoredMonth[], episodes: readonly Episode[], purpose: Purpose | null): ReadPeriod[] => {
  const states = driftStates(months)
  const ofMonths = driftStates(
    months.map((month) => ({ ...month, standing: month.verdict, intention: intentionOf(purpose, month.verdict)?.state ?? null })),
  )
  return months.map(({ on, standing }, i) => {
    const reason = whyNotJudged(standing)
    const began = episodes.some(({ began_on }) => began_on === on)
    const recovered = episodes.some(({ ended_on, ending }) => ended_on === on && ending === 'recovered')
    return {
      on,
      statistic: reason !== null ? null : states[i] === 'away' ? 1 : ofMonths[i] === 'away' ? 0.5 : 0,
      is_standing: episodes.some(({ began_on, ended_on }) => began_on <= on && (ended_on === null || on < ended_on)),
      notice: began ? 'began' : recovered ? 'recovered' : null,
      reason,
    }
  })
}
