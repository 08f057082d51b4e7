import type { AnswerTimes, Helping } from '../../../shared/contract/helping.ts'
import { formatCount, formatHours, formatPercent, formatPercentInterval } from '../../../shared/format.ts'
import { FigureCard, NothingToDraw } from '../../ui/figure-card.tsx'
import { type CurveMark, type CurveTick, LogTimeCurve, stepAt } from '../../ui/log-time-curve.tsx'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { listAnswerBins } from './answer-bins.ts'
import classes from './helping.module.css'
import { sayTimes } from './say-helping.ts'

const QUESTION = 'How long does someone who asks wait?'
const DAY = 24

/** As an axis writes it: 10 min, 4 h, 3 days, a year. */
const nameTick = (hours: number): string => {
  if (hours < 1) return `${Math.round(hours * 60)} min`
  if (hours < DAY) return `${hours} h`
  if (hours >= 8760) return '1 year'
  return hours === DAY ? '1 day' : `${hours / DAY} days`
}

/** The axis runs from the mark before the first answer to the one after the last, a week at least. */
const extentOf = (curves: AnswerTimes[]): { from: number; to: number } => {
  const rises = curves.flatMap(({ steps }) => [steps[0]?.hours, steps.at(-1)?.hours]).filter((hours) => hours !== undefined)
  const all = curves[0]?.marks.map((mark) => mark.hours) ?? []
  const first = Math.min(1, ...rises)
  const last = Math.max(168, ...rises)
  return { from: all.findLast((hours) => hours <= first) ?? all[0] ?? 1, to: all.find((hours) => hours > last) ?? last }
}

const markOf = (times: AnswerTimes, of: 'median' | 'p90', words: string): CurveMark[] => {
  const { value } = times[of]
  return value === null ? [] : [{ hours: value, share: of === 'median' ? 0.5 : 0.9, label: `${words} within ${formatHours(value)}` }]
}

const Curve = ({ times, before }: { times: AnswerTimes; before: AnswerTimes | null }) => {
  const { from, to } = extentOf(before === null ? [times] : [times, before])
  const ticks: CurveTick[] = times.marks
    .filter(({ hours }) => hours >= from && hours <= to)
    .map(({ hours, at_risk }) => ({ hours, label: nameTick(hours), below: formatCount(at_risk) }))
  const all = times.counts?.question_count ?? 0
  return (
    <LogTimeCurve
      steps={times.steps}
      quietSteps={before?.steps ?? []}
      ticks={ticks}
      marks={[...markOf(times, 'median', 'Half'), ...markOf(times, 'p90', 'Nine in ten')]}
      from={from}
      to={to}
      tone="help"
      belowLabel="questions that had waited that long"
      label="The share of questions that have a first answer, by the time since they were asked. The table holds the numbers."
      sayAt={(hours) => {
        const step = stepAt(times.steps, hours)
        const band = step === null || step.low === null || step.high === null ? '' : ` (${formatPercentInterval(step.low, step.high)})`
        return `Within ${formatHours(hours)}: ${formatPercent(step?.share ?? 0, all)}${band}`
      }}
    />
  )
}

/** Every question once, by how long it waited. */
const Bins = ({ times }: { times: AnswerTimes }) => {
  const bins = listAnswerBins(times)
  const most = Math.max(1, ...bins.map(({ count }) => count))
  return (
    <ul className={classes.bins}>
      {bins.map(({ id, label, count, isWaiting }) => (
        <li key={id}>
          <span>{label}</span>
          <span aria-hidden>
            {count === 0 ? null : (
              <span
                className={classes.binBar}
                style={{
                  width: `${(count / most) * 100}%`,
                  background: isWaiting ? 'var(--wash)' : fillOf('help'),
                  borderColor: edgeOf(isWaiting ? 'ink' : 'help'),
                }}
              />
            )}
          </span>
          <span className={classes.binCount}>{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  )
}

const COLUMNS = ['Answered', 'Questions', 'Answered by then', 'Low', 'High', 'Had waited that long'] as const

/** How the time to the first answer is spread: a curve with its band where there are enough questions, else the counts. */
export const TimesFigure = ({
  numbers,
  helping,
  before,
  when,
}: {
  numbers: Numbers
  helping: Helping
  before: Helping | null
  when: string
}) => {
  const shownAs = useShownAsTable('waiting-times')
  const { times } = helping
  const { slug, catalogue, comparison } = numbers
  const bins = listAnswerBins(times)
  const rows = bins.map((bin) => ({ ...bin, mark: times.marks.find(({ hours }) => `${hours}h` === bin.id) }))
  const percent = (share: number | null | undefined) => (share == null ? '–' : formatPercent(share, times.counts?.question_count ?? 0))
  const notes = [
    times.median.is_inferred ? times.median.reason : null,
    before === null || before.times.steps.length === 0
      ? null
      : `${comparison === 'year' ? 'A year before' : 'The time before'} is drawn dashed.`,
  ].filter((note) => note !== null)
  return (
    <FigureCard
      id="waiting-times"
      question={QUESTION}
      answer={sayTimes(times, when)}
      note={notes.join(' ') || undefined}
      fileName={`${slug}-waiting-times-${helping.period.replace('..', '-')}`}
      table={{
        columns: COLUMNS.map((label, i) => ({ label, isNumber: i > 0 })),
        rows: rows.map(({ id, label, count, mark }) => ({
          key: id,
          cells: [
            label,
            formatCount(count),
            percent(mark?.share),
            percent(mark?.low),
            percent(mark?.high),
            mark === undefined ? '–' : formatCount(mark.at_risk),
          ],
        })),
        csv: [
          ['hours', 'answered_share', 'low', 'high'],
          ...times.steps.map((step) => [step.hours, step.share, step.low, step.high]),
          ...(times.steps.length > 0 ? [] : bins.map(({ label, count }) => [label, count, null, null])),
        ],
      }}
      {...shownAs}
      links={
        <>
          <CaseLink slug={slug} of="time-to-first-answer" period={helping.period} catalogue={catalogue} what={QUESTION} className="small">
            Cases
          </CaseLink>
          <span className="small">
            <Term of="time-to-first-answer" label={`Definition: ${QUESTION}`}>
              Definition
            </Term>
          </span>
        </>
      }
    >
      {times.counts === null || times.counts.question_count === 0 ? (
        <NothingToDraw>{times.median.reason ?? 'No question was asked in these periods.'}</NothingToDraw>
      ) : times.steps.length === 0 ? (
        <Bins times={times} />
      ) : (
        <div className={classes.times}>
          <Curve times={times} before={before?.times ?? null} />
          <Bins times={times} />
        </div>
      )}
    </FigureCard>
  )
}
