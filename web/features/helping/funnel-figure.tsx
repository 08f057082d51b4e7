import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Helping, HelpingStep, HelpingStepId } from '../../../shared/contract/helping.ts'
import { countOf, formatCount, formatPercent, formatPeriod, startSentence } from '../../../shared/format.ts'
import { FigureCard, NothingToDraw } from '../../ui/figure-card.tsx'
import { edgeOf, fillOf, type Tone } from '../../ui/palette.ts'
import { Term } from '../definitions/term.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import classes from './helping.module.css'
import { sayFallen, sayShareInBrackets, saySteps, stepOf } from './say-helping.ts'

const STEP_WORDS: Record<HelpingStepId, { title: string; term: string; of: string; tone: Tone }> = {
  asked: { title: 'Asked', term: 'questions', of: '', tone: 'ink' },
  answered: { title: 'Answered so far', term: 'time-to-first-answer', of: 'asked', tone: 'help' },
  old_enough: { title: 'Old enough to tell', term: 'answered-share', of: 'asked', tone: 'ink' },
  answered_in_time: { title: 'Answered within seven days', term: 'answered-share', of: 'old enough', tone: 'help' },
  accepted: { title: 'Accepted as the solution', term: 'accepted-share', of: 'old enough', tone: 'help' },
  thanked: { title: 'Thanked for', term: 'acknowledged-share', of: 'old enough', tone: 'help' },
}

/** The count that a step's bar is as long as; null where nothing may be told, or none came so far. */
const countOfStep = ({ found }: HelpingStep): number | null => (found.denominator === 0 ? null : (found.numerator ?? found.value))

const CasesOfStep = ({ slug, helping, step, children }: { slug: string; helping: Helping; step: HelpingStep; children: ReactNode }) => (
  <Link
    to="/c/$slug/cases"
    params={{ slug }}
    search={{ metric: step.cases.metric, period: helping.period, ...(step.cases.part === null ? {} : { part: step.cases.part }) }}
  >
    {children}
    <span className="visually-hidden">
      {' '}
      {STEP_WORDS[step.id].title}, {formatPeriod(helping.period)}: the cases
    </span>
  </Link>
)

/** The number of a step in words: 217; 186 of 205 old enough (91 %, 86–94 %). */
const sayStep = ({ id, found }: HelpingStep): string => {
  const { numerator, denominator } = found
  if (numerator === null || denominator === null) return found.value === null ? '' : countOf(found.value, 'question')
  return `${formatCount(numerator)} of ${formatCount(denominator)} ${STEP_WORDS[id].of}${id === 'old_enough' ? '' : sayShareInBrackets(found)}`
}

const Bar = ({ step, before, most }: { step: HelpingStep; before: HelpingStep | undefined; most: number }) => {
  const count = countOfStep(step) ?? 0
  const was = before === undefined ? null : countOfStep(before)
  const { tone } = STEP_WORDS[step.id]
  const { low, high, denominator } = step.found
  const width = (of: number) => `${(of / most) * 100}%`
  return (
    <div className={classes.bar} aria-hidden>
      <div
        className={classes.fill}
        data-thin={was !== null}
        style={{
          width: width(count),
          background: tone === 'ink' ? 'var(--wash)' : fillOf(tone),
          borderColor: edgeOf(tone),
        }}
      />
      {low === null || high === null || denominator === null ? null : (
        <div className={classes.whisker} style={{ left: width(low * denominator), width: width((high - low) * denominator) }} />
      )}
      {was === null ? null : <div className={classes.before} style={{ width: width(was) }} />}
    </div>
  )
}

