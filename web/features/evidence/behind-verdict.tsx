import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { VerdictEvidence } from '../../../shared/contract/verdict-evidence.ts'
import { formatCount, formatDay, formatZone, sayCountOf, startSentence } from '../../../shared/format.ts'
import { VerdictMark } from '../verdict/verdict-mark.tsx'
import { VERDICT_WORDS } from '../verdict/verdict-words.ts'
import classes from './evidence.module.css'
import { leftOutColumns, peopleColumns, threadColumns, wordColumns } from './evidence-columns.tsx'
import type { EvidenceSearch, EvidenceTable } from './evidence-search.ts'
import { SortableTable } from './sortable-table.tsx'

type Change = (next: Partial<EvidenceSearch>) => void

const Section = ({ id, title, sentence, children }: { id: string; title: string; sentence: string; children: ReactNode }) => (
  <section className="card stack-tight" aria-labelledby={id}>
    <h2 className="title" id={id}>
      {title}
    </h2>
    <p className="measure">{sentence}</p>
    {children}
  </section>
)

const Facts = ({ data }: { data: VerdictEvidence }) => (
  <dl className={classes.facts}>
    <div>
      <dt>Verdict</dt>
      <dd>
        <VerdictMark verdict={data.verdict} /> {VERDICT_WORDS[data.verdict].word}
      </dd>
    </div>
    <div>
      <dt>Rests on</dt>
      <dd>
        {formatDay(data.window.from)} to {formatDay(data.window.to)}, {sayCountOf(data.window.days, 'day')}
      </dd>
    </div>
    <div>
      <dt>Contributions</dt>
      <dd>{formatCount(data.totals.contributions)}</dd>
    </div>
    <div>
      <dt>People known</dt>
      <dd>{formatCount(data.totals.people)}</dd>
    </div>
    <div>
      <dt>Who answered</dt>
      <dd>{formatCount(data.totals.helpers)}</dd>
    </div>
  </dl>
)

/** Every number of every rule that can be counted again, with where its list is. */
const EveryNumber = ({ data }: { data: VerdictEvidence }) => (
  <Section
    id="numbers"
    title="Which numbers can be counted again?"
    sentence="Each leads to the contributions, questions, people or days that it counts, one by one."
  >
    <dl className={classes.numbers}>
      {[...Map.groupBy(data.cases, (one) => one.rule)].map(([rule, tests]) => (
        <div key={rule}>
          <dt>{tests[0]?.rule_title}</dt>
          {tests
            .filter((one, i) => tests.findIndex((other) => other.metric === one.metric && other.label === one.label) === i)
            .map((one) => (
              <dd key={`${one.metric} ${one.alternative}`}>
                {one.none === null ? (
                  <Link
                    from="/c/$slug/evidence"
                    to="/c/$slug/evidence"
                    search={({ at, view }) => ({
                      ...(at === undefined ? {} : { at }),
                      ...(view === undefined ? {} : { view }),
                      rule,
                      metric: one.metric,
                      alternative: one.alternative,
                    })}
                  >
                    {startSentence(one.label)}
                  </Link>
                ) : (
                  <>
                    {startSentence(one.label)} <span className="quiet">– {one.none}</span>
                  </>
                )}
              </dd>
            ))}
        </div>
      ))}
    </dl>
  </Section>
)

/** Who and what is behind a verdict: people, threads, words, and who was left out. */
export const BehindVerdict = ({
  data,
  slug,
  search,
  onChange,
}: {
  data: VerdictEvidence
  slug: string
  search: EvidenceSearch
  onChange: Change
}) => {
  const table = (id: EvidenceTable, usual: string) => ({
    id,
    usual,
    sort: search[id],
    onSort: (sort: string | undefined) => onChange({ [id]: sort }),
    fileName: `${slug}-${id.replace('_', '-')}-${data.at}${data.view === 'as_found' ? '' : `-${data.view.replaceAll('_', '-')}`}`,
  })
  const { people, threads, words, left_out } = data
  return (
    <>
      <header className="stack-tight">
        <p style={{ fontSize: 'var(--size-lead)' }}>Behind the verdict of {formatDay(data.at)}</p>
        <h1 className="display">{people.sentence}</h1>
        <Facts data={data} />
        <p className="small quiet measure">
          As known at the end of {formatDay(data.at)}; times are in {formatZone(data.time_zone)}. People go by a pseudonym that is the same
          everywhere in this community.
        </p>
      </header>
      <Section id="people" title="Who is behind it?" sentence={people.hidden ?? sayRows(people.rows.length, data.totals.people)}>
        {people.rows.length === 0 ? null : (
          <SortableTable
            {...table('people', 'contributions')}
            caption="People by what they contributed"
            columns={peopleColumns(data.totals)}
            rows={people.rows}
            keyOf={(one) => one.key}
          />
        )}
      </Section>
      <Section id="threads" title="Where did it happen?" sentence={threads.sentence}>
        {threads.rows.length === 0 ? null : (
          <SortableTable
            {...table('threads', 'contributions')}
            caption="The largest threads"
            columns={threadColumns(threads.rows, data.time_zone)}
            rows={threads.rows}
            keyOf={(one) => one.key}
          />
        )}
      </Section>
      <Section id="words" title="Which words of work were counted?" sentence={words.sentence}>
        {words.rows.length === 0 ? null : (
          <SortableTable
            {...table('words', 'count')}
            caption="Words of work"
            columns={wordColumns}
            rows={words.rows}
            keyOf={(one) => `${one.family} ${one.word}`}
          />
        )}
        <p className="small">
          <Link to="/c/$slug/rules" params={{ slug }} hash="words">
            Which words count
          </Link>
        </p>
      </Section>
      <Section id="left-out" title="Who was left out?" sentence={left_out.sentence}>
        {left_out.rows.length === 0 ? null : (
          <SortableTable
            {...table('left_out', 'contributions')}
            caption="Accounts taken for bots"
            columns={leftOutColumns}
            rows={left_out.rows}
            keyOf={(one) => one.account}
          />
        )}
        <p className="small">
          <Link to="/c/$slug/rules" params={{ slug }} hash="bots">
            Which accounts are bots, and why
          </Link>
        </p>
      </Section>
      <EveryNumber data={data} />
    </>
  )
}

const sayRows = (rows: number, people: number): string => {
  if (people === 0) return 'Nobody known contributed in this window.'
  return rows < people
    ? `The most active of ${sayCountOf(people, 'person', 'people')}, and whoever gave most answers, started most threads or has most in their threads.`
    : 'Everyone who contributed in this window.'
}
