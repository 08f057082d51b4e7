import { formatPeriod, formatShare } from '../../../shared/format.ts'
import { lastShown, lastFinished } from '../metric/report-view.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { ShareFigure, type ShareSpec, type ToldShare } from './share-figure.tsx'

const SIDES: ShareSpec[] = [
  { metric: 'retention-of-helped-joiners', label: 'Had an answer early on', tone: 'help' },
  { metric: 'retention-of-unhelped-joiners', label: 'Had none', tone: 'other' },
]

const sayHelped = (told: ToldShare[], when: string): string => {
  const [helped, unhelped] = told
  if (told.length === 0) return 'Told by month: choose months above to see it.'
  const [a, b] = [
    helped?.point.value == null ? null : formatShare(helped.point),
    unhelped?.point.value == null ? null : formatShare(unhelped.point),
  ]
  if (a === null || b === null)
    return `The two cannot be compared for the joiners up to ${formatPeriod(when)}: ${a === null && b === null ? 'neither side has' : `those who ${a === null ? 'had an answer' : 'had none'} do not have`} people enough.`
  return `Of joiners who had an answer early on, ${a} stayed; of those who had none, ${b}.`
}

/** Those who were helped early beside those who were not. */
export const HelpedFigure = ({ numbers }: { numbers: Numbers }) => {
  const { view, before } = numbers
  const series = SIDES.map(({ metric }) => view.series(metric))
  // both sides of one and the same month
  const month = (series.map(lastShown).find((point) => point !== null) ?? series.map(lastFinished).find((point) => point !== null))?.period
  const told =
    month === undefined || view.report.grain !== 'month'
      ? []
      : SIDES.flatMap((spec): ToldShare[] => {
          const point = view.series(spec.metric)?.points.find((one) => one.period === month)
          return point === undefined ? [] : [{ ...spec, point, before: lastShown(before?.series(spec.metric) ?? null) }]
        })
  return (
    <ShareFigure
      id="helped-joiners"
      question="Do those who were helped stay?"
      answer={sayHelped}
      note="An association, and no proof that help keeps people: who asks at all differs in more than the answer."
      told={told}
      when={month ?? view.report.to}
      numbers={numbers}
    />
  )
}
