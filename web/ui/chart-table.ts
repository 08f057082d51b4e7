import { formatPeriod, startSentence } from '../../shared/format.ts'
import { formatBareValue, formatInterval, nameUnit } from '../../shared/unit.ts'
import type { Chart } from './chart-point.ts'
import type { Cell } from './csv.ts'

export type ChartTable = {
  /** `series` is the id of the series whose number stands in the column; null for what is none. */
  columns: { label: string; isNumber: boolean; series: string | null }[]
  rows: { period: string; cells: string[] }[]
  csv: Cell[][]
}

/** The same data as the chart shows, as a table: values, intervals, k of n and the reasons for what is missing. */
export const tableOfChart = ({ periods, series, unit, notes: noted = [], grounds = [], marks = [], axis }: Chart): ChartTable => {
  const hasInterval = series.map((s) => s.points.some((p) => p.low !== null && p.high !== null))
  const hasCases = series.map((s) => s.points.some((p) => p.denominator !== null && p.numerator !== null))
  const unitName = axis ?? nameUnit(unit)
  const columns: ChartTable['columns'] = [{ label: 'Period', isNumber: false, series: null }]
  const header: Cell[] = ['period', 'unfinished']
  for (const [i, one] of series.entries()) {
    columns.push({ label: unitName === '' ? one.label : `${one.label}, ${unitName}`, isNumber: true, series: one.id })
    header.push(one.label)
    if (hasInterval[i]) columns.push({ label: '95 % interval', isNumber: true, series: null })
    if (hasInterval[i]) header.push(`${one.label}: low`, `${one.label}: high`)
    if (hasCases[i]) columns.push({ label: 'Cases', isNumber: true, series: one.id })
    if (hasCases[i]) header.push(`${one.label}: numerator`, `${one.label}: denominator`)
  }
  const hasNotes = noted.length > 0
  if (hasNotes) columns.push({ label: 'Interventions', isNumber: false, series: null })
  if (hasNotes) header.push('interventions')
  columns.push({ label: 'Note', isNumber: false, series: null })
  header.push('note')

  const rows: ChartTable['rows'] = []
  const csv: Cell[][] = [header]
  for (const [at, period] of periods.entries()) {
    const isUnfinished = series.some((s) => s.points[at]?.is_unfinished)
    const cells = [startSentence(formatPeriod(period))]
    const line: Cell[] = [period, isUnfinished ? 'yes' : 'no']
    const notes = new Set<string>(isUnfinished ? ['Not over yet.'] : [])
    for (const [i, one] of series.entries()) {
      const point = one.points[at]
      const value = point?.value ?? null
      cells.push(value === null ? '–' : formatBareValue(value, unit, point?.denominator ?? 0))
      line.push(value)
      if (hasInterval[i]) cells.push(formatInterval(point?.low ?? null, point?.high ?? null, unit) ?? '–')
      if (hasInterval[i]) line.push(point?.low ?? null, point?.high ?? null)
      if (hasCases[i])
        cells.push(point?.denominator == null || point.numerator === null ? '–' : `${point.numerator} of ${point.denominator}`)
      if (hasCases[i]) line.push(point?.numerator ?? null, point?.denominator ?? null)
      if (point?.reason != null) notes.add(point.reason)
    }
    for (const { label } of marks.filter((one) => one.period === period)) notes.add(`${label}.`)
    for (const { from, to, label } of grounds) if (periods.indexOf(from) <= at && at <= periods.indexOf(to)) notes.add(label)
    const titles = noted.filter((one) => one.period === period).map(({ label }) => label)
    // each apart from the next, whichever way it is read
    if (hasNotes) cells.push(titles.map((title) => `\u2068${title}\u2069`).join('; '))
    if (hasNotes) line.push(titles.join('; '))
    const note = [...notes].join(' ')
    rows.push({ period, cells: [...cells, note] })
    csv.push([...line, note])
  }
  return { columns, rows, csv }
}
