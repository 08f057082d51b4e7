/** A rule's course as charts: its statistic in units of the limit, and what it is judged by. */
import type { AlertCourse, WatchedRule } from '../../../shared/contract/alert.ts'
import { UNITS } from '../../../shared/contract/metric.ts'
import { formatDay, formatPeriod, sayCountOf } from '../../../shared/format.ts'
import { type Grain, periodOfDay } from '../../../shared/period.ts'
import type { Unit } from '../../../shared/unit.ts'
import type { Chart, ChartGround, ChartNote, ChartPoint } from '../../ui/chart-point.ts'
import { NOTICE_WORDS, sayStatistic } from './say-alerts.ts'

const AXIS = 'times its limit'
const LEAST_TOP = 1.5

const pointOf = (period: string, value: number | null, reason: string | null): ChartPoint => ({
  period,
  value,
  numerator: null,
  denominator: null,
  low: null,
  high: null,
  reason,
  is_unfinished: false,
})

/** While an alert stood, each with when it began; from the periods, which know it whatever was told. */
const groundsOf = (course: AlertCourse, label: (on: string) => string): ChartGround[] => {
  const grounds: ChartGround[] = []
  let began: string | null = null
  let last = ''
  const end = () => {
    if (began !== null)
      grounds.push({ from: label(began), to: label(last), label: `An alert stands, noticed in ${formatPeriod(label(began))}.` })
    began = null
  }
  for (const { on, is_standing, notice } of course.periods) {
    // one that begins where another has just ended is another one
    if (!is_standing || notice === 'began') end()
    if (is_standing) began ??= on
    last = on
  }
  end()
  return grounds
}

/** Notices at their periods, by what the rule finds there. */
const marksOf = (course: AlertCourse, label: (on: string) => string): ChartNote[] =>
  course.periods.flatMap(({ on, notice }) =>
    notice === null || notice === 'withdrawn' ? [] : [{ period: label(on), label: NOTICE_WORDS[notice] }],
  )

/** Below nothing there is only less of it: the axis begins at zero, and what lies below is drawn there and said. */
const drawn = (statistic: number | null): number | null => (statistic === null ? null : Math.max(0, statistic))

export const courseChart = (course: AlertCourse, grain: Grain): Chart => {
  const label = (on: string) => periodOfDay(on, grain)
  const periods = course.periods.map(({ on }) => label(on))
  return {
    kind: 'lines',
    unit: 'index',
    axis: AXIS,
    periods,
    series: [
      {
        id: 'statistic',
        // what it is in full stands under the chart: as the head of a column it would leave the others no room
        label: 'How far out',
        tone: 'ink',
        points: course.periods.map(({ on, statistic, reason }) =>
          pointOf(
            label(on),
            drawn(statistic),
            reason ?? (statistic !== null && statistic < 0 ? 'The other way from what is watched.' : null),
          ),
        ),
      },
    ],
    threshold: { value: 1, label: 'the limit' },
    // room above the limit, so that it is seen to be one
    max: Math.max(LEAST_TOP, ...course.periods.map(({ statistic }) => statistic ?? 0)),
    grounds: groundsOf(course, label),
    marks: marksOf(course, label),
  }
}

const isUnit = (unit: string): unit is Unit => (UNITS as readonly string[]).includes(unit)

export const seriesChart = ({ weeks, id, title, unit }: AlertCourse['series'][number], grain: Grain): Chart => {
  const periods = weeks.map(({ on }) => periodOfDay(on, grain))
  const isShare = unit === 'share' || unit === '%'
  return {
    kind: isShare ? 'lines' : 'bars',
    unit: isUnit(unit) ? unit : 'count',
    ...(isUnit(unit) ? {} : { axis: unit }),
    periods,
    series: [
      {
        id,
        label: title,
        tone: 'ink',
        points: weeks.map(({ value }, at) =>
          pointOf(periods[at] as string, value, value === null ? 'Nothing is known of this time.' : null),
        ),
      },
    ],
  }
}

/** What the chart shows, with its numbers and time. */
export const sayCourse = (course: AlertCourse, { grain }: Pick<WatchedRule, 'grain'>): string => {
  const judged = course.periods.filter(({ statistic }) => statistic !== null)
  const [first, last] = [judged[0], judged.at(-1)]
  if (first === undefined || last === undefined) return course.cannot_judge ?? 'It could not be judged at any time so far.'
  const span = `From ${formatDay(first.on)} to ${formatPeriod(periodOfDay(last.on, grain))}`
  const over =
    course.alerts.length === 0
      ? 'it never told of anything'
      : `${sayCountOf(course.alerts.length, 'alert')} ${course.alerts.length === 1 ? 'was' : 'were'} noticed`
  const now = last.statistic === null ? '' : ` In the last period it was ${sayStatistic(last.statistic)}.`
  return `${span} ${over}.${now}`
}
