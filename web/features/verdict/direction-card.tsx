import type { Direction, DirectionSeries, Verdict } from '../../../shared/contract/verdict.ts'
import { formatCount, formatDecimal, startSentence } from '../../../shared/format.ts'
import { CardEmpty } from '../../ui/states.tsx'
import classes from './direction.module.css'
import { nameSeries, saySeries, sayState } from './direction-words.ts'
import { TRAJECTORY_WORDS } from './verdict-words.ts'

/** Seen as a bar from zero, expected as a line across it. */
const AgainstPast = ({ series }: { series: DirectionSeries }) => {
  const { observed, expected } = series
  if (observed === null || expected === null) return null
  const width = 200
  const most = Math.max(observed, expected, 1) * 1.1
  const x = (value: number) => (value / most) * width
  return (
    <svg viewBox={`0 0 ${width} 24`} width={width} height={24} role="img" aria-label={saySeries(series)} className={classes.bar}>
      <rect x={0} y={7} width={x(observed)} height={10} fill="var(--tone-other)" stroke="var(--tone-other-edge)" />
      <line x1={0} x2={0} y1={2} y2={22} stroke="var(--quiet)" />
      <line x1={x(expected)} x2={x(expected)} y1={2} y2={22} stroke="var(--ink)" strokeWidth={2} strokeDasharray="3 2" />
    </svg>
  )
}

const Row = ({ series }: { series: DirectionSeries }) => {
  const { arrow, word } = sayState(series)
  const { observed, expected, ratio, weeks, z } = series
  return (
    <li className={classes.row}>
      <p>
        <span className="strong">{nameSeries(series.id)}</span>
      </p>
      <p className={classes.state} data-state={series.state}>
        <span aria-hidden className={classes.arrow}>
          {arrow}
        </span>{' '}
        {word}
      </p>
      {observed === null || expected === null || weeks === null ? (
        <p className={`small quiet ${classes.reason}`}>{series.reason ?? 'It cannot be judged yet.'}</p>
      ) : (
        <>
          <div>
            <AgainstPast series={series} />
          </div>
          <p className="small">
            {formatCount(observed)} in {formatCount(weeks)} weeks, expected {formatDecimal(expected, expected < 10 ? 1 : 0)}
            {ratio === null ? '' : ` (${formatDecimal(ratio, 2)} ×)`}
            <span className={`quiet ${classes.swing}`}>{z === null ? series.reason : `z ${formatDecimal(z, 1)}`}</span>
          </p>
        </>
      )}
    </li>
  )
}

const Series = ({ direction }: { direction: Direction }) => (
  <>
    <ul className={classes.rows}>
      {direction.series.map((series) => (
        <Row key={series.id} series={series} />
      ))}
    </ul>
    {direction.series.every(({ observed }) => observed === null) ? null : (
      <p className="small quiet measure">
        The bar is what the last weeks held, the dashed line what the weeks before would lead one to expect. z says how far that lies
        outside the community’s own past swings: near zero is chance, below is downward, above is upward.
      </p>
    )}
  </>
)

/** Which way is it going: the weekly series against the community's own past. */
export const DirectionCard = ({ verdict }: { verdict: Verdict }) => {
  const { trajectory, trajectory_detail: direction } = verdict
  const { word, arrow } = TRAJECTORY_WORDS[trajectory]
  if (direction === null)
    return (
      <CardEmpty title="Which way is it going?">
        <p className="measure" id="direction">
          {startSentence(word)}: the direction follows from the weeks before this day, and those are not at hand for it.
        </p>
      </CardEmpty>
    )
  return (
    <section className="card stack-tight" aria-labelledby="direction">
      <h2 className="title" id="direction">
        Which way is it going?
      </h2>
      <p className="measure">
        <span aria-hidden>{arrow} </span>
        {direction.sentence}
      </p>
      {direction.series.length === 0 ? null : <Series direction={direction} />}
    </section>
  )
}
