import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { formatCount } from '../../shared/format.ts'
import { niceTicks } from './chart-scale.ts'
import classes from './pareto-chart.module.css'
import { edgeOf, fillOf, type Tone } from './palette.ts'

/** What the first `people`, those with most first, hold of all, 0 to 1. Between two steps the curve runs straight. */
export type ParetoStep = { people: number; share: number }
export type ParetoLine = { label: string; steps: readonly ParetoStep[] }
/** A place on the curve that is named; in few words where there is little room. */
export type ParetoMark = ParetoStep & { text: string; short: string }

type ParetoProps = {
  line: ParetoLine
  /** The same at another time, drawn quietly. */
  quiet?: ParetoLine | undefined
  marks: readonly ParetoMark[]
  tone: Tone
  /** What the axis of people counts, and what the slider is for readers who hear it. */
  axis: string
  /** What the first so many hold, in words. */
  sayFirst: (people: number) => string
  hint: string
}

const HEIGHT = 300
const EDGE = { top: 12, right: 16, bottom: 46, left: 52 }
/** Below this the words are few; and how wide the words of a mark are then, and else. */
const NARROW = 460
const MARK_WIDTHS = { narrow: 80, wide: 190 }

const shareOfFirst = (steps: readonly ParetoStep[], people: number): number => {
  const next = steps.findIndex((step) => step.people >= people)
  const to = steps[next]
  if (to === undefined) return 1
  const from = steps[next - 1] ?? { people: 0, share: 0 }
  return from.share + ((people - from.people) * (to.share - from.share)) / (to.people - from.people)
}

