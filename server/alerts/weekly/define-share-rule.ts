import type { AlertCourse } from '../../../shared/contract/alert.ts'
import { sayCount } from '../../../shared/format.ts'
import { loadHouseRules } from '../../diagnosis/load-house-rules.ts'
import type { Episode, ReadPeriod, Rule, RuleReading } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'
import { stateRate } from '../state-rate.ts'
import { followShare, furthestOf, type WeekOfShares } from './follow-share.ts'
import { type ClosedWeek, loadClosedWeeks } from './load-weeks.ts'
import { sayCannot } from './say-share.ts'
import { SHARE_WINDOWS } from './share-limits.ts'
import type { ShareRule, ShareWords } from './share-rule.ts'
import type { ShareSeries } from './share-series.ts'
import { shownShares } from './shown-shares.ts'
import { judgedAt, tellShare, tellShareWithdrawn, toldOf, type ToldFrom } from './tell-share.ts'

/** A rule that follows one share through the closed weeks of a community. */
export const defineShareRule = (spec: ShareRule): Rule => ({
  id: spec.id,
  title: spec.title,
  watches: spec.watches,
  grain: 'week',
  audience: 'managers',
  is_on_by_default: spec.is_on_by_default,
  has_limits: true,
  statistic: 'How far it is from what is usual here, in units of what it takes to be told: at 1 it is told',
  stateRate: (strictness, swing) => stateRate(spec.id, strictness, swing),
  read: async (db, material, { strictness, kept }) => {
    const closed = await loadClosedWeeks(db, material)
    if (closed.length === 0) return readNothing
    const lacks = spec.lacks(material)
    if (lacks !== null) return readLacking(closed, lacks)
    const series = await spec.load(db, material, closed)
    const limits = spec.limits(await loadHouseRules(db, material.communityId))
    const indexOf = new Map(closed.map(({ on }, week) => [on, week]))
    const followed = followShare(series, {
      limits,
      strictness,
      kept: kept.flatMap(({ began_on }) => indexOf.get(began_on) ?? []),
    })
    const from: ToldFrom = { spec, db, material, closed, indexOf, series, followed, limits, strictness }
    const last = followed.weeks.at(-1) as WeekOfShares
    const cannot = last.score === null ? reasonOf(spec, last) : null
    return {
      periods: closed.map(({ on }, week): ReadPeriod => {
        const { score, is_standing, notice } = followed.weeks[week] as WeekOfShares
        const reason = score === null ? reasonOf(spec, followed.weeks[week] as WeekOfShares) : null
        return { on, statistic: score, is_standing, notice: notice === 'settled' ? null : notice, reason }
      }),
      episodes: followed.rises.map(({ began, worse, ended, ending }): Episode => {
        const dayOf = (week: number) => (closed[week] as ClosedWeek).on
        return { began_on: dayOf(began), worse_on: worse.map(dayOf), ended_on: ended === null ? null : dayOf(ended), ending }
      }),
      series: seriesOf(spec.words, closed, series),
      cannot_judge: cannot,
      swing: last.reading.fast?.dispersion ?? null,
      sentence: sentenceOf(from, cannot),
      tell: (episode, notice, on) => tellShare(from, episode, notice, on),
      tellWithdrawn: (told) => tellShareWithdrawn(from, told),
    }
  },
})

const reasonOf = ({ words, short_note }: ShareRule, { reading }: WeekOfShares): string => {
  const reason = sayCannot(reading.cannot, words.noun)
  return reading.cannot?.why === 'short' && short_note !== undefined ? `${reason} ${short_note}` : reason
}

const readLacking = (closed: readonly ClosedWeek[], reason: string): RuleReading => ({
  ...readNothing,
  periods: closed.map(({ on }) => ({ on, statistic: null, is_standing: false, notice: null, reason })),
  cannot_judge: reason,
  sentence: `It cannot be judged. ${reason}`,
})

const seriesOf = (words: ShareWords, closed: readonly ClosedWeek[], series: ShareSeries): AlertCourse['series'] => [
  {
    id: 'share',
    title: `${words.chart_title}, of the ${sayCount(SHARE_WINDOWS[0])} weeks up to each`,
    unit: '%',
    weeks: shownShares(words, closed, series),
  },
  {
    id: 'of',
    title: words.unit_title,
    unit: words.unit_title.toLowerCase(),
    weeks: closed.map(({ on }, week) => {
      const { of, heard } = series.sum(week, week, false)
      return { on, value: heard === 0 ? null : of }
    }),
  },
]

/** How it stands at the end of the last week. */
const sentenceOf = (from: ToldFrom, cannot: string | null): string => {
  const week = from.closed.length - 1
  const rise = from.followed.rises.find(({ ended }) => ended === null)
  if (rise !== undefined) return `It stands: ${from.spec.words.say(toldOf(from, judgedAt(from, rise, week), week, ''))}.`
  const judged = furthestOf((from.followed.weeks[week] as WeekOfShares).reading, from.limits, from.strictness)
  if (cannot !== null || judged === null) return `It cannot be judged now. ${cannot ?? ''}`.trim()
  return `Not worse than it usually swings: ${from.spec.words.say(toldOf(from, judged, week, ''))}.`
}
