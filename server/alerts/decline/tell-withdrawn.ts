/** The words of an alert that what came late undoes: what was known then, and what is known now. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import { countOf, formatCount, formatDay, formatPeriod, formatPeriodRange, joinWords, startSentence } from '../../../shared/format.ts'
import { addDays, periodOfDay } from '../../../shared/period.ts'
import type { Named } from '../../diagnosis/direction/detect.ts'
import type { Judged } from '../../diagnosis/direction/read-series.ts'
import type { KeptAlert } from '../alert-rule.ts'
import { type DeclineFrom, lagOf, type NamedTold, toldAt } from './follow-decline.ts'
import { figureOf, saySeries, seriesOfLabel, seriesOfTitle, type SeriesId } from './say-series.ts'
import { chartOf, shownWeeks } from './show-weeks.ts'
import { evidencePath, frameOf, saySpan, subjectOf } from './tell-decline.ts'

export const tellDeclineWithdrawn = (from: DeclineFrom, kept: KeptAlert): AlertContent => {
  const week = from.indexOf.get(kept.began_on) ?? null
  const now = week === null ? [] : nowOf(from, kept, week)
  const why = whyOf(from, kept)
  const on = from.weeks.at(-1)?.from_on ?? kept.began_on
  const because =
    why[0] ??
    (now.length > 0 ? 'by what is known now the numbers are within their usual swings' : 'by what is known now it cannot be judged')
  return {
    ...frameOf(from, on),
    notice: 'withdrawn',
    subject: subjectOf(from.material, `alert of ${formatDay(kept.content.on)} withdrawn, because ${because}`),
    headline: `Withdrawn, because ${because}.`,
    sentences: [
      `What was told then: ${kept.content.headline}`,
      ...why.slice(1).map((one) => `${startSentence(one)}.`),
      now.length > 0
        ? `By what is known now, ${joinWords(now.map((one) => saySeries(one.told, saySpan(from, one))))}: too little for an alert.`
        : 'By what is known now, these weeks cannot be judged.',
    ],
    how_sure: 'The alert rested on what was known then. With what is known now it would not have been sent.',
    figures: now.map(({ told }) => figureOf(told)),
    driver: null,
    look_first: [{ text: 'What has come in since, and from where', path: `/c/${from.material.slug}/data` }],
    chart: now[0] ? chartOf(from, now[0], saySpan(from, now[0])) : null,
    caveats: [],
    evidence_path: evidencePath(from, kept.began_on),
  }
}

/** The series that were named then, as they are known now. */
const nowOf = (from: DeclineFrom, { content }: KeptAlert, week: number): NamedTold[] =>
  content.figures.flatMap(({ label }) => {
    const id = seriesOfLabel(label)
    const at = from.all.findIndex((series) => series.id === id)
    const reading = at === -1 ? undefined : from.followed.readings[week]?.[at]
    const judged: Judged | null = reading?.fast ?? reading?.slow ?? null
    if (judged === null || judged.exposure_before === 0) return []
    const { worse } = from.all[at] as DeclineFrom['all'][number]
    const named: Named = { rate: judged.before / judged.exposure_before, direction: worse, is_one_event: false, judged }
    return [toldAt(from, at, named, week)]
  })

const NOUN: Record<SeriesId, [string, string]> = {
  joins: ['join', 'joins'],
  'active-people': ['week of an active person', 'weeks of active people'],
  questions: ['question', 'questions'],
  answered: ['answered question', 'answered questions'],
  leavers: ['leaver', 'leavers'],
}

/** How the weeks that were drawn then differ now. */
const whyOf = (from: DeclineFrom, { content }: KeptAlert): string[] => {
  const id = content.chart === null ? null : seriesOfTitle(content.chart.title)
  const at = from.all.findIndex((series) => series.id === id)
  if (content.chart === null || id === null || at === -1) return []
  const shown = new Map(shownWeeks(from, at).map(({ on, value }) => [on, value]))
  const moved = content.chart.weeks.map(({ on, value }) => ({ on, was: value, now: shown.get(on) ?? null }))
  const isJudged = ({ on }: { on: string }) => on >= (content.chart?.judged_from ?? '')
  const lag = lagOf(id)
  const silenceOf = (on: string) => from.all[at]?.silences[(from.indexOf.get(on) ?? 0) + lag] ?? null
  const gone = moved.filter(({ was, now }) => was !== null && now === null)
  const step = gone.filter(({ on }) => silenceOf(on) === 'step')
  const silent = gone.filter(({ on }) => silenceOf(on) === 'feed' || silenceOf(on) === 'not_told')
  const other = gone.filter((one) => !step.includes(one) && !silent.includes(one))
  const known = moved.filter(({ was, now }) => was !== null && now !== null)
  const sum = (of: typeof known) => of.reduce((all, { was, now }) => all + (now as number) - (was as number), 0)
  const judged = sum(known.filter(isJudged))
  const before = sum(known.filter((one) => !isJudged(one)))
  const [one, many] = NOUN[id]
  const span = (of: typeof moved) => {
    const days = of.filter(({ was, now }) => was !== now).map(({ on }) => addDays(on, 3))
    const [first, last] = [periodOfDay(days[0] as string, 'month'), periodOfDay(days.at(-1) as string, 'month')]
    return first === last ? formatPeriod(first) : formatPeriodRange(first, last, 'month')
  }
  return [
    ...(silent.length > 0 ? [`the feed turned out to have been silent in ${countOf(silent.length, 'week')} of these`] : []),
    ...(step.length > 0 ? [`an import or a purge turned out to lie in ${countOf(step.length, 'week')} of these`] : []),
    ...(other.length > 0 ? [`${countOf(other.length, 'week')} of these can no longer be counted`] : []),
    ...(judged > 0 ? [`${countOf(judged, one, many)} of ${span(known.filter(isJudged))} arrived later`] : []),
    ...(judged < 0 ? [`${countOf(-judged, one, many)} of ${span(known.filter(isJudged))} were taken back since`] : []),
    ...(before < 0
      ? [`${formatCount(-before)} fewer ${-before === 1 ? one : many} of the weeks before are counted now, so less is usual`]
      : []),
    ...(before > 0 && judged <= 0 ? [`${formatCount(before)} more ${before === 1 ? one : many} of the weeks before are counted now`] : []),
  ]
}
