import type { MetricDescription } from '../../../shared/contract/metric.ts'
import type { ComparedMetric } from '../../../shared/contract/intervention.ts'
import { formatBareValue, formatValue } from '../../../shared/unit.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import classes from './interventions.module.css'
import { sayCompared, saySide, sayYardstick, sayYearBefore } from './say-before-after.ts'

type Range = { low: number | null; high: number | null } | null

/** From the least to the most of all that is drawn, with some room; shares stay between none and all. */
const domainOf = (metric: ComparedMetric): [number, number] | null => {
  const values = [metric.before, metric.after]
    .flatMap(({ value, low, high }) => [value, low, high])
    .concat([metric.before_range, metric.after_range, metric.usual].flatMap((range) => [range?.low ?? null, range?.high ?? null]))
    .filter((value) => value !== null)
  if (values.length === 0) return null
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = (most - least || Math.abs(most) || 1) * 0.08
  const isShare = metric.unit === 'share' && least >= 0 && most <= 1
  return [least >= 0 ? Math.max(0, least - room) : least - room, isShare ? Math.min(1, most + room) : most + room]
}

const writeEnd = (value: number, unit: ComparedMetric['unit']): string =>
  value !== 0 && (unit === 'hours' || unit === 'days') ? formatValue(value, unit) : formatBareValue(value, unit)

const Side = ({ value, range, at, isAfter }: { value: number; range: Range; at: (value: number) => number; isAfter: boolean }) => (
  <>
    {range?.low == null || range.high == null ? null : (
      <i className={classes.interval} style={{ left: `${at(range.low)}%`, width: `${Math.max(0.5, at(range.high) - at(range.low))}%` }} />
    )}
    <i className={isAfter ? classes.dotAfter : classes.dotBefore} style={{ left: `${at(value)}%` }} />
  </>
)

/** Before and after as two dots with their intervals on one axis, and where nine of ten past spans lay as a band. Drawn in ink: it measures and does not judge. */
const Drawing = ({ metric, caseOf }: { metric: ComparedMetric; caseOf: (side: 'before' | 'after') => React.ReactNode }) => {
  const isDrawn = metric.before.value !== null || metric.after.value !== null
  const [from, to] = domainOf(metric) ?? [0, 1]
  const at = (value: number) => (100 * (value - from)) / (to - from || 1)
  const { usual } = metric
  const sides = [
    { name: 'before', word: 'Before', point: metric.before, range: metric.before_range ?? metric.before },
    { name: 'after', word: 'After', point: metric.after, range: metric.after_range ?? metric.after },
  ] as const
  return (
    <div className={classes.drawing}>
      {sides.map(({ name, word, point, range }) => (
        <div key={name} className={classes.side}>
          <span className={classes.word}>{word}</span>
          <span className={isDrawn ? classes.track : undefined} aria-hidden>
            {usual === null || !isDrawn ? null : (
              <i
                className={classes.usual}
                style={{ left: `${at(usual.low)}%`, width: `${Math.max(0.5, at(usual.high) - at(usual.low))}%` }}
              />
            )}
            {point.value === null ? null : <Side value={point.value} range={range} at={at} isAfter={name === 'after'} />}
          </span>
          <span className={classes.value}>{caseOf(name)}</span>
        </div>
      ))}
      <div className={classes.side} aria-hidden hidden={!isDrawn}>
        <span className={classes.word} />
        <span className={classes.ends}>
          <span>{writeEnd(from, metric.unit)}</span>
          <span>{writeEnd(to, metric.unit)}</span>
        </span>
        <span className={classes.value} />
      </div>
    </div>
  )
}

/** One measure before and after: in words, drawn, and by the yardstick of the community's own past. */
export const BeforeAfterRow = ({
  metric,
  slug,
  catalogue,
}: {
  metric: ComparedMetric
  slug: string
  catalogue: MetricDescription[] | undefined
}) => {
  const year = sayYearBefore(metric)
  const caseOf = (side: 'before' | 'after') => {
    const point = metric[side]
    const text = saySide(metric, { ...point, low: null, high: null }, null)
    return text === null ? (
      <span className="quiet">not known</span>
    ) : (
      <CaseLink slug={slug} of={metric.key} period={point.period} catalogue={catalogue} what={metric.title}>
        {text}
      </CaseLink>
    )
  }
  return (
    <li className={classes.metric} data-finding={metric.finding}>
      <div className={classes.words}>
        <h3 className="strong">
          <Term of={metric.key.split(':')[0] ?? ''}>{metric.title}</Term>
        </h3>
        <p>{sayCompared(metric)}</p>
        <p className="small quiet">{[sayYardstick(metric), year].filter((part) => part !== null).join(' ')}</p>
      </div>
      <Drawing metric={metric} caseOf={caseOf} />
    </li>
  )
}
