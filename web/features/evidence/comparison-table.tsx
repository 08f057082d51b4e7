import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { VerdictComparison } from '../../../shared/contract/verdict-evidence.ts'
import { formatCount, formatDecimal, formatPercent, formatPercentInterval } from '../../../shared/format.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import cases from '../cases/cases.module.css'
import { sayStrength, VERDICT_WORDS } from '../verdict/verdict-words.ts'
import { VerdictMark } from '../verdict/verdict-mark.tsx'
import { VIEW_WORDS } from '../verdict/verdict-views.ts'
import classes from './evidence.module.css'
import { comparisonQuery } from './fetch-evidence.ts'

type View = VerdictComparison['views'][number]
type Compared = View['numbers'][number]

/** "68 % (56–79 %), 41 of 60"; 7.9 voices; 12 people. */
const sayNumber = (one: Compared | undefined): string => {
  if (one === undefined || one.observed === null) return 'not known'
  if (one.unit !== 'share') return one.unit === 'voices' ? formatDecimal(one.observed) : formatCount(one.observed)
  const { numerator, denominator, low, high } = one
  const count = `${formatCount(numerator ?? 0)} of ${formatCount(denominator ?? 0)}`
  const interval = low === null || high === null ? '' : ` (${formatPercentInterval(low, high)})`
  return `${formatPercent(one.observed, denominator ?? 0)}${interval}, ${count}`
}

const Rows = ({ views }: { views: View[] }) => {
  const [found] = views
  if (found === undefined) return null
  const cell = (view: View, said: ReactNode) => (
    <td key={view.view} data-label={VIEW_WORDS[view.view].label}>
      {said}
    </td>
  )
  return (
    <tbody>
      <tr>
        <th scope="row">Verdict</th>
        {views.map((view) =>
          cell(
            view,
            <span className="strong">
              <VerdictMark verdict={view.verdict} /> {VERDICT_WORDS[view.verdict].word}
            </span>,
          ),
        )}
      </tr>
      <tr>
        <th scope="row">How sure</th>
        {views.map((view) => cell(view, sayStrength(view.strength, view.support)))}
      </tr>
      <tr>
        <th scope="row">Contributions counted</th>
        {views.map((view) => cell(view, `${formatCount(view.contributions)} in ${formatCount(view.window.days)} days`))}
      </tr>
      {found.numbers.map(({ metric, label }) => (
        <tr key={metric}>
          <th scope="row">{label}</th>
          {views.map((view) => cell(view, sayNumber(view.numbers.find((one) => one.metric === metric))))}
        </tr>
      ))}
    </tbody>
  )
}

/** The verdict as found, with bots counted and without facilitators, with the numbers of helping and dominance, side by side. */
export const ComparisonTable = ({ slug, at }: { slug: string; at: string }) => {
  const { data, error, refetch } = useQuery(comparisonQuery(slug, at))
  if (data === undefined)
    return error ? <CardProblem what="The comparison" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[220]} />
  return (
    <div className="stack-tight">
      <p className="measure">{data.sentence}</p>
      {data.views.length < 2 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className="scroll-x" tabIndex={0} aria-label="The verdict by who counts, as a table">
          <table className={`data-table ${cases.table} ${classes.compare}`}>
            <thead>
              <tr>
                <th scope="col">Measure</th>
                {data.views.map(({ view }) => (
                  <th key={view} scope="col">
                    {VIEW_WORDS[view].label}
                  </th>
                ))}
              </tr>
            </thead>
            <Rows views={data.views} />
          </table>
        </section>
      )}
      {data.without.map(({ view, reason }) => (
        <p key={view} className="small quiet measure">
          {reason}
        </p>
      ))}
    </div>
  )
}
