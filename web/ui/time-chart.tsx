import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { formatDecimal } from '../../shared/format.ts'
import { nameUnit } from '../../shared/unit.ts'
import classes from './chart.module.css'
import { type EndLabel, EndLabels, GapMarks, HatchPatterns, hatchId, PeriodNote, UnfinishedGround } from './chart-parts.tsx'
import { Grounds, Marks } from './chart-marks.tsx'
import type { Chart, ChartSeries } from './chart-point.ts'
import { nameTicks, niceTicks } from './chart-scale.ts'
import { NoteLines } from './note-lines.tsx'
import { edgeOf, fillOf } from './palette.ts'

const HEIGHT = 240
/** Above the drawing: for the unit, and a row each for labels of notes and of marks where there are any. */
const TOP = 24
const ROW = 18
/** Below this the labels stand above the chart instead of at the end of its lines. */
const MIN_WIDTH_FOR_END_LABELS = 460
/** More intervals than this on top of each other cannot be told apart. */
const MAX_BANDS = 1

type Row = Record<string, number | string | null | [number, number]>

/** In a diverging chart every series but the first lies below the line. */
const signOf = (chart: Chart, index: number): 1 | -1 => (chart.kind === 'diverging' && index > 0 ? -1 : 1)

const rowsOf = (chart: Chart): Row[] =>
  chart.periods.map((period, at) => {
    const row: Row = { period }
    for (const [i, one] of chart.series.entries()) {
      const point = one.points[at]
      row[one.id] = point?.value == null ? null : point.value * signOf(chart, i)
      if (point?.low != null && point.high != null && point.value !== null) row[`${one.id}:band`] = [point.low, point.high]
    }
    return row
  })

const extentOf = (chart: Chart, withBands: boolean): [number, number] => {
  let low = 0
  let high = chart.threshold?.value ?? 0
  for (const at of chart.periods.keys()) {
    let stack = 0
    for (const [i, one] of chart.series.entries()) {
      const point = one.points[at]
      if (point?.value == null) continue
      const value = point.value * signOf(chart, i)
      stack += value
      low = Math.min(low, value)
      high = Math.max(high, chart.kind === 'stacked' ? stack : value, withBands && !one.isQuiet ? (point.high ?? 0) : 0)
    }
  }
  return [low, high]
}

/** Labels stand where the last value of each series is. */
const endLabelsOf = (chart: Chart): EndLabel[] => {
  const labels: EndLabel[] = []
  const lastStacked = chart.periods.findLastIndex((_, at) => chart.series.some((s) => s.points[at]?.value != null))
  let stack = 0
  for (const [i, one] of chart.series.entries()) {
    const at = chart.kind === 'stacked' ? lastStacked : one.points.findLastIndex((p) => p.value !== null)
    const value = one.points[at]?.value
    if (value == null || (chart.kind === 'stacked' && value === 0)) continue
    labels.push({
      text: one.label,
      tone: one.tone,
      isQuiet: one.isQuiet ?? false,
      at: chart.kind === 'stacked' ? stack + value / 2 : chart.kind === 'diverging' ? (value / 2) * signOf(chart, i) : value,
    })
    stack += value
  }
  return labels
}

const Key = ({ series }: { series: ChartSeries[] }) => (
  <div className={classes.key} aria-hidden>
    {series.map((one) => (
      <span key={one.id}>
        <i className={classes.swatch} style={{ background: one.isQuiet ? 'none' : fillOf(one.tone), borderColor: edgeOf(one.tone) }} />
        {one.label}
      </span>
    ))}
  </div>
)