const Steps = ({ slug, helping, before, beforeWords }: { slug: string; helping: Helping; before: Helping | null; beforeWords: string }) => {
  const find = (id: HelpingStepId) => before?.steps.find((step) => step.id === id)
  const most = Math.max(1, ...[...helping.steps, ...(before?.steps ?? [])].map((step) => countOfStep(step) ?? 0))
  return (
    <ol className={classes.steps}>
      {helping.steps.map((step) => {
        const { title, term } = STEP_WORDS[step.id]
        const fallen = sayFallen(helping, step.id)
        const was = find(step.id)
        return (
          <li key={step.id} className={classes.step} data-begins={step.id === 'old_enough'}>
            <span>
              <Term of={term}>{title}</Term>
            </span>
            {countOfStep(step) === null ? (
              <span className={`small quiet ${classes.missing}`}>{step.found.reason}</span>
            ) : (
              <>
                <Bar step={step} before={was} most={most} />
                <span className={`small ${classes.told}`}>
                  <CasesOfStep slug={slug} helping={helping} step={step}>
                    {sayStep(step)}
                  </CasesOfStep>
                  {fallen === null ? null : <span className="quiet">; {fallen}</span>}
                  {was === undefined || before === null || countOfStep(was) === null ? null : (
                    <span className={`quiet ${classes.beforeLine}`}>
                      {beforeWords}:{' '}
                      <CasesOfStep slug={slug} helping={before} step={was}>
                        {sayStep(was)}
                      </CasesOfStep>
                    </span>
                  )}
                </span>
              </>
            )}
          </li>
        )
      })}
    </ol>
  )
}

const COLUMNS = ['Step', 'Questions', 'Of', 'Share', 'Low', 'High'] as const

/** How far the questions of the periods shown came: asked, answered, confirmed. */
export const FunnelFigure = ({ numbers, helping, before }: { numbers: Numbers; helping: Helping; before: Helping | null }) => {
  const shownAs = useShownAsTable('funnel')
  const { slug, comparison } = numbers
  const beforeWords = comparison === 'year' ? 'A year before' : 'The time before'
  const rows = helping.steps.map((step) => ({ step, words: STEP_WORDS[step.id] }))
  const inferred = helping.steps.find((step) => step.found.is_inferred === true)?.found.reason
  const leftOut =
    helping.left_out_count === 0
      ? null
      : `${startSentence(countOf(helping.left_out_count, 'question', 'questions'))} asked in chats without threads ${helping.left_out_count === 1 ? 'is' : 'are'} left out: who answered whom is only inferred there.`
  const hasAny = (stepOf(helping, 'asked').value ?? 0) > 0
  return (
    <FigureCard
      id="funnel"
      question="What becomes of a question?"
      answer={saySteps(helping)}
      note={
        [inferred, leftOut, before === null ? null : sayBefore(before, beforeWords)].filter((note) => note != null).join(' ') || undefined
      }
      fileName={`${slug}-funnel-${helping.period.replace('..', '-')}`}
      table={{
        columns: COLUMNS.map((label, i) => ({ label, isNumber: i > 0 })),
        rows: rows.map(({ step, words }) => ({
          key: step.id,
          cells: [
            words.title,
            countOfStep(step) === null ? (
              '–'
            ) : (
              <CasesOfStep key="cases" slug={slug} helping={helping} step={step}>
                {formatCount(countOfStep(step) ?? 0)}
              </CasesOfStep>
            ),
            step.found.denominator === null ? '–' : formatCount(step.found.denominator),
            ...sharesOf(step).map((share) => (share === null ? '–' : formatPercent(share, step.found.denominator ?? 0))),
          ],
        })),
        csv: [[...COLUMNS], ...rows.map(({ step, words }) => [words.title, countOfStep(step), step.found.denominator, ...sharesOf(step)])],
      }}
      {...shownAs}
      links={
        <span className="small">
          <Term of="answered-share" label="Definition: What becomes of a question?">
            Definition
          </Term>
        </span>
      }
    >
      {hasAny ? (
        <Steps slug={slug} helping={helping} before={before} beforeWords={beforeWords} />
      ) : (
        <NothingToDraw>{stepOf(helping, 'asked').reason ?? 'No question was asked in these periods.'}</NothingToDraw>
      )}
    </FigureCard>
  )
}

/** Share and interval, where there are enough cases for a percentage. */
const sharesOf = ({ id, found: { value, low, high, denominator } }: HelpingStep): (number | null)[] =>
  id === 'asked' || id === 'old_enough' || denominator === null || denominator < 10 ? [null, null, null] : [value, low, high]

const sayBefore = (before: Helping, words: string) => `${words} is ${formatPeriod(before.period)}, drawn dashed.`
