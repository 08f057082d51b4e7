/** What a rule of alerts is: it reads a community's whole past, says what was noticed when, and tells each notice in words. */
import type { ClientBase, Pool } from 'pg'
import type { AlertContent, AlertCourse, AlertNotice, AlertRuleId, StatedRate } from '../../shared/contract/alert.ts'
import type { CommunityContext } from '../metrics/capabilities.ts'

/** A community as it is known now. */
export type AlertMaterial = {
  communityId: string
  slug: string
  name: string
  timeZone: string
  /** The first local day with anything known. */
  firstOn: string
  /** Nothing later is used. */
  knownBy: Date
  /** Local days before this one are over. */
  overUntil: string
  /** By the clock: a feed may have ended long before. */
  now: Date
  context: CommunityContext
}

/** An alert that was told, or found in the past, before. */
export type KeptAlert = {
  began_on: string
  /** Null while it stands. */
  ended_on: string | null
  /** What was told of it when it began. */
  content: AlertContent
}

export type ReadPeriod = AlertCourse['periods'][number]

/** Something noticed, from its begin to its end. Days are first days of periods. */
export type Episode = {
  began_on: string
  worse_on: string[]
  /** Null while it stands. */
  ended_on: string | null
  ending: 'recovered' | 'passed' | 'settled' | null
}

export type RuleReading = {
  /** In order; each rests on what came up to its end alone. The last is the last that is over. */
  periods: ReadPeriod[]
  /** In order; they do not overlap. */
  episodes: Episode[]
  series: AlertCourse['series']
  /** Why the last period cannot be judged, in words. */
  cannot_judge: string | null
  /** How much it swings by itself, as variance over that of pure chance; null where that is not known or has no part. */
  swing: number | null
  /** How it stands at the end of the last period, in a sentence. */
  sentence: string
  /**
   * A name of all besides events that it hangs on (rules, thresholds, a charter). What is noticed in periods long judged only because
   * this is another than it was is history, of which nobody is told. Null or left out: events alone.
   */
  ruled_by?: string | null
  /** The words of a notice of an episode. */
  tell: (episode: Episode, notice: Exclude<AlertNotice, 'withdrawn'>, on: string) => Promise<AlertContent>
  /** The headline of how an episode began, where telling all of it costs more. */
  headline?: (episode: Episode) => string
  /** The words of one that what came late undoes: what it looked like then, and what it looks like now. */
  tellWithdrawn: (kept: KeptAlert) => Promise<AlertContent>
}

export type ReadOptions = {
  /** Limits times this. */
  strictness: number
  /**
   * What has been told. A rule with limits lets what was told stand while it is still halfway out (hysteresis), so that a few late
   * events do not withdraw it; where even that is gone, its episode is missing from the reading.
   */
  kept: readonly KeptAlert[]
}

export type Rule = {
  id: AlertRuleId
  title: string
  /** What is watched, and when it is told, in a sentence. */
  watches: string
  grain: 'week' | 'month' | 'day'
  audience: 'managers' | 'operators'
  is_on_by_default: boolean
  has_limits: boolean
  /** What the number of the chart is, in plain words. */
  statistic: string
  /** By simulation; `swing` null: the worst kind of steady community. */
  stateRate: (strictness: number, swing: number | null) => StatedRate
  read: (db: Pool | ClientBase, material: AlertMaterial, options: ReadOptions) => Promise<RuleReading>
}