/** Cumulative share over people ranked by what they hold, with the line on which all would hold equally much. Knows only numbers. */
export const ParetoChart = ({ line, quiet, marks, tone, axis, sayFirst, hint }: ParetoProps) => {
  const { ref, width } = useElementSize()
  const [first, setFirst] = useState<number | null>(null)
  const people = line.steps.at(-1)?.people ?? 1
  const most = Math.max(people, quiet?.steps.at(-1)?.people ?? 1)
  const isNarrow = width < NARROW
  const innerWidth = Math.max(1, width - EDGE.left - EDGE.right)
  const innerHeight = HEIGHT - EDGE.top - EDGE.bottom
  const x = (count: number) => EDGE.left + (count / most) * innerWidth
  const y = (share: number) => EDGE.top + (1 - share) * innerHeight
  const pathOf = (steps: readonly ParetoStep[]) =>
    [{ people: 0, share: 0 }, ...steps]
      .map((step, i) => `${i === 0 ? 'M' : 'L'}${x(step.people).toFixed(1)} ${y(step.share).toFixed(1)}`)
      .join('')
  const ticks = niceTicks(0, most, isNarrow ? 3 : 6, true).filter((tick) => tick <= most)
  const start = marks.at(-1)?.people ?? 1
  const keep = (count: number) => Math.min(people, Math.max(1, Math.round(count)))
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left
    setFirst(keep(((event.clientX - left - EDGE.left) / innerWidth) * most))
  }
  const step = (event: KeyboardEvent) => {
    const from = first ?? start
    const far = Math.max(1, Math.round(people / 10))
    const to: Record<string, number> = {
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      PageUp: from + far,
      PageDown: from - far,
      Home: 1,
      End: people,
    }
    const next = to[event.key]
    if (next === undefined) return
    event.preventDefault()
    setFirst(keep(next))
  }
  const shown = first === null ? null : { people: first, share: shareOfFirst(line.steps, first) }
  return (
    <div>
      {quiet === undefined ? null : (
        <div className={classes.key} aria-hidden>
          {[line, quiet].map((one, i) => (
            <span key={one.label}>
              <svg width={24} height={8} aria-hidden>
                <line
                  x1={0}
                  x2={24}
                  y1={4}
                  y2={4}
                  stroke={i === 0 ? edgeOf(tone) : 'var(--quiet)'}
                  strokeWidth={i === 0 ? 2.5 : 1.5}
                  strokeDasharray={i === 0 ? undefined : '4 3'}
                />
              </svg>
              {one.label}
            </span>
          ))}
        </div>
      )}
      <div
        ref={ref}
        className={classes.frame}
        style={{ minHeight: HEIGHT }}
        role="slider"
        tabIndex={0}
        aria-label={axis}
        aria-valuemin={1}
        aria-valuemax={people}
        aria-valuenow={first ?? start}
        aria-valuetext={sayFirst(first ?? start)}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setFirst(null)}
        onBlur={() => setFirst(null)}
        onKeyDown={step}
      >
        {width === 0 ? null : (
          <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden>
            {[0, 0.25, 0.5, 0.75, 1].map((share) => (
              <g key={share}>
                <line
                  x1={EDGE.left}
                  x2={width - EDGE.right}
                  y1={y(share)}
                  y2={y(share)}
                  stroke={share === 0 ? 'var(--quiet)' : 'var(--line)'}
                />
                <text x={EDGE.left - 8} y={y(share)} dy="0.34em" textAnchor="end" className={classes.quietText}>
                  {share * 100} %
                </text>
              </g>
            ))}
            {ticks.map((tick) => (
              <text
                key={tick}
                x={x(tick)}
                y={HEIGHT - EDGE.bottom + 18}
                textAnchor={tick === most ? 'end' : 'middle'}
                className={classes.quietText}
              >
                {formatCount(tick)}
              </text>
            ))}
            <text x={EDGE.left} y={HEIGHT - 6} className={classes.quietText}>
              {axis}
            </text>
            <line x1={x(0)} y1={y(0)} x2={x(people)} y2={y(1)} stroke="var(--quiet)" strokeWidth={1} strokeDasharray="1 4" />
            <text
              x={isNarrow ? width - EDGE.right - 4 : x(people * 0.72) + 6}
              y={isNarrow ? y(0) - 8 : y(0.66) + 16}
              textAnchor={isNarrow ? 'end' : 'start'}
              className={classes.quietText}
            >
              if all made equally many
            </text>
            <path d={`${pathOf(line.steps)}L${x(people)} ${y(0)}L${x(0)} ${y(0)}Z`} fill={fillOf(tone)} opacity={0.1} />
            {quiet === undefined ? null : (
              <path d={pathOf(quiet.steps)} fill="none" stroke="var(--quiet)" strokeWidth={1.5} strokeDasharray="4 3" />
            )}
            <path d={pathOf(line.steps)} fill="none" stroke={edgeOf(tone)} strokeWidth={2.5} strokeLinejoin="round" />
            {shown === null ? null : (
              <g>
                <line x1={x(shown.people)} x2={x(shown.people)} y1={y(shown.share)} y2={y(0)} stroke="var(--ink)" strokeWidth={1} />
                <line x1={EDGE.left} x2={x(shown.people)} y1={y(shown.share)} y2={y(shown.share)} stroke="var(--ink)" strokeWidth={1} />
                <circle cx={x(shown.people)} cy={y(shown.share)} r={4} fill="var(--card)" stroke="var(--ink)" strokeWidth={2} />
              </g>
            )}
            {marks.map((mark) => {
              const at = x(mark.people)
              const isRight = at + 12 + MARK_WIDTHS[isNarrow ? 'narrow' : 'wide'] < width
              return (
                <g key={mark.text}>
                  <circle cx={at} cy={y(mark.share)} r={5} fill={fillOf(tone)} stroke="var(--card)" strokeWidth={2} />
                  <text
                    x={isRight ? at + 12 : at - 10}
                    y={y(mark.share) + (isRight ? 14 : -8)}
                    textAnchor={isRight ? 'start' : 'end'}
                    className={classes.mark}
                  >
                    {isNarrow ? mark.short : mark.text}
                  </text>
                </g>
              )
            })}
          </svg>
        )}
      </div>
      <p className={`${classes.readout} ${first === null ? 'quiet no-print' : ''}`}>{first === null ? hint : sayFirst(first)}</p>
    </div>
  )
}
