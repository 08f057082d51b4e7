import type { Voices, VoicesCurve, VoicesOf } from '../../../shared/contract/voices.ts'
import { countOf, formatCount, formatPercent, startSentence } from '../../../shared/format.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import type { Tone } from '../../ui/palette.ts'
import { ParetoChart } from '../../ui/pareto-chart.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import { sayInferred } from '../metric/say-inferred.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { type DaySpan, sayDays, spanOfLabel } from './day-spans.ts'
import { amountOfFirst, pointOf, reasonWithoutCurve, sayFirst, sayMarks, VOICE_WORDS } from './say-voices.ts'

/** The colours that these have in the charts over time below. */
const TONES: Record<VoicesOf, Tone> = { contributions: 'ink', answers: 'help', starts: 'broadcast' }
const QUESTIONS: Record<VoicesOf, string> = {
  contributions: 'How few people make most of it?',
  answers: 'How few people give most of the answers?',
  starts: 'How few people start most of the threads?',
}
/** Ranks that the table names besides the marks. */
const RANKS = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]

const tableOf = (curve: VoicesCurve | null, of: VoicesOf): FigureTable => {
  const { noun } = VOICE_WORDS[of]
  const columns = [
    { label: 'The first people, those who made most first', isNumber: false },
    { label: startSentence(noun.many), isNumber: true },
    { label: 'Share of all, %', isNumber: true },
  ]
  if (curve === null) return { columns, rows: [], csv: [['people', noun.many, 'share']] }
  const ranks = new Set([...RANKS.filter((rank) => rank < curve.people), ...curve.marks.map((mark) => mark.people), curve.people])
  return {
    columns,
    rows: [...ranks]
      .sort((a, b) => a - b)
      .map((rank) => {
        const amount = amountOfFirst(curve.steps, rank)
        return {
          key: String(rank),
          cells: [
            `${formatCount(rank)} of ${formatCount(curve.people)}`,
            `${formatCount(amount)} of ${formatCount(curve.amount)}`,
            formatPercent(amount / curve.amount, curve.amount),
          ],
        }
      }),
    csv: [['people', noun.many, 'share'], ...curve.steps.map((step) => [step.people, step.amount, step.share])],
  }
}

/** The curve of people over what they made together, with the marks at half and 80 %. Nobody is named. */
export const ParetoCard = ({
  numbers: { slug, catalogue },
  voices,
  before,
}: {
  numbers: Numbers
  voices: Voices
  /** The time compared with, where one was chosen and its curve may be told. */
  before: { span: DaySpan; curve: VoicesCurve } | null
}) => {
  const { curve, of } = voices
  const span = spanOfLabel(voices.period)
  const shownAs = useShownAsTable('pareto')
  const { made, suffix, noun } = VOICE_WORDS[of]
  const days = sayDays(span)
  const point = pointOf(voices, 'absence-factor')
  const notes = [
    curve !== null && curve.anonymous > 0
      ? `${formatCount(curve.anonymous)} more ${curve.anonymous === 1 ? `${noun.one} is` : `${noun.many} are`} by nobody known and left out of the curve.`
      : null,
    point === null ? null : sayInferred([[point]]),
  ].filter((note) => note !== null)
  const axis = `People, those who ${made} most first`
  return (
    <FigureCard
      id="pareto"
      question={QUESTIONS[of]}
      answer={
        curve === null
          ? 'That cannot be told of these days.'
          : [sayMarks(curve, of, days), ...(before === null ? [] : [sayMarks(before.curve, of, sayDays(before.span))])].join(' ')
      }
      note={notes.length > 0 ? notes.join(' ') : undefined}
      table={tableOf(curve, of)}
      fileName={`${slug}-voices-${of}-${span.from}-${span.to}`}
      {...shownAs}
      links={
        <>
          <span className="small">
            <CaseLink
              slug={slug}
              of={`absence-factor${suffix}`}
              period={curve === null ? null : voices.period}
              catalogue={catalogue}
              what={QUESTIONS[of]}
            >
              {curve === null ? '' : 'Cases'}
            </CaseLink>
          </span>
          <span className="small">
            <Term of={`absence-factor${suffix}`} label={`Definition: ${QUESTIONS[of]}`}>
              Definition
            </Term>
          </span>
        </>
      }
    >
      {curve === null ? (
        <NothingToDraw>{reasonWithoutCurve(voices)}</NothingToDraw>
      ) : (
        <ParetoChart
          key={`${of} ${voices.period}`}
          line={{ label: startSentence(days), steps: curve.steps }}
          quiet={before === null ? undefined : { label: startSentence(sayDays(before.span)), steps: before.curve.steps }}
          // one person may be both marks: the larger says it
          marks={curve.marks
            .filter((mark, i) => curve.marks[i + 1]?.people !== mark.people)
            .map((mark) => ({
              ...mark,
              text: `${countOf(mark.people, 'person', 'people')} ${made} ${mark.least === 0.5 ? 'half' : '80 %'}`,
              short: `${formatCount(mark.people)}: ${mark.least === 0.5 ? 'half' : '80 %'}`,
            }))}
          tone={TONES[of]}
          axis={axis}
          sayFirst={(people) => sayFirst(curve, people, of)}
          hint="Move along the curve to read it at any number of people."
        />
      )}
    </FigureCard>
  )
}
