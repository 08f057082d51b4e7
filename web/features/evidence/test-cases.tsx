import { Link } from '@tanstack/react-router'
import type { CasePart } from '../../../shared/case-parts.ts'
import type { CaseSetDescription } from '../../../shared/contract/case-set.ts'
import { formatCount, formatDay, formatPercent, formatPercentInterval, formatZone, startSentence } from '../../../shared/format.ts'
import { CardEmpty } from '../../ui/states.tsx'
import { columnsOf, csvOfCases } from '../cases/case-cells.ts'
import { CaseFileButton } from '../cases/case-file-button.tsx'
import { type CaseRows, CaseTable } from '../cases/case-table.tsx'
import cases from '../cases/cases.module.css'
import { PAGE } from '../cases/fetch-cases.ts'
import { formatTestValue } from '../verdict/verdict-words.ts'
import type { EvidenceSearch } from './evidence-search.ts'
import { type EvidenceCasePage, fetchAllTestCases } from './fetch-evidence.ts'

/** "68 % (56–79 %)", or the bare value in its own unit. */
const sayValue = ({ test }: EvidenceCasePage): string => {
  if (test.observed === null) return 'No value'
  if (test.unit !== 'share') return formatTestValue(test.observed, test.unit)
  const interval = test.low === null || test.high === null ? '' : ` (${formatPercentInterval(test.low, test.high)})`
  return `${formatPercent(test.observed, test.denominator ?? 0)}${interval}`
}

const Part = ({ amount, set, part, isShown }: { amount: number | null; set: CaseSetDescription; part: CasePart; isShown: boolean }) => (
  <li className={cases.part} data-shown={isShown}>
    <span className={cases.amount}>{amount === null ? '–' : formatCount(amount)}</span>
    <span>
      {part === 'denominator' ? 'of: ' : ''}
      {isShown ? (
        <span className="strong" aria-current>
          {set.words}
        </span>
      ) : (
        <Link
          from="/c/$slug/evidence"
          to="/c/$slug/evidence"
          search={({ after: _, first: __, ...now }) => ({ ...now, part })}
          resetScroll={false}
        >
          {set.words}
        </Link>
      )}
      {isShown ? <span className="quiet"> (shown below)</span> : null}
    </span>
  </li>
)

/** How the number is made of its cases: k, and of how many; each side opens its own list. */
const Parts = ({ data: { numerator, denominator, part, test } }: { data: EvidenceCasePage }) =>
  numerator === null || denominator === null ? null : (
    <ul className={cases.parts} aria-label="What the number is made of">
      <Part amount={test.numerator} set={numerator} part="numerator" isShown={part === 'numerator'} />
      <Part amount={test.denominator} set={denominator} part="denominator" isShown={part === 'denominator'} />
    </ul>
  )

const Pages = ({ data }: { data: EvidenceCasePage }) => {
  const { first } = data
  const last = first + data.cases.length - 1
  const { next } = data
  if (data.cases.length === 0 || (first === 1 && next === null)) return null
  return (
    <nav className={`${cases.pages} no-print`} aria-label="Pages of cases">
      <span className="quiet">
        {formatCount(first)} to {formatCount(last)} of {formatCount(data.count)}
      </span>
      {first === 1 ? null : (
        <Link from="/c/$slug/evidence" to="/c/$slug/evidence" search={({ after: _, first: __, ...now }) => now}>
          From the beginning
        </Link>
      )}
      {next === null ? null : (
        <Link from="/c/$slug/evidence" to="/c/$slug/evidence" search={(now) => ({ ...now, after: next, first: last + 1 })}>
          Next {formatCount(Math.min(PAGE, data.count - last))}
        </Link>
      )}
    </nav>
  )
}

const fetchFile = async (slug: string, search: EvidenceSearch, data: EvidenceCasePage, rows: CaseRows) => {
  const all = await fetchAllTestCases(slug, { ...search, part: data.part ?? undefined })
  const name = [slug, data.rule.id, data.test.metric.replaceAll(/[:+]/g, '-'), data.at, data.part].filter((part) => part !== null)
  return { name: `${name.join('-')}.csv`, rows: csvOfCases(columnsOf({ ...rows, cases: all }), all) }
}

const List = ({ data, slug, search }: { data: EvidenceCasePage; slug: string; search: EvidenceSearch }) => {
  const { shown } = data
  if (shown === null) return <CardEmpty title="There is no list behind this number">{<p className="measure">{data.none}</p>}</CardEmpty>
  if (data.cases.length === 0)
    return (
      <CardEmpty title={data.hidden === null ? 'No cases' : 'No cases are shown'}>
        <p className="measure">
          {data.hidden ?? `In the window of this verdict, as it was known at its end, there are no ${shown.words}: the number is 0.`}
        </p>
      </CardEmpty>
    )
  const rows: CaseRows = { columns: data.columns, part: data.part, cases: data.cases, shown, time_zone: data.time_zone }
  return (
    <section className="card stack-tight" aria-labelledby="cases">
      <h2 className="title" id="cases">
        {startSentence(shown.words)}
      </h2>
      <p className="small quiet measure">
        {data.count === data.total || data.total === null
          ? `${formatCount(data.count)} in all.`
          : `${formatCount(data.count)} rows, which add up to ${formatCount(data.total)}${shown.amount === null ? '' : ` ${shown.amount}`}.`}{' '}
        {data.hidden === null ? '' : `${data.hidden} `}
        As known at the end of {formatDay(data.window.to)}; times are in {formatZone(data.time_zone)}. People go by a pseudonym that is the
        same everywhere in this community.
      </p>
      <CaseTable data={rows} caption={`${startSentence(shown.words)}, ${formatDay(data.window.from)} to ${formatDay(data.window.to)}`} />
      <Pages data={data} />
      <CaseFileButton count={data.count} fetchFile={() => fetchFile(slug, search, data, rows)} />
    </section>
  )
}

/** What one test of a rule counts, one by one, beside the test itself. */
export const TestCases = ({ data, slug, search }: { data: EvidenceCasePage; slug: string; search: EvidenceSearch }) => (
  <>
    <header className="stack-tight">
      <p style={{ fontSize: 'var(--size-lead)' }}>
        {data.rule.title}: {data.test.label}
      </p>
      <h1 className="display">{sayValue(data)}</h1>
      <p className="lead">{data.test.sentence}</p>
      <p className="strong">{data.test.passed ? '✓ The test passes' : '✗ The test does not pass'}</p>
    </header>
    <Parts data={data} />
    <List data={data} slug={slug} search={search} />
  </>
)
