import type { AlertContent, AlertNotice } from '../../../shared/contract/alert.ts'
import { formatDay, sayCount, startSentence } from '../../../shared/format.ts'
import { addDays } from '../../../shared/period.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { SLOW_FACTOR, SLOW_WEEKS, REFERENCE_WEEKS, YEAR_WEEKS } from '../../diagnosis/direction/limits.ts'
import type { AlertMaterial, Episode, KeptAlert } from '../alert-rule.ts'
import { stateRate } from '../state-rate.ts'
import { saySince, type SinceWords } from '../decline/estimate-since.ts'
import { changeOfShare, shareOf } from './change-of-share.ts'
import { type followShare, type ShareRise, weeksOfNow } from './follow-share.ts'
import type { ClosedWeek } from './load-weeks.ts'
import type { JudgedShare, ShareLimits } from './read-share.ts'
import { figureOfUsual, sayCannot, sayCaveats, sayDifference, sayHowSure, saySourcesBegun, saySpan } from './say-share.ts'
import type { Db, JudgedDays, ShareRule, ShareTold } from './share-rule.ts'
import type { Part, ShareSeries } from './share-series.ts'
import { shownShares } from './shown-shares.ts'
import { estimateShareSince } from './since.ts'

export type ToldFrom = {
  spec: ShareRule
  db: Db
  material: AlertMaterial
  closed: readonly ClosedWeek[]
  indexOf: ReadonlyMap<string, number>
  series: ShareSeries
  followed: ReturnType<typeof followShare>
  limits: ShareLimits
  strictness: number
}

/** Weeks of a chart. */
const CHART_WEEKS = 26
const LONGEST_NAME = 60

/** The words of a notice of a rise, as it stands at the end of the week `on`. */
export const tellShare = async (
  from: ToldFrom,
  episode: Episode,
  notice: Exclude<AlertNotice, 'withdrawn'>,
  on: string,
): Promise<AlertContent> => {
  const { spec, db, material, closed, series, strictness } = from
  const week = weekOf(from, on)
  const rise = riseOf(from, weekOf(from, episode.began_on))
  const judged = judgedAt(from, rise, week)
  const since = sinceOf(from, rise, on)
  const told = toldOf(from, judged, week, since.short)
  const days = daysOf(from, judged, week)
  const sourcesBegun = saySourcesBegun(material.context.sources, { from_on: days.before.from_on, to_on: days.now.to_on }, material.timeZone)
  const isOver = notice === 'recovered' || notice === 'passed'
  const { subject, headline } = spec.words.titles[isOver ? 'recovered' : notice](told)
  return {
    ...frameOf(material, spec, on),
    notice,
    subject: `${nameOf(material)}: ${subject}`,
    headline: `${startSentence(headline)}.`,
    sentences: [
      `${startSentence(spec.words.say(told))}.`,
      ...(isOver
        ? [`It was noticed in the week of ${formatDay(episode.began_on)}.`]
        : notice === 'clearly_worse'
          ? [`It was first noticed in the week of ${formatDay(episode.began_on)}, and has become clearly worse since.`]
          : [since.sentence, ...(week === rise.began ? [] : [`It was noticed in the week of ${formatDay(mondayOf(from, rise.began))}.`])]),
    ],
    how_sure: isOver
      ? 'Most of the change is undone, four weeks running.'
      : sayHowSure(judged, strictness, stateRate(spec.id, strictness, judged.dispersion)),
    figures: [
      {
        label: spec.words.label,
        now: `${told.shown.cases} of ${spec.words.noun(told.shown.of)}`,
        usual: figureOfUsual(told.usual, told.shown.of),
        change: sayDifference(told.shown, told.usual),
      },
    ],
    driver: isOver
      ? null
      : await spec.driver(db, material, { now: judged.now, before: judged.before, dispersion: judged.dispersion, days }),
    look_first: spec.lookFirst(material.slug, days),
    chart: {
      title: spec.words.chart_title,
      caption: `${startSentence(spec.words.say(told))}. ${sayBars(judged)}`,
      unit: '%',
      weeks: shownShares(spec.words, closed, series, judged.weeks).slice(Math.max(0, week - CHART_WEEKS + 1), week + 1),
      usual: Number((told.usual * 100).toFixed(1)),
      judged_from: (closed[Math.max(0, week - judged.weeks + 1)] as ClosedWeek).on,
    },
    caveats: [...(isOver ? [] : [...sourcesBegun, ...sayCaveats(judged)]), ...spec.words.caveats],
    evidence_path: `/c/${material.slug}/alerts?rule=${spec.id}&on=${episode.began_on}`,
  }
}

