import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { startSentence } from '../../../shared/format.ts'
import { CaseLink, hasCases } from '../cases/case-link.tsx'
import { searchCases } from '../cases/cases-search.ts'
import { ChartCard } from '../../ui/chart-card.tsx'
import type { Chart, ChartSeries } from '../../ui/chart-point.ts'
import { Term } from '../definitions/term.tsx'
import type { Comparison } from '../period/period-search.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { type CardSpec, thresholdOf } from './card-spec.ts'
import { lastShown, type ReportView } from './report-view.ts'
import { saySumBefore } from './say-answer.ts'
import { sayInferred } from './say-inferred.ts'

/** Nouns of the flows whose sums can be compared. */
const FLOWS: Record<string, [string, string]> = {
  joins: ['joined', 'joined'],
  leavers: ['left', 'left'],
  'first-seen': ['person seen first', 'people seen first'],
  contributions: ['contribution', 'contributions'],
  questions: ['question', 'questions'],
}

/** The same series some time before, laid under the periods of now; drawn where it is the only one. */
const seriesBefore = (spec: CardSpec, view: ReportView, before: ReportView | null, comparison: Comparison | undefined): ChartSeries[] => {
  const when = comparison === 'year' ? 'a year before' : 'time before'
  const isOnly = spec.series.length === 1
  return spec.series.flatMap(({ key, label }): ChartSeries[] => {
    const points = before?.series(key)?.points
    if (points === undefined) return []
    const aligned = view.report.periods.map((period, i) => ({
      ...(points[i] ?? { value: null, numerator: null, denominator: null, low: null, high: null, reason: null }),
      period,
      is_unfinished: false,
    }))
    const name = isOnly ? startSentence(when) : `${label}, ${when}`
    return [{ id: `${key}:before`, label: name, tone: 'other', points: aligned, isQuiet: true, isHidden: !isOnly }]
  })
}

/** A metric over time, or a few of one unit: every number of it leads to its cases. */
export const MetricCard = ({ spec, numbers }: { spec: CardSpec; numbers: Numbers }) => {
  const { view, before, catalogue, comparison, report, slug } = numbers
  const shownAs = useShownAsTable(spec.id)
  const navigate = useNavigate()
  const { periods } = report
  const isOf = spec.id
  // drawing is dear: a chart is drawn again when its numbers are others, not whenever something on the page is
  // biome-ignore lint/correctness/useExhaustiveDependencies: a spec is made anew each time, and depends on its id and the view alone
  const chart = useMemo((): Chart => {
    const series = spec.series.flatMap(({ key, label, tone }): ChartSeries[] => {
      const found = view.series(key)
      return found === null ? [] : [{ id: key, label, tone, points: found.points }]
    })
    return {
      kind: spec.kind,
      unit: spec.unit,
      periods,
      series: [...series, ...seriesBefore(spec, view, before, comparison)],
      threshold: thresholdOf(spec, catalogue),
    }
  }, [isOf, periods, view, before, comparison, catalogue])
  const shown = spec.series.filter(({ key }) => hasCases(key, catalogue))
  const [first] = shown
  const picked = first?.key
  const pick = useCallback(
    (period: string) =>
      picked === undefined ? undefined : void navigate({ to: '/c/$slug/cases', params: { slug }, search: searchCases(picked, period) }),
    [navigate, slug, picked],
  )
  if (chart.series.length === 0) return null
  const compared =
    before === null
      ? []
      : spec.series.flatMap(({ key }) => {
          const nouns = FLOWS[key]
          return (nouns && saySumBefore(view, before, key, nouns[0], nouns[1])) ?? []
        })
  const inferred = sayInferred(spec.series.map(({ key }) => view.series(key)?.points ?? []))
  const notes = [spec.note, inferred].filter((note) => note != null)
  const byMetric = [...new Map(shown.toReversed().map((one) => [one.key.split(':')[0], one])).values()].toReversed()
  const metric = (spec.series[0]?.key ?? '').split(':')[0] ?? ''
  return (
    <ChartCard
      id={spec.id}
      question={spec.question}
      answer={[spec.answer(view), ...compared].join(' ')}
      chart={chart}
      note={notes.length > 0 ? notes.join(' ') : undefined}
      fileName={`${slug}-${spec.id}-${report.from}-${report.to}`}
      {...shownAs}
      linkCell={(series, period, text) =>
        shown.some(({ key }) => key === series) ? (
          <CaseLink slug={slug} of={series} period={period} catalogue={catalogue} what={spec.question}>
            {text}
          </CaseLink>
        ) : (
          text
        )
      }
      onPick={picked === undefined ? undefined : pick}
      links={
        <>
          {byMetric.flatMap(({ key, label }) => {
            const point = lastShown(view.series(key))
            return point === null
              ? []
              : [
                  <CaseLink
                    key={key}
                    slug={slug}
                    of={key}
                    period={point.period}
                    catalogue={catalogue}
                    what={spec.question}
                    className="small"
                  >
                    {byMetric.length === 1 ? 'Cases' : `Cases: ${key.includes(':') ? 'by category' : label.toLowerCase()}`}
                  </CaseLink>,
                ]
          })}
          <span className="small">
            <Term of={metric} label={`Definition: ${spec.question}`}>
              Definition
            </Term>
          </span>
        </>
      }
    />
  )
}
