import type { ReactNode } from 'react'
import type { Point } from '../../../shared/contract/metric.ts'
import type { Spans } from '../../../shared/contract/span.ts'
import { formatHours } from '../../../shared/format.ts'
import { formatBareValue, formatInterval, formatMeasured, nameUnit } from '../../../shared/unit.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import { IntervalRows } from '../../ui/interval-rows.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import { sayInferred } from '../metric/say-inferred.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import classes from './voices.module.css'
import {
  keyOf,
  LEFT_OUT,
  type LeftOut,
  MEASURES,
  type Measure,
  pointIn,
  reasonWithoutTop,
  sayLeftOut,
  sayWithoutTop,
} from './without-top.ts'

const QUESTION = 'What if the busiest helpers had stayed away?'

/** What a point says in the room of a row; null where it says nothing. */
const sayPoint = (point: Point, measure: Measure): string | null => {
  if (measure.unit === 'share' || point.value !== null) return formatMeasured(point, measure.unit)
  if (point.status === 'not_reached') return `fewer than half (${point.numerator} of ${point.denominator})`
  return null
}

const Panel = ({ measure, spans, linkOf }: { measure: Measure; spans: Spans; linkOf: (k: LeftOut, text: string) => ReactNode }) => {
  const points = LEFT_OUT.map((k) => ({ k, point: pointIn(spans, keyOf(measure.id, k)) }))
  const told = points.flatMap(({ k, point }) => {
    const text = point === null ? null : sayPoint(point, measure)
    return point === null || text === null ? [] : [{ k, point, text }]
  })
  const max =
    measure.unit === 'share' ? 1 : Math.max(1e-9, ...told.map(({ point }) => Math.max(point.value ?? 0, point.high ?? 0, point.low ?? 0)))
  return (
    <div className={classes.panel}>
      <h3 className="strong">
        <Term of={measure.id}>{measure.title}</Term>
      </h3>
      {told.length === 0 ? (
        <p className="small quiet">{points.find(({ point }) => point?.reason != null)?.point?.reason ?? 'Nothing is known of it.'}</p>
      ) : (
        <IntervalRows
          tone="help"
          max={max}
          axis={
            measure.unit === 'share'
              ? ['0 %', '100 %']
              : ['0', measure.unit === 'hours' ? formatHours(max) : formatBareValue(max, measure.unit)]
          }
          rows={told.map(({ k, point, text }) => ({
            key: String(k),
            label: sayLeftOut(k),
            value: point.status === 'count_only' ? null : point.value,
            low: point.low,
            high: point.high,
            text: linkOf(k, text),
            isFirst: k === 0,
          }))}
        />
      )}
    </div>
  )
}

const tableOf = (spans: Spans): FigureTable => ({
  columns: [
    { label: 'Measure', isNumber: false },
    { label: 'Left out', isNumber: false },
    { label: 'Value', isNumber: true },
    { label: '95 % interval', isNumber: true },
    { label: 'Cases', isNumber: true },
    { label: 'Note', isNumber: false },
  ],
  rows: MEASURES.flatMap((measure) =>
    LEFT_OUT.map((k) => {
      const point = pointIn(spans, keyOf(measure.id, k))
      const unit = nameUnit(measure.unit)
      return {
        key: keyOf(measure.id, k),
        cells: [
          k === 0 ? `${measure.title}${measure.unit === 'share' ? '' : `, ${unit}`}` : '',
          sayLeftOut(k),
          point?.value == null ? '–' : formatBareValue(point.value, measure.unit, point.denominator ?? 0),
          formatInterval(point?.low ?? null, point?.high ?? null, measure.unit) ?? '–',
          point?.numerator == null || point.denominator === null ? '–' : `${point.numerator} of ${point.denominator}`,
          point?.reason ?? '',
        ],
      }
    }),
  ),
  csv: [
    ['measure', 'unit', 'top people left out', 'value', 'low', 'high', 'numerator', 'denominator', 'status', 'note'],
    ...MEASURES.flatMap((measure) =>
      LEFT_OUT.map((k) => {
        const point = pointIn(spans, keyOf(measure.id, k))
        return [
          measure.id,
          measure.unit,
          k,
          point?.value ?? null,
          point?.low ?? null,
          point?.high ?? null,
          point?.numerator ?? null,
          point?.denominator ?? null,
          point?.status ?? null,
          point?.reason ?? null,
        ]
      }),
    ),
  ],
})

/** The stress test: helping as it is, and without the contributions of the one, two and three people who answered most. */
export const WithoutTopCard = ({ numbers: { slug, catalogue }, spans }: { numbers: Numbers; spans: Spans }) => {
  const shownAs = useShownAsTable('without-top')
  const why = reasonWithoutTop(spans)
  const period = spans.spans[0]?.period ?? null
  const inferred = sayInferred([MEASURES.flatMap(({ id }) => pointIn(spans, keyOf(id, 1)) ?? [])])
  return (
    <FigureCard
      id="without-top"
      question={QUESTION}
      answer={why === null ? sayWithoutTop(spans) : 'That cannot be told of these days.'}
      note={
        [
          why === null
            ? 'All that the top people contributed is left out, their answers and their own questions. A test of how much hangs on a few, not a forecast: others might have answered.'
            : null,
          inferred,
        ]
          .filter((note) => note !== null)
          .join(' ') || undefined
      }
      table={tableOf(spans)}
      fileName={`${slug}-without-top-${period?.replace('..', '-') ?? 'none'}`}
      {...shownAs}
      links={
        <span className="small">
          <Term of="answered-share-without-top" label={`Definition: ${QUESTION}`}>
            Definition
          </Term>
        </span>
      }
    >
      {why === null ? (
        <div className={classes.panels}>
          {MEASURES.map((measure) => (
            <Panel
              key={measure.id}
              measure={measure}
              spans={spans}
              linkOf={(k, text) => (
                <CaseLink
                  slug={slug}
                  of={keyOf(measure.id, k)}
                  period={period}
                  catalogue={catalogue}
                  what={`${measure.title}, ${sayLeftOut(k).toLowerCase()},`}
                >
                  {text}
                </CaseLink>
              )}
            />
          ))}
        </div>
      ) : (
        <NothingToDraw>{why}</NothingToDraw>
      )}
    </FigureCard>
  )
}
