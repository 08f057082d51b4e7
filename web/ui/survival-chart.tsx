import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { formatCount, formatPercent, formatPercentInterval } from '../../shared/format.ts'
import classes from './chart.module.css'
import { spreadLabels } from './chart-scale.ts'
import { edgeOf, fillOf, type Tone } from './palette.ts'
import { bandPath, dayTicks, type Step, stepAt, stepPath } from './step-path.ts'

/** One curve: it ends before the day `end`; `followed` counts the people under the axis; `people` is how many it rests on. */
export type SurvivalLine = {
  id: string
  label: string
  tone: Tone
  dash?: string
  people: number
  end: number
  steps: Step[]
  followed: { day: number; count: number }[]
}

const HEIGHT = 280
const LEFT = 44
const TOP = 12
const ROW = 18
const SHARES = [0, 0.25, 0.5, 0.75, 1]

/**
 * Curves of who is still there by days since the beginning, each with its band, and how many are followed under the axis, as
 * survival plots have it. Steps, not slopes; each ends where too few are followed.
 */
export const SurvivalChart = ({ lines, label, axis }: { lines: SurvivalLine[]; label: string; axis: string }) => {
  const { ref, width } = useElementSize()
  const [hovered, setHovered] = useState<number | null>(null)
  const last = Math.max(1, ...lines.map((line) => line.end))
  const isWide = width >= 460
  const longest = Math.max(...lines.map((line) => line.label.length))
  const right = isWide && lines.length > 1 ? 24 + Math.min(150, longest * 7) : 16
  const x = (day: number) => LEFT + (day / last) * Math.max(10, width - LEFT - right)
  const y = (share: number) => TOP + (1 - share) * HEIGHT
  const ticks = dayTicks(last - 1, Math.max(2, Math.floor((width - LEFT - right) / 56)))
  const axisTop = TOP + HEIGHT
  const labels = spreadLabels(
    lines.map((line) => ({ ...line, y: y(line.steps.at(-1)?.share ?? 1) })),
    TOP + 4,
    axisTop - 4,
    17,
  )
  const tall = axisTop + 44 + (lines.length + 1) * ROW
  const pick = (event: React.PointerEvent<SVGSVGElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left
    const day = Math.round(((at - LEFT) / Math.max(10, width - LEFT - right)) * last)
    setHovered(day >= 0 && day < last ? day : null)
  }
  return (
    <div ref={ref} className={classes.frame} style={{ minHeight: tall }}>
      {!isWide && lines.length > 1 ? <LineKey lines={lines} /> : null}
      {width === 0 ? null : (
        <svg
          width={width}
          height={tall}
          viewBox={`0 0 ${width} ${tall}`}
          role="img"
          aria-label={label}
          onPointerMove={pick}
          onPointerLeave={() => setHovered(null)}
        >
          {SHARES.map((share) => (
            <g key={share}>
              <line x1={LEFT} x2={width - right} y1={y(share)} y2={y(share)} stroke={share === 0 ? 'var(--quiet)' : 'var(--line)'} />
              <text x={LEFT - 8} y={y(share)} dy="0.34em" textAnchor="end" className={classes.axisLabel}>
                {share * 100}
                {share === 1 ? ' %' : ''}
              </text>
            </g>
          ))}
          {ticks.map((day) => (
            <g key={day}>
              <line x1={x(day)} x2={x(day)} y1={axisTop} y2={axisTop + 4} stroke="var(--quiet)" />
              <text x={x(day)} y={axisTop + 18} textAnchor={day === 0 ? 'start' : 'middle'} className={classes.axisLabel}>
                {formatCount(day)}
              </text>
            </g>
          ))}
          <text x={width - right} y={axisTop + 34} textAnchor="end" className={classes.axisLabel}>
            {axis}
          </text>
          {lines.map((line) => (
            <path key={line.id} d={bandPath(line.steps, line.end, x, y)} fill={fillOf(line.tone)} opacity={0.16} />
          ))}
          {lines.map((line) => (
            <g key={line.id}>
              <path
                d={stepPath(line.steps, line.end, x, y)}
                fill="none"
                stroke={edgeOf(line.tone)}
                strokeWidth={2}
                {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })}
              />
              <circle
                cx={x(line.end)}
                cy={y(line.steps.at(-1)?.share ?? 1)}
                r={3.5}
                fill="var(--card)"
                stroke={edgeOf(line.tone)}
                strokeWidth={2}
              />
            </g>
          ))}
          {isWide && lines.length > 1
            ? labels.map((one) => (
                <text key={one.id} x={width - right + 10} y={one.y} dy="0.34em" className={classes.endLabel}>
                  {one.label}
                </text>
              ))
            : null}
          <text x={LEFT} y={axisTop + 34 + ROW} className={classes.axisLabel}>
            Still there and followed
          </text>
          {lines.map((line, i) => (
            <g key={line.id}>
              <line
                x1={4}
                x2={28}
                y1={axisTop + 34 + (i + 2) * ROW - 4}
                y2={axisTop + 34 + (i + 2) * ROW - 4}
                stroke={edgeOf(line.tone)}
                strokeWidth={2}
                {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })}
              />
              {ticks.map((day) => {
                const followed = line.followed.find((one) => one.day === day)
                return followed === undefined ? null : (
                  <text
                    key={day}
                    x={x(day)}
                    y={axisTop + 34 + (i + 2) * ROW}
                    textAnchor={day === 0 ? 'start' : 'middle'}
                    className={classes.endLabel}
                  >
                    {formatCount(followed.count)}
                  </text>
                )
              })}
            </g>
          ))}
          {hovered === null ? null : <line x1={x(hovered)} x2={x(hovered)} y1={TOP} y2={axisTop} stroke="var(--ink)" strokeWidth={1} />}
        </svg>
      )}
      {hovered === null ? null : (
        <div
          className={classes.note}
          style={{ position: 'absolute', top: TOP + 8, left: Math.min(x(hovered) + 12, Math.max(0, width - 250)), pointerEvents: 'none' }}
          aria-hidden
        >
          <p className="strong">
            {formatCount(hovered)} {axis}
          </p>
          {lines.map((line) => (
            <p key={line.id} className={classes.noteLine}>
              <span className={classes.swatch} style={{ background: fillOf(line.tone), borderColor: edgeOf(line.tone) }} />
              <span>
                {line.label}: {sayAt(line, hovered)}
              </span>
            </p>
          ))}
        </div>
      )}
    </div>
  )
}

const sayAt = (line: SurvivalLine, day: number): string => {
  const found = stepAt(line.steps, line.end, day)
  if (found === null) return 'too few followed'
  const interval = found.low === null || found.high === null ? '' : ` (${formatPercentInterval(found.low, found.high)})`
  return `${formatPercent(found.share, line.people)}${interval}`
}

const LineKey = ({ lines }: { lines: SurvivalLine[] }) => (
  <div className={classes.key} aria-hidden>
    {lines.map((line) => (
      <span key={line.id}>
        <svg width={24} height={8} aria-hidden>
          <line
            x1={0}
            x2={24}
            y1={4}
            y2={4}
            stroke={edgeOf(line.tone)}
            strokeWidth={2}
            {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })}
          />
        </svg>
        {line.label}
      </span>
    ))}
  </div>
)
