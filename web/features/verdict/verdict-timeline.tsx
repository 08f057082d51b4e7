import { useElementSize } from '@mantine/hooks'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { formatPeriodShort } from '../../../shared/format.ts'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import { nameYears, placeLabels, sayMonth, type Timeline } from './timeline-rows.ts'
import classes from './timeline.module.css'
import { TimelineMonths } from './timeline-months.tsx'
import { VerdictMark } from './verdict-mark.tsx'
import { TRAJECTORY_WORDS, VERDICT_WORDS } from './verdict-words.ts'

/** A month is at least this wide, in pixels; where the room is less, the drawing scrolls inside itself. */
const LEAST_CELL = 5
const LEAST_CELL_NARROW = 13
const MOST_CELL = 40
const NAMES_WIDE = 136
const NAMES_NARROW = 104

/** Above the lanes stand the names of what stands, its band, and the head of the lanes. */
const FIRST_LANE = 4

/**
 * Every month of the history, left to right: what stood, above as a band named where it changes; below what each month read
 * as, one lane a verdict, so that the place says it and not colour alone. A month leads to its evidence.
 */
export const VerdictTimeline = ({ timeline, chosen }: { timeline: Timeline; chosen: string }) => {
  const { months, lanes, standing, directions } = timeline
  const { ref, width } = useElementSize()
  const grid = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState<string | null>(null)
  const isNarrow = width > 0 && width < 640
  const names = isNarrow ? NAMES_NARROW : NAMES_WIDE
  const least = isNarrow ? LEAST_CELL_NARROW : LEAST_CELL
  const cell = Math.min(MOST_CELL, Math.max(least, (width - names) / Math.max(1, months.length)))
  const directionRow = lanes.length + FIRST_LANE
  const yearRow = directionRow + (directions.length > 0 ? 1 : 0)
  const told = months.find((month) => month.period === (pointed ?? chosen)) ?? months.at(-1)

  useEffect(() => {
    // what is chosen, or the newest, is in sight where the drawing scrolls
    const frame = grid.current?.parentElement
    const at = months.findIndex((month) => month.period === chosen)
    if (frame && width > 0 && at >= 0) frame.scrollLeft = at * cell - (width - names) * 0.8
  }, [chosen, months, width, names, cell])

  const place = (row: number, from: number, to = from): CSSProperties => ({ gridRow: row, gridColumn: `${from + 2} / ${to + 3}` })
  return (
    <div ref={ref} className={classes.wrap}>
      <div className={classes.frame}>
        <div
          ref={grid}
          className={classes.grid}
          style={
            { '--names': `${names}px`, '--count': months.length, '--least': `${least}px`, '--most': `${MOST_CELL}px` } as CSSProperties
          }
        >
          {/* what scrolls goes under the names, also where a row has none */}
          <span className={classes.name} style={{ gridRow: 1, gridColumn: 1 }} />
          <span className={classes.name} style={{ gridRow: yearRow, gridColumn: 1 }} />
          <span className={classes.name} style={{ gridRow: 2, gridColumn: 1 }}>
            <span className="strong">Stands</span>
          </span>
          {placeLabels(standing, (of) => VERDICT_WORDS[of].word, cell, months.length).map(({ segment, until }) => (
            <span key={segment.from} className={classes.bandLabel} style={place(1, segment.from, until)} aria-hidden>
              <span className={classes.bandWord}>{VERDICT_WORDS[segment.of].word}</span>
            </span>
          ))}
          {standing.map((segment) => (
            <span
              key={segment.from}
              className={classes.band}
              data-hollow={segment.of === 'dormant' || segment.of === 'too_little_data'}
              style={
                {
                  ...place(2, segment.from, segment.to),
                  '--fill': fillOf(VERDICT_WORDS[segment.of].tone),
                  '--edge': edgeOf(VERDICT_WORDS[segment.of].tone),
                } as CSSProperties
              }
            />
          ))}
          {lanes.map((lane, row) => (
            <span key={lane} className={classes.lane} style={{ gridRow: row + FIRST_LANE, gridColumn: '1 / -1' }} />
          ))}
          <span className={classes.name} style={{ gridRow: 3, gridColumn: 1 }}>
            <span className={classes.tracks}>Each month reads as</span>
          </span>
          {lanes.map((lane, row) => (
            <span key={lane} className={classes.name} style={{ gridRow: row + FIRST_LANE, gridColumn: 1 }}>
              <VerdictMark verdict={lane} size={14} /> {VERDICT_WORDS[lane].word}
            </span>
          ))}
          {directions.length === 0 ? null : (
            <span className={classes.name} style={{ gridRow: directionRow, gridColumn: 1 }}>
              Direction
            </span>
          )}
          {directions.map((segment) => (
            <span
              key={segment.from}
              className={classes.direction}
              data-way={segment.of}
              style={place(directionRow, segment.from, segment.to)}
            >
              {TRAJECTORY_WORDS[segment.of].arrow}
              {(segment.to - segment.from + 1) * cell > 76 ? ` ${segment.of}` : ''}
            </span>
          ))}
          {nameYears(months, cell).map(({ year, at }) => (
            <span key={at} className={classes.year} style={{ gridRow: yearRow, gridColumn: `${at + 2} / -1` }} aria-hidden>
              {year}
            </span>
          ))}
          <TimelineMonths months={months} lanes={lanes} firstLane={FIRST_LANE} endRow={yearRow} chosen={chosen} onPoint={setPointed} />
        </div>
      </div>
      <p className={classes.told} aria-hidden>
        {told === undefined ? '' : sayMonth(told)}
      </p>
      {isNarrow && months.length * least > width - names ? (
        <p className="small quiet no-print" aria-hidden>
          ← scrolls back to {formatPeriodShort(months[0]?.period ?? '')}
        </p>
      ) : null}
    </div>
  )
}

/** What full, hatched and hollow mean. */
export const TimelineKey = () => (
  <p className={classes.key}>
    {(
      [
        ['clear', 'clear'],
        ['leaning', 'leaning'],
        ['none', 'no clear pattern'],
        ['hollow', 'too little data, dormant'],
      ] as const
    ).map(([fill, word]) => (
      <span key={fill}>
        <i
          className={classes.mark}
          data-fill={fill}
          style={{ '--fill': 'var(--tone-ink)', '--edge': 'var(--tone-ink-edge)' } as CSSProperties}
        />
        {word}
      </span>
    ))}
  </p>
)
