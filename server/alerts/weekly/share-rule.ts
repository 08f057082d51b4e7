/** What a rule of one share is: what it needs, its weeks and its words. The rest is the same for all. */
import type { ClientBase, Pool } from 'pg'
import type { AlertContent } from '../../../shared/contract/alert.ts'
import type { HouseRules } from '../../diagnosis/house-rules.ts'
import type { AlertMaterial, Rule } from '../alert-rule.ts'
import type { Share } from './change-of-share.ts'
import type { ClosedWeek } from './load-weeks.ts'
import type { Part, ShareSeries } from './share-series.ts'
import type { ShareLimits } from './read-share.ts'

export type Db = Pool | ClientBase

/** A rise in words and figures, at the end of some week. */
export type ShareTold = {
  /** The weeks judged, cases as they are shown: answered ones of a rule that watches those left unanswered. */
  shown: Share
  /** The usual share, shown alike. */
  usual: number
  /** "the eight weeks up to 5 April 2026" */
  span: string
  /** "since March", "since about March" */
  since: string
}

export type ShareWords = {
  /** Whether what is shown is the good side of what is watched: answered where it watches the unanswered. */
  is_good_shown: boolean
  /** Of the figure and its chart: "Answered within seven days". */
  label: string
  /** "41 questions" */
  noun: (count: number) => string
  chart_title: string
  /** "questions" */
  unit_title: string
  /** "12 of 41 questions asked in the eight weeks up to 5 April 2026 were answered within seven days; 33 would be usual" */
  say: (told: ShareTold) => string
  /** What goes behind the community's name in a subject, and what stands as a headline, without a full stop. */
  titles: Record<'began' | 'clearly_worse' | 'recovered', (told: ShareTold) => { subject: string; headline: string }>
  caveats: string[]
  /** Of a community as it is meant to be: "questions are answered as usual". */
  calm: string
}

/** Local days of the weeks judged and of those they are set against: what was asked (or given) in them. To is not included. */
export type JudgedDays = { now: { from_on: string; to_on: string }; before: { from_on: string; to_on: string } }

export type ShareRule = Pick<Rule, 'id' | 'title' | 'watches' | 'is_on_by_default'> & {
  /** Weeks between what is judged and when it is known. */
  lag: 0 | 1
  limits: (house: HouseRules) => ShareLimits
  /** Why nothing can be judged, in words; null where it can. */
  lacks: (material: AlertMaterial) => string | null
  load: (db: Db, material: AlertMaterial, weeks: readonly ClosedWeek[]) => Promise<ShareSeries>
  words: ShareWords
  /** Goes behind the reason where the history is too short. */
  short_note?: string
  driver: (
    db: Db,
    material: AlertMaterial,
    rise: { now: Part; before: Part; dispersion: number; days: JudgedDays },
  ) => Promise<AlertContent['driver']>
  lookFirst: (slug: string, days: JudgedDays) => AlertContent['look_first']
}
