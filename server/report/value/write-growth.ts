import type { Measured } from '../../../shared/contract/metric.ts'
import type { ReportContent } from '../../../shared/contract/value-report.ts'
import {
  countOf,
  formatChange,
  formatCount,
  formatPercent,
  formatPeriod,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import { daysOfPeriod, shiftPeriod } from '../../../shared/period.ts'
import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { isOfFew, isShown } from './make-figure.ts'
import type { MonthFindings, ReportMaterial } from './report-material.ts'
import { SMALL_GROUP, sayReason } from './say-reason.ts'

type Growth = ReportContent['growth']
type Row = Growth['rows'][number]
type Cell = Row['cells'][number]

/** Who joined and left, this month, the month before and a year before; what no source tells is said and not counted as nobody. */
export const writeGrowth = (material: ReportMaterial): Growth => {
  const { month, months, sources } = material
  const tells = (what: string) => sources.some((source) => source.tells.includes(what))
  const told = { joins: material.days === null || tells('joins'), leaves: tells('leaves') }
  const columns = [month, shiftPeriod(month, 'month', -1), shiftPeriod(month, 'month', -12)]
  const at = columns.map((column) => months.find((one) => one.month === column))
  const row = (id: Row['id'], key: string, label: string, note: Row['note']): Row => {
    const cells = columns.map((column, i) => cellOf(at[i], column, key, id, material)) as Row['cells']
    return { id, label, cells, note: cells.some(({ value }) => value !== null) ? note : null }
  }
  const rows = [
    row('joined', 'joins', 'Joined', 'joined'),
    ...(told.joins || material.days === null ? [] : [row('first_seen', 'first-seen', 'Seen for the first time', 'first_seen')]),
    row('left', 'leavers', 'Left', null),
    ...(told.leaves || material.days === null ? [] : [row('lapsed', 'lapsed-members', sayLapsedLabel(at[0]), 'lapsed')]),
    row('net', 'net-growth', 'Net', null),
    row(
      'members',
      'members',
      told.joins ? (at[0]?.is_unfinished ? 'Members so far' : 'Members at the end') : 'People seen so far',
      told.joins ? 'members' : 'seen',
    ),
  ]
  return {
    sentence: sayGrowth(material, at[0], told),
    columns: columns.map(
      (column, i) => `${startSentence(formatPeriod(column))}${i === 0 && isRunning(material) ? ', so far' : ''}`,
    ) as Growth['columns'],
    rows,
    trend: months.map(trendOf),
  }
}

const sayLapsedLabel = (at: MonthFindings | undefined): string =>
  `Quiet for ${LAPSE_DAYS} days${at?.found['lapsed-members']?.reason?.includes('Provisional') ? ', provisional' : ''}`

export const isRunning = ({ month, today }: Pick<ReportMaterial, 'month' | 'today'>): boolean => daysOfPeriod(month, 'month').to_on > today

const cellOf = (at: MonthFindings | undefined, month: string, key: string, id: Row['id'], { first_on, known_on }: ReportMaterial): Cell => {
  const found = at?.found[key]
  if (first_on === null || known_on === null) return { value: null, reason: 'No data have come.' }
  const { from_on, to_on } = daysOfPeriod(month, 'month')
  if (to_on <= first_on) return { value: null, reason: 'Before the data begin.' }
  if (from_on > known_on) return { value: null, reason: 'After the data end.' }
  if (!isShown(found) || found.value === null) return { value: null, reason: sayReason(found?.reason ?? 'Not measured.') }
  if (id === 'lapsed' && isOfFew(found)) return { value: null, reason: SMALL_GROUP }
  if (id === 'net') return { value: formatChange(found.value), reason: null }
  return { value: formatCount(found.value), reason: null }
}

const trendOf = ({ month, found }: MonthFindings): Growth['trend'][number] => {
  const isStep = [found.joins, found.leavers, found['net-growth']].some((one) => one?.status === 'bulk_step')
  const flow = (one: Measured | undefined) => (isStep || !isShown(one) ? null : one.value)
  return {
    month,
    joined: flow(found.joins),
    left: flow(found.leavers),
    members: isShown(found.members) ? found.members.value : null,
    is_step: isStep,
  }
}

const sayGrowth = (material: ReportMaterial, at: MonthFindings | undefined, told: { joins: boolean; leaves: boolean }): string => {
  const { days } = material
  if (days === null || at === undefined) return 'No data reach this month, so nothing is known of who joined or left.'
  const { when } = days.month
  const { joins, leavers, members, 'first-seen': seen } = at.found
  if (!told.joins || !isShown(joins) || joins.value === null) {
    const first = isShown(seen) && seen.value !== null ? ` ${sayFirst(seen.value)} ${when}.` : ''
    return `No source tells who joined${told.leaves ? '' : ' or left'}.${first}`
  }
  const steps = [joins, leavers].flatMap((one) =>
    one?.status === 'bulk_step' && one.reason !== null
      ? [` ${one.reason.replace(/, so kept out of trends and alarms\.$/, '.').replace(/^([\d,]+) of the \1 /, 'All $1 ')}`]
      : [],
  )
  const size = isShown(members) && members.value !== null ? members.value : null
  if (!told.leaves || !isShown(leavers) || leavers.value === null)
    return `${startSentence(sayPeople(joins.value))} joined ${when}; who left, no source tells${sayLapsed(at)}.${steps.join('')}`
  const flows =
    joins.value === 0 && leavers.value === 0
      ? `Nobody joined and nobody left ${when}`
      : `${startSentence(sayPeople(joins.value))} joined and ${sayPeople(leavers.value)} left ${when}`
  return `${flows}${size === null ? '' : sayChange(steps.length > 0 ? size : joins.value - leavers.value, size)}.${steps.join('')}`
}

const sayChange = (net: number, size: number): string => {
  const members = sayCountOf(size, 'member')
  // all of it is new, or an import or a purge says nothing of growth
  if (net === size) return `, so it has ${members}`
  if (net === 0) return `, so it still has ${members}`
  return `, so it ${net > 0 ? 'grew' : 'shrank'} by ${sayCount(Math.abs(net))} to ${members}`
}

const sayPeople = (count: number): string => (count === 0 ? 'nobody' : sayCountOf(count, 'person', 'people'))
const sayFirst = (count: number): string =>
  count === 0
    ? 'Nobody new was seen'
    : `${startSentence(sayCountOf(count, 'person', 'people'))} ${count === 1 ? 'was' : 'were'} seen for the first time`

const sayLapsed = ({ found }: MonthFindings): string => {
  const lapsed = found['lapsed-members']
  if (!isShown(lapsed) || lapsed.value === null || lapsed.denominator === null || lapsed.value === 0 || isOfFew(lapsed)) return ''
  const share = lapsed.denominator >= 30 ? ` (${formatPercent(lapsed.value / lapsed.denominator, lapsed.denominator)})` : ''
  return `, but ${formatCount(lapsed.value)} of ${countOf(lapsed.denominator, 'member')}${share} have done nothing for ${LAPSE_DAYS} days`
}
