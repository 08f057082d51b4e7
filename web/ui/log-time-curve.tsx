import { useElementSize } from '@mantine/hooks'
import { type PointerEvent, useState } from 'react'
import classes from './chart.module.css'
import { edgeOf, fillOf, type Tone } from './palette.ts'
import { widthOfText } from './place-labels.ts'

/** A share that rises in steps: from `hours` on it is `share`, until the next step. */
export type CurveStep = { hours: number; share: number; low: number | null; high: number | null }
/** A place on the time axis, with what stands under it. */
export type CurveTick = { hours: number; label: string; below: string }
/** A point to be read off: half of all within six hours. */
export type CurveMark = { hours: number; share: number; label: string }

type Props = {
  steps: CurveStep[]
  /** Drawn dashed and without a band, to be compared with. */
  quietSteps: CurveStep[]
  ticks: CurveTick[]
  marks: CurveMark[]
  /** Where the axis ends, in hours; it begins at the first tick. */
  from: number
  to: number
  tone: Tone
  /** Of the row of numbers under the axis. */
  belowLabel: string
  label: string
  /** What is known at a time: said beside the pointer. */
  sayAt: (hours: number) => string
}

const HEIGHT = 260
const TOP = 24
const LEFT = 36
const RIGHT = 16
const BOTTOM = 58
/** The room a label under the axis takes. */
const TICK_ROOM = 58

/** The value at a time: that of the last step before it. */
export const stepAt = (steps: readonly CurveStep[], hours: number): CurveStep | null =>
  steps.findLast((step) => step.hours <= hours) ?? null

/** The ticks that have room; the last, whose label ends where the axis does, needs more of it. */
const thinTicks = (ticks: CurveTick[], x: (hours: number) => number, right: number): CurveTick[] => {
  const kept: CurveTick[] = []
  for (const tick of ticks) {
    const last = kept.at(-1)
    const room = right - x(tick.hours) < TICK_ROOM / 2 ? 1.4 * TICK_ROOM : TICK_ROOM
    if (last === undefined || x(tick.hours) - x(last.hours) >= room) kept.push(tick)
  }
  return kept
}

/** A step curve of a share over a log time axis, with its band, marks, and numbers under the ticks. */
export const LogTimeCurve = ({ steps, quietSteps, ticks, marks, from, to, tone, belowLabel, label, sayAt }: Props) => {
  const { ref, width } = useElementSize()
  const [pointed, setPointed] = useState<number | null>(null)
  const right = width - RIGHT
  const foot = HEIGHT - BOTTOM
  const span = Math.log(to / from)
  const x = (hours: number) => LEFT + ((right - LEFT) * Math.log(Math.min(Math.max(hours, from), to) / from)) / span
  const y = (share: number) => foot - (foot - TOP) * share
  const pathOf = (of: readonly CurveStep[]) => {
    const shown = of.filter((step) => step.hours <= to)
    return `M${LEFT},${y(0)}${shown.map((step) => `H${x(step.hours)}V${y(step.share)}`).join('')}H${right}`
  }
  const bandOf = (of: readonly CurveStep[]) => {
    const shown = of.filter((step) => step.hours <= to)
    const ends = (step: CurveStep) => ({ low: step.low ?? step.share, high: step.high ?? step.share })
    const [first] = shown
    if (first === undefined) return ''
    const up = shown.map((step) => `H${x(step.hours)}V${y(ends(step).high)}`).join('')
    // back from the right: each stretch at the height it has until the next step
    const back = shown
      .toReversed()
      .map((step) => `V${y(ends(step).low)}H${x(step.hours)}`)
      .join('')
    return `M${x(first.hours)},${y(ends(first).low)}${up}H${right}${back}Z`
  }
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left
    setPointed(at < LEFT || at > right ? null : from * Math.exp((span * (at - LEFT)) / (right - LEFT)))
  }
  const said = pointed === null ? '' : sayAt(pointed)
  const isPointedRight = pointed !== null && x(pointed) > width / 2
  return (
    <div ref={ref} className={classes.frame} style={{ minHeight: HEIGHT }}>
      {width === 0 ? null : (
        <svg
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={label}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        >
          <text x={0} y={12} className={classes.axisLabel}>
            %
          </text>
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <g key={share}>
              <line x1={LEFT} x2={right} y1={y(share)} y2={y(share)} stroke={share === 0 ? 'var(--quiet)' : 'var(--line)'} />
              <text x={LEFT - 8} y={y(share)} dy="0.34em" textAnchor="end" className={classes.axisLabel}>
                {share * 100}
              </text>
            </g>
          ))}
          {thinTicks(ticks, x, right).map((tick, i, all) => {
            const anchor = i === 0 ? 'start' : i === all.length - 1 && right - x(tick.hours) < TICK_ROOM / 2 ? 'end' : 'middle'
            return (
              <g key={tick.hours}>
                <line x1={x(tick.hours)} x2={x(tick.hours)} y1={foot} y2={foot + 4} stroke="var(--quiet)" />
                <text x={x(tick.hours)} y={foot + 18} textAnchor={anchor} className={classes.axisLabel}>
                  {tick.label}
                </text>
                <text x={x(tick.hours)} y={foot + 50} textAnchor={anchor} className={classes.axisLabel}>
                  {tick.below}
                </text>
              </g>
            )
          })}
          <text x={LEFT} y={foot + 35} className={classes.axisLabel} fontStyle="italic">
            {belowLabel}
          </text>
          <path d={bandOf(steps)} fill={fillOf(tone)} fillOpacity={0.18} />
          {quietSteps.length === 0 ? null : (
            <path d={pathOf(quietSteps)} fill="none" stroke="var(--quiet)" strokeWidth={1.5} strokeDasharray="3 3" />
          )}
          <path d={pathOf(steps)} fill="none" stroke={edgeOf(tone)} strokeWidth={2} />
          {marks.map((mark) => {
            const isRight = x(mark.hours) + 8 + widthOfText(mark.label) > width
            return (
              <g key={mark.label}>
                <line x1={LEFT} x2={x(mark.hours)} y1={y(mark.share)} y2={y(mark.share)} stroke="var(--ink)" strokeDasharray="2 3" />
                <line x1={x(mark.hours)} x2={x(mark.hours)} y1={y(mark.share)} y2={foot} stroke="var(--ink)" strokeDasharray="2 3" />
                <circle cx={x(mark.hours)} cy={y(mark.share)} r={4} fill="var(--ink)" />
                <text
                  x={x(mark.hours) + (isRight ? -8 : 8)}
                  y={y(mark.share) + (isRight ? -8 : 16)}
                  textAnchor={isRight ? 'end' : 'start'}
                  className={classes.endLabel}
                  style={{ paintOrder: 'stroke', stroke: 'var(--card)', strokeWidth: 4 }}
                >
                  {mark.label}
                </text>
              </g>
            )
          })}
          {pointed === null ? null : (
            <g aria-hidden>
              <line x1={x(pointed)} x2={x(pointed)} y1={TOP} y2={foot} stroke="var(--quiet)" />
              <text
                x={x(pointed) + (isPointedRight ? -6 : 6)}
                y={TOP - 8}
                textAnchor={isPointedRight ? 'end' : 'start'}
                className={classes.endLabel}
              >
                {said}
              </text>
            </g>
          )}
        </svg>
      )}
    </div>
  )
}
