import { useId } from 'react'
import type { ReportContent } from '../../../shared/contract/value-report.ts'
import { formatCount, formatPeriod, formatPeriodShort, joinWords } from '../../../shared/format.ts'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import classes from './report.module.css'

type Trend = ReportContent['growth']['trend']

/** Fixed sizes, so that it is the same on paper: of a wide page, and of a phone. */
const SIZES = {
  wide: { width: 680, isEachLabelled: true },
  narrow: { width: 290, isEachLabelled: false },
} as const
const MEMBERS_TOP = 36
const MEMBERS_BOTTOM = 80
const BARS_TOP = 118
const BARS_BOTTOM = 222
const HEIGHT = 268
/** Where nothing is known of who joined or left, members stand alone. */
const HEIGHT_WITHOUT_BARS = MEMBERS_BOTTOM + 36
const EDGE = 4

/** Months as stand in the chart: known or not, each with the middle of its column. */
const layOut = (trend: Trend, width: number) => {
  const step = (width - 2 * EDGE) / Math.max(trend.length, 1)
  return trend.map((month, i) => ({ ...month, x: EDGE + step * (i + 0.5), step }))
}

type Laid = ReturnType<typeof layOut>[number]

/** Months beside each other that have no bars for the same reason: said once under all of them. */
const findRuns = (months: readonly Laid[]): { first: Laid; last: Laid; label: string }[] => {
  const runs: { first: Laid; last: Laid; label: string }[] = []
  months.forEach((month, i) => {
    if (month.joined !== null || month.left !== null) return
    const label = month.is_step ? 'at once' : 'not known'
    const run = runs.at(-1)
    if (run !== undefined && run.label === label && run.last === months[i - 1]) run.last = month
    else runs.push({ first: month, last: month, label })
  })
  return runs
}

/** Lines between months that follow each other and are known; a month alone is a point. */
const joinKnown = (points: readonly { x: number; y: number | null }[]): string =>
  points.map(({ x, y }, i) => (y === null ? '' : `${points[i - 1]?.y == null ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)).join('')

const Drawing = ({
  trend,
  size,
  membersLabel,
  isUnfinished,
}: {
  trend: Trend
  size: keyof typeof SIZES
  membersLabel: string
  isUnfinished: boolean
}) => {
  const { width, isEachLabelled } = SIZES[size]
  const hatch = useId()
  const months = layOut(trend, width)
  const mostMembers = Math.max(1, ...trend.map(({ members }) => members ?? 0))
  const mostJoined = Math.max(0, ...trend.map(({ joined }) => joined ?? 0))
  const mostLeft = Math.max(0, ...trend.map(({ left }) => left ?? 0))
  const perPerson = (BARS_BOTTOM - BARS_TOP) / Math.max(mostJoined + mostLeft, 1)
  const zero = BARS_TOP + mostJoined * perPerson
  const memberY = (members: number | null) =>
    members === null ? null : MEMBERS_BOTTOM - (members / mostMembers) * (MEMBERS_BOTTOM - MEMBERS_TOP)
  const last = months.length - 1
  const hasBars = months.some(({ joined, left }) => joined !== null || left !== null)
  const height = hasBars ? HEIGHT : HEIGHT_WITHOUT_BARS
  const firstKnown = months.findIndex(({ members }) => members !== null)
  const lastKnown = months.findLastIndex(({ members }) => members !== null)
  const isLabelled = (i: number, value: number, most: number) =>
    isEachLabelled || i === last || (value === most && months.findIndex((m) => m.joined === value || m.left === value) === i)
  return (
    <svg className={classes[size]} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <defs>
        {(['joined', 'left'] as const).map((tone) => (
          <pattern key={tone} id={`${hatch}-${tone}`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="6" fill={fillOf(tone)} />
          </pattern>
        ))}
      </defs>
      <text className={classes.chartTitle} x={EDGE} y={12}>
        {membersLabel}
      </text>
      <line className={classes.chartLine} x1={EDGE} x2={width - EDGE} y1={MEMBERS_BOTTOM} y2={MEMBERS_BOTTOM} />
      <path
        d={joinKnown(months.map(({ x, members }) => ({ x, y: memberY(members) })))}
        fill="none"
        stroke={edgeOf('ink')}
        strokeWidth={1.75}
      />
      {months.map(({ month, x, members }, i) =>
        members === null ? null : (
          <g key={month}>
            <circle cx={x} cy={memberY(members) ?? 0} r={i === lastKnown ? 3.5 : 2} fill={edgeOf('ink')} />
            {(i === firstKnown || i === lastKnown) && (
              <text
                className={classes.chartValue}
                x={x}
                y={(memberY(members) ?? 0) - 8}
                textAnchor={i === last ? 'end' : i === 0 ? 'start' : 'middle'}
                dx={i === last ? 4 : i === 0 ? -4 : 0}
              >
                {formatCount(members)}
              </text>
            )}
          </g>
        ),
      )}
      {hasBars && (
        <text className={classes.chartTitle} x={EDGE} y={BARS_TOP - 18}>
          <tspan fill={edgeOf('joined')}>▲</tspan> joined, <tspan fill={edgeOf('left')}>▼</tspan> left
        </text>
      )}
      {months.map(({ month, x, step, joined, left }, i) => {
        const barWidth = step * 0.62
        const isHatched = isUnfinished && i === last
        const bar = (tone: 'joined' | 'left', count: number) => (
          <rect
            x={x - barWidth / 2}
            width={barWidth}
            y={tone === 'joined' ? zero - count * perPerson : zero}
            height={count * perPerson}
            fill={isHatched ? `url(#${hatch}-${tone})` : fillOf(tone)}
            stroke={edgeOf(tone)}
            strokeWidth={1}
          />
        )
        return (
          <g key={month}>
            {joined !== null && joined > 0 && bar('joined', joined)}
            {left !== null && left > 0 && bar('left', left)}
            {joined !== null && isLabelled(i, joined, mostJoined) && (
              <text className={classes.chartValue} x={x} y={zero - joined * perPerson - 4} textAnchor="middle">
                {formatCount(joined)}
              </text>
            )}
            {left !== null && left > 0 && isLabelled(i, left, mostLeft) && (
              <text className={classes.chartValue} x={x} y={zero + left * perPerson + 12} textAnchor="middle">
                {formatCount(left)}
              </text>
            )}
            {(isEachLabelled || i % 3 === last % 3) && (
              <text className={classes.chartQuiet} x={x} y={height - 16} textAnchor="middle">
                {formatPeriodShort(month, false)}
              </text>
            )}
            {(month.endsWith('-01') || (i === 0 && (isEachLabelled || !months.slice(1, 3).some((next) => next.month.endsWith('-01'))))) && (
              <text className={classes.chartQuiet} x={x} y={height - 3} textAnchor="middle">
                {month.slice(0, 4)}
              </text>
            )}
          </g>
        )
      })}
      {(hasBars ? findRuns(months) : []).map(({ first, last: end, label }) => (
        <text key={first.month} className={classes.chartQuiet} x={(first.x + end.x) / 2} y={zero - 5} textAnchor="middle">
          {isEachLabelled || first !== end ? label : '?'}
        </text>
      ))}
      {hasBars && <line className={classes.chartZero} x1={EDGE} x2={width - EDGE} y1={zero} y2={zero} />}
    </svg>
  )
}

