import { lazy, memo, type ReactNode, Suspense, useContext, useMemo } from 'react'
import classes from './chart-card.module.css'
import { ChartNotes } from './chart-notes.ts'
import type { Chart } from './chart-point.ts'
import { tableOfChart } from './chart-table.ts'
import { FigureCard, type FigureProps, type FigureTable, NothingToDraw } from './figure-card.tsx'
import { sayNothing } from './say-nothing.ts'
import { useInTurn } from './use-in-turn.ts'

// the drawing library is most of the weight of a page with charts, and sentences and tables do not need it
const TimeChart = lazy(async () => ({ default: memo((await import('./time-chart.tsx')).TimeChart) }))

type ChartCardProps = Omit<FigureProps, 'table' | 'children'> & {
  chart: Chart
  /** Makes a number of the table lead to what it is made of; gives it back as it is where nothing does. */
  linkCell?: (series: string, period: string, text: string) => ReactNode
  /** A period of the chart was chosen. */
  onPick?: ((period: string) => void) | undefined
}

const tableOf = (chart: Chart, linkCell: ChartCardProps['linkCell']): FigureTable => {
  const { columns, rows, csv } = tableOfChart(chart)
  return {
    columns,
    csv,
    rows: rows.map(({ period, cells }) => ({
      key: period,
      cells: cells.map((cell, i) => {
        const series = columns[i]?.series
        return linkCell === undefined || series == null || cell === '–' ? cell : linkCell(series, period, cell)
      }),
    })),
  }
}

/** Values over time, with their question, the answer in words, the table behind them and their files. */
export const ChartCard = ({ chart: plain, linkCell, onPick, ...figure }: ChartCardProps) => {
  const findNotes = useContext(ChartNotes)
  const chart = useMemo((): Chart => {
    const notes = plain.notes ?? findNotes(plain.periods)
    return notes.length === 0 ? plain : { ...plain, notes }
  }, [plain, findNotes])
  const drawn = useInTurn(chart)
  const hasValues = chart.series.some((s) => s.points.some((p) => p.value !== null))
  return (
    <FigureCard {...figure} table={tableOf(chart, linkCell)}>
      {hasValues ? (
        <Suspense fallback={<div className={classes.waiting} />}>
          <TimeChart chart={drawn} label={figure.question} onPick={onPick} />
        </Suspense>
      ) : (
        <NothingToDraw>{sayNothing(chart.series.flatMap(({ points }) => points)) ?? 'Nothing was found in these periods.'}</NothingToDraw>
      )}
    </FigureCard>
  )
}
