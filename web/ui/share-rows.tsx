import type { ReactNode } from 'react'
import { edgeOf, fillOf, type Tone } from './palette.ts'
import classes from './share-rows.module.css'

/** One share on an axis from 0 to 100 %, with its interval; `text` says it as its number of cases allows. A quiet one stands behind. */
export type ShareRow = {
  key: string
  label: ReactNode
  share: number | null
  low: number | null
  high: number | null
  text: ReactNode
  /** What to know, or why there is no value. */
  remark?: string | null
  tone: Tone
  isQuiet?: boolean
}

const WIDTH = 400
const x = (share: number) => 6 + share * (WIDTH - 12)

/** Shares below each other on one axis. */
export const ShareRows = ({ rows }: { rows: ShareRow[] }) => (
  <ul className={classes.rows}>
    {rows.map((row) => (
      <li key={row.key} className={classes.row} data-quiet={row.isQuiet ?? false}>
        <span className={classes.label}>{row.label}</span>
        <span className={classes.text}>{row.text}</span>
        <svg viewBox={`0 0 ${WIDTH} 16`} preserveAspectRatio="none" className={classes.line} aria-hidden>
          <line x1={x(0)} x2={x(1)} y1={8} y2={8} stroke="var(--line)" />
          {[0, 0.5, 1].map((share) => (
            <line key={share} x1={x(share)} x2={x(share)} y1={4} y2={12} stroke="var(--line)" />
          ))}
          {row.low === null || row.high === null ? null : (
            <rect x={x(row.low)} y={3} width={Math.max(2, x(row.high) - x(row.low))} height={10} fill={fillOf(row.tone)} opacity={0.3} />
          )}
          {row.share === null ? null : (
            <rect
              x={x(row.share) - 3}
              y={1}
              width={6}
              height={14}
              fill={row.isQuiet ? 'var(--card)' : edgeOf(row.tone)}
              stroke={edgeOf(row.tone)}
              strokeWidth={1.5}
            />
          )}
        </svg>
        {row.remark == null ? null : <span className={`small quiet ${classes.remark}`}>{row.remark}</span>}
      </li>
    ))}
    <li className={`small quiet ${classes.axis}`} aria-hidden>
      <span>0 %</span>
      <span>50 %</span>
      <span>100 %</span>
    </li>
  </ul>
)
