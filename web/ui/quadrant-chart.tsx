import { useElementSize } from '@mantine/hooks'
import { formatCount } from '../../shared/format.ts'
import classes from './chart.module.css'
import { type LabelWish, placeLabels, widthOfText } from './place-labels.ts'
import { edgeOf, fillOf } from './palette.ts'

/** Some things at one place: the first gives the name. `isMarked` is drawn with a ring around it. */
export type QuadrantPoint = {
  id: string
  x: number
  y: number
  name: string
  /** What stands when the pointer rests on it. */
  title: string
  isLoud: boolean
  isMarked: boolean
  /** Named first; lower numbers before higher. */
  rank: number
}

type Props = {
  points: QuadrantPoint[]
  xLabel: string
  yLabel: string
  /** Many is more than this. */
  boundary: { x: number; y: number }
  /** The names of the corners. */
  corners: { topLeft: string; topRight: string; bottomLeft: string; bottomRight: string }
  label: string
  onPick: (id: string) => void
}

const HEIGHT = 380
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 16, 28, 44]
const RADIUS = 6
/** Longer names are cut in the drawing; the table has them whole. */
const MAX_LETTERS = 24
const MAX_LABELS = 14
const MIN_WIDTH_FOR_CORNERS = 620

const cut = (name: string): string => {
  const letters = [...name]
  return letters.length <= MAX_LETTERS ? name : `${letters.slice(0, MAX_LETTERS - 1).join('')}…`
}

const ROUND = [
  0, 1, 2, 3, 5, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
]

/** Round numbers that lie on an axis, growing by multiples, with room between them. */
const ticksOn = (place: (value: number) => number, [from, to]: [number, number], room: number): number[] => {
  const kept: number[] = []
  for (const value of ROUND) {
    if (place(value) < Math.min(from, to) || place(value) > Math.max(from, to)) continue
    const last = kept.at(-1)
    if (last === undefined || Math.abs(place(value) - place(last)) >= room) kept.push(value)
  }
  return kept
}

/** Counts are whole and many is more than the boundary: the line stands halfway to the next count. */
const cutOf = (boundary: number): number => Math.floor(boundary) + 0.5

const extentOf = (values: number[]): [number, number] => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return [Math.log1p(least), Math.log1p(Math.max(most, least + 1))]
}