/** The words of one that what came late undoes. */
export const tellShareWithdrawn = async (from: ToldFrom, kept: KeptAlert): Promise<AlertContent> => {
  const { spec, material, closed, series, followed } = from
  const week = from.indexOf.get(kept.began_on)
  const reading = week === undefined ? null : followed.weeks[week]?.reading
  const judged = reading?.fast ?? reading?.slow ?? null
  const told = judged && week !== undefined ? toldOf(from, judged, week, '') : null
  const now = told ? spec.words.say(told) : null
  const headline = `${spec.words.calm}, by what has come in since: the alert of ${formatDay(kept.began_on)} is taken back`
  return {
    ...frameOf(material, spec, (closed.at(-1) as ClosedWeek).on),
    notice: 'withdrawn',
    subject: `${nameOf(material)}: taken back: ${lower(kept.content.headline).replace(/\.$/, '')}`,
    headline: `${startSentence(headline)}.`,
    sentences: [
      `Then it read: ${kept.content.sentences[0] ?? kept.content.headline}`,
      now === null
        ? `With what has come in since, it cannot be judged: ${sayCannot(reading?.cannot ?? null, spec.words.noun)}`
        : `With what has come in since, ${now}: within what is usual.`,
    ],
    how_sure: 'Late events, or events that were corrected or deleted, changed what the alert rested on.',
    figures: told
      ? [
          {
            label: spec.words.label,
            now: `${told.shown.cases} of ${spec.words.noun(told.shown.of)}`,
            usual: figureOfUsual(told.usual, told.shown.of),
            change: sayDifference(told.shown, told.usual),
          },
        ]
      : [],
    driver: null,
    look_first: [{ text: 'What has come in since', path: `/c/${material.slug}/data` }],
    chart:
      week === undefined || judged === null
        ? null
        : {
            title: spec.words.chart_title,
            caption: `As it looks now. ${sayBars(judged)}`,
            unit: '%',
            weeks: shownShares(spec.words, closed, series, judged.weeks).slice(Math.max(0, week - CHART_WEEKS + 1), week + 1),
            usual: told && Number((told.usual * 100).toFixed(1)),
            judged_from: (closed[Math.max(0, week - judged.weeks + 1)] as ClosedWeek).on,
          },
    caveats: [],
    evidence_path: `/c/${material.slug}/alerts?rule=${spec.id}&on=${kept.began_on}`,
  }
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)
const nameOf = ({ name }: AlertMaterial): string => plainLine(name, LONGEST_NAME)

const frameOf = (material: AlertMaterial, { id }: ShareRule, on: string): Pick<AlertContent, 'rule' | 'community' | 'on' | 'known_by'> => ({
  rule: id,
  community: { slug: material.slug, name: nameOf(material), time_zone: material.timeZone },
  on,
  known_by: material.knownBy.toISOString(),
})

const weekOf = ({ indexOf }: ToldFrom, on: string): number => {
  const week = indexOf.get(on)
  if (week === undefined) throw new Error(`no closed week begins on ${on}`)
  return week
}

/** The rise that stood in a week, or began last before it. */
const riseOf = ({ followed }: ToldFrom, week: number): ShareRise => {
  const rise = followed.rises.findLast(({ began }) => began <= week) ?? followed.rises[0]
  if (rise === undefined) throw new Error('nothing rose')
  return rise
}

/** The weeks up to one against what was usual when the rise was noticed. */
export const judgedAt = ({ series }: ToldFrom, { began, judged }: ShareRise, week: number): JudgedShare => {
  if (week === began) return judged
  const weeks = weeksOfNow(series, week)
  const now = series.sum(Math.max(0, week - weeks + 1), week, false)
  const z = changeOfShare(now, judged.before, judged.dispersion) * (judged.kind === 'slow' ? SLOW_FACTOR : 1)
  return { ...judged, weeks, now, z }
}

const shown = ({ spec }: ToldFrom, { cases, of }: Part) => ({ cases: spec.words.is_good_shown ? of - cases : cases, of })

export const toldOf = (from: ToldFrom, judged: JudgedShare, week: number, since: string): ShareTold => ({
  shown: shown(from, judged.now),
  usual: shareOf(shown(from, judged.before)),
  span: saySpan(judged.weeks, afterOf(from, week)),
  since,
})

/** The day after the last that is judged at the end of a week. */
const afterOf = ({ closed, spec }: ToldFrom, week: number): string => addDays((closed[week] as ClosedWeek).on, 7 - 7 * spec.lag)

const daysOf = (from: ToldFrom, judged: JudgedShare, week: number): JudgedDays => {
  const to_on = afterOf(from, week)
  const from_on = addDays(to_on, -7 * judged.weeks)
  if (judged.kind === 'slow')
    return {
      now: { from_on, to_on },
      before: { from_on: addDays(from_on, -7 * YEAR_WEEKS), to_on: addDays(from_on, -7 * (YEAR_WEEKS - SLOW_WEEKS)) },
    }
  return { now: { from_on, to_on }, before: { from_on: addDays(from_on, -7 * REFERENCE_WEEKS), to_on: from_on } }
}

const sayBars = ({ weeks }: JudgedShare): string => `Each bar stands for the ${sayCount(weeks)} weeks up to it.`

const mondayOf = ({ closed }: ToldFrom, week: number): string => (closed[week] as ClosedWeek).on

/** Since when, as far as it could be seen when it was noticed. */
const sinceOf = (from: ToldFrom, { began, judged }: ShareRise, on: string): SinceWords =>
  saySince(estimateShareSince(from.series, began, judged.dispersion), (week) => addDays(mondayOf(from, week), -7 * from.spec.lag), on)
