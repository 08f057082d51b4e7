import type { ReactNode } from 'react'
import classes from './interval-rows.module.css'
import { edgeOf, fillOf, type Tone } from './palette.ts'

/** A number with its interval; `high` null where the interval has no upper end, `low` null where there is none. */
export type IntervalRow = {
  key: string
  label: string
  value: number | null
  low: number | null
  high: number | null
  /** The value in words; may lead somewhere. */
  text: ReactNode
  /** The first of its kind, that the others are held against, is filled. */
  isFirst: boolean
}

/** Numbers of one unit under each other on one axis from zero: the value as a dot, its interval as a band. The text says it too. */
export const IntervalRows = ({
  rows,
  max,
  axis,
  tone,
}: {
  rows: readonly IntervalRow[]
  max: number
  axis: [string, string]
  tone: Tone
}) => {
  const at = (value: number) => `${(Math.min(Math.max(value, 0), max) / max) * 100}%`
  return (
    <div className={classes.rows}>
      {rows.map((row) => (
        <div key={row.key} className={classes.row}>
          <span className={classes.label}>{row.label}</span>
          <span className={classes.track} aria-hidden>
            {row.low === null ? null : (
              <span
                className={`${classes.band} ${row.high === null ? classes.open : ''}`}
                style={{
                  left: at(row.low),
                  width: `calc(${row.high === null ? '100%' : at(row.high)} - ${at(row.low)})`,
                  background: fillOf(tone),
                }}
              />
            )}
            {row.value === null ? null : (
              <span
                className={classes.dot}
                style={{ left: at(row.value), borderColor: edgeOf(tone), background: row.isFirst ? edgeOf(tone) : 'var(--card)' }}
              />
            )}
          </span>
          <span className={classes.value}>{row.text}</span>
        </div>
      ))}
      <div className={classes.row} aria-hidden>
        <span className={classes.axis}>
          <span>{axis[0]}</span>
          <span>{axis[1]}</span>
        </span>
      </div>
    </div>
  )
}
