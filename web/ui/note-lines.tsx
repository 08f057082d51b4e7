import { usePlotArea, useXAxisScale } from 'recharts'
import classes from './chart.module.css'
import { placeNotes } from './chart-notes.ts'
import type { ChartNote } from './chart-point.ts'

/** A thin line through a period for each note, with its first words above; the whole stands in the tooltip and in the table. */
export const NoteLines = ({ notes }: { notes: readonly ChartNote[] }) => {
  const scale = useXAxisScale()
  const area = usePlotArea()
  if (scale === undefined || area === undefined) return null
  const found = notes.map((note) => ({ note, x: Number(scale(note.period, { position: 'middle' })) })).filter(({ x }) => !Number.isNaN(x))
  return (
    <g aria-hidden>
      {placeNotes(found, area.x, area.x + area.width).map(({ x, text, notes: all, lines }) => (
        <g key={x}>
          <title>{all.map(({ label }) => label).join('\n')}</title>
          {/* the first reaches up to the label; the others would run through it */}
          {lines.map((at, i) => (
            <line
              key={at}
              x1={at}
              x2={at}
              y1={i === 0 ? area.y - 14 : area.y}
              y2={area.y + area.height}
              stroke="var(--ink)"
              strokeWidth={1}
              opacity={0.6}
            />
          ))}
          <text x={x} y={area.y - 5} className={classes.noteLabel}>
            {text}
          </text>
        </g>
      ))}
    </g>
  )
}