const say = (count: number | null): string => (count === null ? 'not known' : formatCount(count))

/** Thirteen months of joining and leaving, with a table of the same. */
export const GrowthChart = ({
  trend,
  membersLabel,
  isUnfinished,
}: {
  trend: Trend
  /** Who counts as a member, as the table beside it says. */
  membersLabel: string
  isUnfinished: boolean
}) => {
  const first = trend[0]
  const last = trend.at(-1)
  if (first === undefined || last === undefined) return null
  if (trend.every(({ joined, left, members }) => joined === null && left === null && members === null)) return null
  const unknown = trend.filter(({ joined, left, is_step }) => joined === null && left === null && !is_step)
  const steps = trend.filter(({ is_step }) => is_step)
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.kind}>
        {formatPeriod(first.month)} to {formatPeriod(last.month)}
      </figcaption>
      <Drawing trend={trend} size="wide" membersLabel={membersLabel} isUnfinished={isUnfinished} />
      <Drawing trend={trend} size="narrow" membersLabel={membersLabel} isUnfinished={isUnfinished} />
      {isUnfinished && unknown.length < trend.length && (
        <p className={classes.reason}>Hatched: {formatPeriod(last.month)} is not whole yet.</p>
      )}
      {unknown.length > 0 && unknown.length < trend.length && (
        <p className={classes.reason}>Where no bar stands, the data do not tell who joined or left; it is not nought.</p>
      )}
      {steps.length > 0 && (
        <p className={classes.reason}>
          In {joinWords(steps.map(({ month }) => formatPeriod(month)))} people were added or removed many at once, by an import or a purge:
          that is told above and drawn nowhere.
        </p>
      )}
      <details className="no-print">
        <summary className="small">The same as a table</summary>
        <table className={`data-table ${classes.trendTable}`}>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" className="number">
                Joined
              </th>
              <th scope="col" className="number">
                Left
              </th>
              <th scope="col" className="number">
                {membersLabel}
              </th>
            </tr>
          </thead>
          <tbody>
            {trend.map(({ month, joined, left, members, is_step }) => (
              <tr key={month}>
                <th scope="row">{formatPeriod(month)}</th>
                <td className="number">{is_step ? 'many at once' : say(joined)}</td>
                <td className="number">{is_step ? 'many at once' : say(left)}</td>
                <td className="number">{say(members)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