/** Values over time: bars, stacked or diverging bars, or lines with their interval as a band. Knows nothing of what they mean. */
export const TimeChart = ({
  chart: whole,
  label,
  onPick,
}: {
  chart: Chart
  label: string
  onPick?: ((period: string) => void) | undefined
}) => {
  const { ref, width } = useElementSize()
  const chartId = useId().replaceAll(/[^a-zA-Z0-9]/g, '')
  const chart = { ...whole, series: whole.series.filter(({ isHidden }) => isHidden !== true) }
  const { kind, unit, periods, series, threshold, notes = [], grounds = [], marks = [] } = chart
  const isBars = kind !== 'lines'
  const loud = series.filter((s) => !s.isQuiet)
  const withBands = !isBars && loud.length <= MAX_BANDS
  const labels = endLabelsOf(chart)
  const isWide = width >= MIN_WIDTH_FOR_END_LABELS
  const needsLabels = series.length > 1
  const longest = Math.max(0, ...labels.map((l) => l.text.length))
  const rightMargin = isWide && needsLabels ? 30 + Math.min(150, longest * 7.2) : 12
  const isWhole = unit !== 'share' && unit !== 'hours' && unit !== 'voices' && unit !== 'index'
  const [low, high] = extentOf(chart, withBands)
  const ticks = unit === 'share' && high > 0.5 ? [0, 0.25, 0.5, 0.75, 1] : niceTicks(low, chart.max ?? high, 4, isWhole)
  const names = nameTicks(periods, Math.max(2, Math.floor((width - 60 - rightMargin) / 72)))
  const unfinished = periods.filter((_, at) => series.some((s) => s.points[at]?.is_unfinished))
  const gaps = periods.filter((_, at) => loud.every((s) => s.points[at]?.value == null))
  const formatTick = (value: number) => {
    const shown = unit === 'share' ? value * 100 : value
    return formatDecimal(kind === 'diverging' ? Math.abs(shown) : shown, 3)
  }
  const unitName = chart.axis ?? nameUnit(unit)
  const isUnfinished = (period: string) => unfinished.includes(period)
  return (
    <div ref={ref} className={classes.frame} style={{ minHeight: HEIGHT }}>
      {!isWide && needsLabels && width > 0 ? <Key series={series} /> : null}
      {width === 0 ? null : (
        <ComposedChart
          width={width}
          height={HEIGHT}
          data={rowsOf(chart)}
          margin={{ top: TOP + ROW * ((notes.length > 0 ? 1 : 0) + (marks.length > 0 ? 1 : 0)), right: rightMargin, bottom: 0, left: 0 }}
          stackOffset={kind === 'diverging' ? 'sign' : 'none'}
          barCategoryGap={periods.length > 60 ? 0 : '22%'}
          accessibilityLayer
          {...(onPick === undefined
            ? {}
            : {
                style: { cursor: 'pointer' },
                onClick: ({ activeLabel }: { activeLabel?: string | number | undefined }) => {
                  if (activeLabel !== undefined) onPick(String(activeLabel))
                },
              })}
          title={label}
        >
          <HatchPatterns chartId={chartId} tones={[...new Set([...series.map((s) => s.tone), 'other' as const])]} />
          {grounds.length === 0 ? null : <Grounds grounds={grounds} />}
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <text x={0} y={10} className={classes.axisLabel}>
            {unitName}
          </text>
          <XAxis
            dataKey="period"
            scale={isBars ? 'auto' : 'band'}
            ticks={[...names.keys()]}
            tickFormatter={(period: string) => names.get(period) ?? ''}
            interval={0}
            tickLine={false}
            axisLine={{ stroke: 'var(--quiet)' }}
            tick={{ fontSize: 13, fill: 'var(--quiet)' }}
            height={24}
          />
          <YAxis
            ticks={ticks}
            domain={[ticks[0] as number, ticks.at(-1) as number]}
            tickFormatter={formatTick}
            axisLine={false}
            tickLine={false}
            width={unit === 'contributions' || Math.max(...ticks.map(Math.abs)) >= 1000 ? 48 : 36}
            tick={{ fontSize: 13, fill: 'var(--quiet)' }}
            interval={0}
          />
          {isBars ? null : <UnfinishedGround chartId={chartId} periods={unfinished} />}
          <GapMarks periods={gaps} />
          <Tooltip
            isAnimationActive={false}
            cursor={isBars ? { fill: 'var(--wash)' } : { stroke: 'var(--quiet)' }}
            content={({ active, label: period }) => (active ? <PeriodNote chart={whole} period={String(period)} /> : null)}
            wrapperStyle={{ zIndex: 20 }}
            allowEscapeViewBox={{ x: false, y: true }}
          />
          {kind === 'diverging' ? <ReferenceLine y={0} stroke="var(--ink)" /> : null}
          {threshold === undefined ? null : (
            <ReferenceLine
              y={threshold.value}
              stroke="var(--ink)"
              strokeDasharray="2 3"
              label={{ value: threshold.label, position: 'insideTopLeft', fontSize: 13, fill: 'var(--quiet)' }}
            />
          )}
          {withBands
            ? loud.map((one) => (
                <Area
                  key={`${one.id}:band`}
                  dataKey={`${one.id}:band`}
                  stroke="none"
                  fill={fillOf(one.tone)}
                  fillOpacity={0.18}
                  isAnimationActive={false}
                  activeDot={false}
                  connectNulls={false}
                />
              ))
            : null}
          {series.map((one) =>
            isBars && !one.isQuiet ? (
              <Bar
                key={one.id}
                dataKey={one.id}
                {...(kind === 'bars' ? {} : { stackId: 'all' })}
                maxBarSize={36}
                isAnimationActive={false}
                shape={({
                  x,
                  y,
                  width: w,
                  height: h,
                  payload,
                }: {
                  x?: number
                  y?: number
                  width?: number
                  height?: number
                  payload?: Row
                }) => (
                  <rect
                    x={x}
                    y={Math.min(y ?? 0, (y ?? 0) + (h ?? 0))}
                    width={w}
                    height={Math.abs(h ?? 0)}
                    fill={isUnfinished(String(payload?.period)) ? `url(#${hatchId(chartId, one.tone)})` : fillOf(one.tone)}
                    stroke={Math.abs(h ?? 0) < 0.5 ? 'none' : edgeOf(one.tone)}
                    strokeWidth={periods.length > 60 ? 0 : 1}
                  />
                )}
              />
            ) : (
              <Line
                key={one.id}
                dataKey={one.id}
                stroke={one.isQuiet ? 'var(--quiet)' : edgeOf(one.tone)}
                strokeWidth={one.isQuiet ? 1.5 : 2}
                {...(one.isQuiet ? { strokeDasharray: '3 3' } : {})}
                isAnimationActive={false}
                connectNulls={false}
                activeDot={{ r: 4 }}
                dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) => {
                  const at = index ?? 0
                  const point = one.points[at]
                  const isAlone = one.points[at - 1]?.value == null && one.points[at + 1]?.value == null
                  const isLast = at === one.points.findLastIndex((p) => p.value !== null)
                  if (point?.value == null || !(isAlone || isLast || point.is_unfinished)) return <g key={`dot${at}`} />
                  const colour = one.isQuiet ? 'var(--quiet)' : edgeOf(one.tone)
                  return (
                    <circle
                      key={`dot${at}`}
                      cx={cx}
                      cy={cy}
                      r={3.5}
                      stroke={colour}
                      strokeWidth={2}
                      fill={point.is_unfinished ? 'var(--card)' : colour}
                    />
                  )
                }}
              />
            ),
          )}
          {marks.length === 0 ? null : <Marks chart={chart} />}
          {notes.length === 0 ? null : <NoteLines notes={notes} />}
          {isWide && needsLabels ? <EndLabels labels={labels} /> : null}
        </ComposedChart>
      )}
    </div>
  )
}
