import type { MetricDescription, Point } from '../../../shared/contract/metric.ts'
import { formatDecimal, formatHours, NO_BREAK } from '../../../shared/format.ts'
import { formatMeasured, type Unit } from '../../../shared/unit.ts'
import { isNotAvailable, type ReportView } from '../metric/report-view.ts'

type Change = { key: string; label: string; now: string; before: string; change: string }
export type Changes = { period: string; before: string; list: Change[] }

const COMPARED = [
  'members',
  'joins',
  'first-seen',
  'leavers',
  'active-people',
  'contributions',
  'questions',
  'answered-share',
  'time-to-first-answer',
  'helpers',
  'top-share-of-answers',
  'two-way-share',
]

const overlaps = (a: Point, b: Point): boolean | null =>
  a.low === null || a.high === null || b.low === null || b.high === null ? null : a.low <= b.high && b.low <= a.high

const saySize = (difference: number, unit: Unit): string => {
  const size = Math.abs(difference)
  if (unit === 'share') {
    const points = formatDecimal(size * 100, 0)
    return `${points}${NO_BREAK}point${points === '1' ? '' : 's'}`
  }
  return unit === 'hours' ? formatHours(size) : formatDecimal(size, unit === 'index' ? 2 : unit === 'voices' ? 1 : 0)
}

/** The change in words. Better and worse are said only where the metric has a direction and the intervals part. */
export const sayChange = (now: Point, before: Point, unit: Unit, direction: MetricDescription['direction']): string => {
  if (now.value === null || before.value === null) return 'cannot be compared'
  const difference = now.value - before.value
  const size = saySize(difference, unit)
  if (difference === 0 || /^0\D*$/.test(size)) return '→ the same'
  const isUp = difference > 0
  const words = unit === 'hours' ? (isUp ? 'longer' : 'shorter') : unit === 'share' ? (isUp ? 'up' : 'down') : isUp ? 'more' : 'fewer'
  const said = unit === 'share' ? `${isUp ? '↑ up' : '↓ down'} ${size}` : `${isUp ? '↑' : '↓'} ${size} ${words}`
  const isChance = overlaps(now, before)
  if (isChance === true) return `${said}; may be chance, the intervals overlap`
  if (isChance === null || direction === 'none') return said
  return `${said}, for the ${(direction === 'up') === isUp ? 'better' : 'worse'}`
}

/** The last period that is over beside the one before it; null when there are not two. */
export const findChanges = (view: ReportView, catalogue: MetricDescription[]): Changes | null => {
  const { periods } = view.report
  const unfinished = view.report.metrics[0]?.points.findLast((p) => !p.is_unfinished)?.period
  const at = unfinished === undefined ? -1 : periods.indexOf(unfinished)
  const [period, before] = [periods[at], periods[at - 1]]
  if (period === undefined || before === undefined) return null
  const list: Change[] = []
  for (const key of COMPARED) {
    const metric = catalogue.find((m) => m.id === key)
    const points = view.series(key)?.points
    const [then, now] = [points?.find((p) => p.period === before), points?.find((p) => p.period === period)]
    if (metric === undefined || now === undefined || then === undefined) continue
    // who was first seen stands in for who joined, and beside it says the same twice
    if (key === 'first-seen' && !isNotAvailable(view.series('joins'))) continue
    const [saidNow, saidThen] = [formatMeasured(now, metric.unit), formatMeasured(then, metric.unit)]
    if (saidNow === null && saidThen === null) continue
    list.push({
      key,
      label: metric.title,
      now: saidNow ?? 'no value',
      before: saidThen ?? 'no value',
      change: sayChange(now, then, metric.unit, metric.direction),
    })
  }
  return { period, before, list }
}
