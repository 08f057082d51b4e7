import { getRouteApi, Link } from '@tanstack/react-router'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { CaseLink, hasCases } from '../cases/case-link.tsx'
import { searchCases } from '../cases/cases-search.ts'
import { ChartCard } from '../../ui/chart-card.tsx'
import type { Chart, ChartSeries } from '../../ui/chart-point.ts'
import { type CardSpec, thresholdOf } from './overview-cards.ts'
import { type Comparison, listTables, toggleTable } from './overview-search.ts'
import { lastShown, type ReportView } from './report-view.ts'
import { saySumBefore } from './say-answer.ts'
import { sayInferred } from './say-inferred.ts'

const route = getRouteApi('/shell/c/$slug')

/** Nouns of the flows whose sums can be compared. */
const FLOWS: Record<string, [string, string]> = {
  joins: ['joined', 'joined'],
  leavers: ['left', 'left'],
  'first-seen': ['person seen first', 'people seen first'],
  contributions: ['contribution', 'contributions'],
  questions: ['question', 'questions'],
}

/** The same series some time before, laid under the periods of now. */
const seriesBefore = (spec: CardSpec, view: ReportView, before: ReportView | null, comparison: Comparison | undefined): ChartSeries[] => {
  const [only, another] = spec.series
  const points = only === undefined || another !== undefined ? undefined : before?.series(only.key)?.points
  if (points === undefined || only === undefined || before === null) return []
  const aligned = view.report.periods.map((period, i) => ({
    ...(points[i] ?? { value: null, numerator: null, denominator: null, low: null, high: null, reason: null }),
    period,
    is_unfinished: false,
  }))
  return [
    {
      id: `${only.key}:before`,
      label: comparison === 'year' ? 'A year before' : 'Time before',
      tone: 'other',
      points: aligned,
      isQuiet: true,
    },
  ]
}

export const MetricCard = ({
  spec,
  view,
  before,
  catalogue,
}: {
  spec: CardSpec
  view: ReportView
  before: ReportView | null
  catalogue: MetricDescription[] | undefined
}) => {
  const { tables, compare } = route.useSearch()
  const navigate = route.useNavigate()
  const { report } = view
  const series = spec.series.flatMap(({ key, label, tone }): ChartSeries[] => {
    const found = view.series(key)
    return found === null ? [] : [{ id: key, label, tone, points: found.points }]
  })
  if (series.length === 0) return null
  const chart: Chart = {
    kind: spec.kind,
    unit: spec.unit,
    periods: report.periods,
    series: [...series, ...seriesBefore(spec, view, before, compare)],
    threshold: thresholdOf(spec, catalogue),
  }
  const compared =
    before === null
      ? []
      : spec.series.flatMap(({ key }) => {
          const nouns = FLOWS[key]
          return (nouns && saySumBefore(view, before, key, nouns[0], nouns[1])) ?? []
        })
  const inferred = sayInferred(spec.series.map(({ key }) => view.series(key)?.points ?? []))
  const notes = [spec.note, inferred].filter((note) => note != null)
  const { slug } = report.community
  const shown = spec.series.filter(({ key }) => hasCases(key, catalogue))
  const byMetric = [...new Map(shown.toReversed().map((one) => [one.key.split(':')[0], one])).values()].toReversed()
  const [first] = shown
  const metric = (spec.series[0]?.key ?? '').split(':')[0] ?? ''
  return (
    <ChartCard
      id={spec.id}
      question={spec.question}
      answer={[spec.answer(view), ...compared].join(' ')}
      chart={chart}
      note={notes.length > 0 ? notes.join(' ') : undefined}
      fileName={`${report.community.slug}-${spec.id}-${report.from}-${report.to}`}
      isTable={listTables(tables).includes(spec.id)}
      onToggleTable={() =>
        void navigate({ search: (now) => ({ ...now, tables: toggleTable(now.tables, spec.id) }), resetScroll: false, replace: true })
      }
      linkCell={(series, period, text) =>
        shown.some(({ key }) => key === series) ? (
          <CaseLink slug={slug} of={series} period={period} catalogue={catalogue} what={spec.question}>
            {text}
          </CaseLink>
        ) : (
          text
        )
      }
      onPick={
        first === undefined
          ? undefined
          : (period) => void navigate({ to: '/c/$slug/cases', params: { slug }, search: searchCases(first.key, period) })
      }
      cases={byMetric.flatMap(({ key, label }) => {
        const point = lastShown(view.series(key))
        return point === null
          ? []
          : [
              <CaseLink key={key} slug={slug} of={key} period={point.period} catalogue={catalogue} what={spec.question} className="small">
                {byMetric.length === 1 ? 'Cases' : `Cases: ${key.includes(':') ? 'by category' : label.toLowerCase()}`}
              </CaseLink>,
            ]
      })}
      definition={
        <Link
          to="/definitions"
          search={{ c: slug }}
          hash={metric}
          className="small"
          aria-label={`Definition: ${spec.question}`}
          style={{ padding: '4px 0' }}
        >
          Definition
        </Link>
      }
    />
  )
}