/** Things by two counts on log axes, cut in four at a boundary of each. The counts begin at none, which a log of count + 1 can show. */
export const QuadrantChart = ({ points, xLabel, yLabel, boundary, corners, label, onPick }: Props) => {
  const { ref, width } = useElementSize()
  const right = width - RIGHT
  const foot = HEIGHT - BOTTOM
  const [inset, ground] = [LEFT + 24, foot - 24]
  const [edgeX, edgeY] = [cutOf(boundary.x), cutOf(boundary.y)]
  const [leastX, mostX] = extentOf([edgeX, ...points.map((point) => point.x)])
  const [leastY, mostY] = extentOf([edgeY, ...points.map((point) => point.y)])
  const x = (value: number) => inset + ((right - 24 - inset) * (Math.log1p(value) - leastX)) / (mostX - leastX)
  const y = (value: number) => ground - ((ground - TOP - 20) * (Math.log1p(value) - leastY)) / (mostY - leastY)
  const [cutX, cutY] = [x(edgeX), y(edgeY)]
  const wishes: LabelWish[] = points.map((point) => ({
    id: point.id,
    x: x(point.x),
    y: y(point.y),
    radius: point.isMarked ? RADIUS + 3 : RADIUS,
    text: cut(point.name),
  }))
  const ranked = points
    .map((point, i) => ({ rank: point.rank, wish: wishes[i] as LabelWish }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MAX_LABELS)
    .map(({ wish }) => wish)
  const names =
    width < MIN_WIDTH_FOR_CORNERS
      ? []
      : [
          { text: corners.topLeft, at: LEFT + 6, y: TOP - 2, anchor: 'start' as const },
          { text: corners.topRight, at: right - 2, y: TOP - 2, anchor: 'end' as const },
          { text: corners.bottomLeft, at: LEFT + 6, y: foot - 6, anchor: 'start' as const },
          { text: corners.bottomRight, at: right - 2, y: foot - 6, anchor: 'end' as const },
          // a name that reaches into another quarter would name that one
        ].filter(({ text, anchor }) => widthOfText(text) < (anchor === 'start' ? cutX - LEFT : right - cutX))
  const taken = names.map(({ text, at, y: bottom, anchor }) => {
    const long = widthOfText(text)
    return { left: anchor === 'start' ? at : at - long, right: anchor === 'start' ? at + long : at, top: bottom - 13, bottom: bottom + 4 }
  })
  const labels = width === 0 ? [] : placeLabels(ranked, wishes, { left: LEFT, right: width, top: TOP, bottom: foot }, taken)
  return (
    <div ref={ref} className={classes.frame} style={{ minHeight: HEIGHT }}>
      {width === 0 ? null : (
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
          <rect x={cutX} y={cutY} width={Math.max(0, right - cutX)} height={Math.max(0, foot - cutY)} fill="var(--wash)" />
          <line x1={LEFT} x2={right} y1={foot} y2={foot} stroke="var(--quiet)" />
          <line x1={LEFT} x2={LEFT} y1={TOP} y2={foot} stroke="var(--quiet)" />
          <line x1={cutX} x2={cutX} y1={TOP} y2={foot} stroke="var(--quiet)" strokeDasharray="2 3" />
          <line x1={LEFT} x2={right} y1={cutY} y2={cutY} stroke="var(--quiet)" strokeDasharray="2 3" />
          <text x={0} y={12} className={classes.axisLabel}>
            {yLabel}
          </text>
          <text x={right} y={HEIGHT - 4} textAnchor="end" className={classes.axisLabel}>
            {xLabel}
          </text>
          {ticksOn(x, [LEFT, right], 44).map((value) => (
            <text key={value} x={x(value)} y={foot + 18} textAnchor="middle" className={classes.axisLabel}>
              {formatCount(value)}
            </text>
          ))}
          {ticksOn(y, [foot, TOP], 24).map((value) => (
            <text key={value} x={LEFT - 8} y={y(value)} dy="0.34em" textAnchor="end" className={classes.axisLabel}>
              {formatCount(value)}
            </text>
          ))}
          {names.map(({ text, at, y: bottom, anchor }) => (
            <text key={text} x={at} y={bottom} textAnchor={anchor} className={classes.axisLabel} fontStyle="italic">
              {text}
            </text>
          ))}
          {points.map((point) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the pointer; the links of the table behind it lead to the same
            <g key={point.id} onClick={() => onPick(point.id)} style={{ cursor: 'pointer' }}>
              <title>{point.title}</title>
              {point.isMarked ? (
                <circle cx={x(point.x)} cy={y(point.y)} r={RADIUS + 3} fill="none" stroke="var(--ink)" strokeWidth={1.5} />
              ) : null}
              <circle
                cx={x(point.x)}
                cy={y(point.y)}
                r={RADIUS}
                fill={point.isLoud ? 'var(--ink)' : fillOf('help')}
                fillOpacity={point.isLoud ? 1 : 0.6}
                stroke={point.isLoud ? 'var(--ink)' : edgeOf('help')}
              />
            </g>
          ))}
          {labels.map((placed) => (
            <text
              key={placed.id}
              x={placed.textX}
              y={placed.textY}
              dy="0.34em"
              textAnchor={placed.anchor}
              className={classes.endLabel}
              direction="ltr"
              style={{ unicodeBidi: 'isolate', paintOrder: 'stroke', stroke: 'var(--card)', strokeWidth: 3, pointerEvents: 'none' }}
            >
              {placed.text}
            </text>
          ))}
        </svg>
      )}
    </div>
  )
}
