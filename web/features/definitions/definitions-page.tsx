import { TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { joinWords, startSentence } from '../../../shared/format.ts'
import { formatValue } from '../../../shared/unit.ts'
import { catalogueQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './definitions.module.css'

const route = getRouteApi('/shell/definitions')
const FAMILY_WORDS: Record<MetricDescription['family'], string> = {
  membership: 'Membership',
  retention: 'Retention',
  newcomers: 'Newcomers',
  activity: 'Activity',
  'content-mix': 'Content mix',
  concentration: 'Concentration',
  helping: 'Helping',
  reciprocity: 'Reciprocity',
  observing: 'Observing',
  practices: 'Practices',
  structure: 'Structure',
  benefit: 'Benefit',
}
const DIRECTION_WORDS: Record<MetricDescription['direction'], string> = {
  up: 'Higher is better.',
  down: 'Lower is better.',
  none: 'Neither way is better in itself.',
}

const fits = (metric: MetricDescription, words: string[]): boolean => {
  const text = `${metric.id} ${metric.title} ${metric.question} ${metric.explanation} ${metric.citation}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

const Definition = ({ metric }: { metric: MetricDescription }) => (
  <article id={metric.id} className={classes.definition} aria-labelledby={`${metric.id}-title`}>
    <header>
      <h3 className={classes.name} id={`${metric.id}-title`}>
        <a href={`#${metric.id}`}>{metric.title}</a>
      </h3>
      <p>{metric.question}</p>
      <code className="small quiet">{metric.id}</code>
    </header>
    <div className="stack-tight">
      <p className="measure">{metric.explanation}</p>
      <dl className={classes.facts}>
        <dt>Unit</dt>
        <dd>
          {metric.unit}
          {metric.categories === null ? '' : `, one each for ${joinWords(metric.categories)}`}. {DIRECTION_WORDS[metric.direction]}
        </dd>
        <dt>Shown from</dt>
        <dd>{metric.sample_minimum === null ? 'the first case' : `${metric.sample_minimum.count} ${metric.sample_minimum.of}`}</dd>
        {metric.thresholds.map((threshold) => (
          <div key={threshold.name} className={classes.pair}>
            <dt>{startSentence(threshold.name)}</dt>
            <dd>
              {formatValue(threshold.value, threshold.unit)} <span className="quiet">({threshold.source})</span>
            </dd>
          </div>
        ))}
        {metric.needs.length === 0 ? null : (
          <>
            <dt>Needs a source that tells</dt>
            <dd>{joinWords(metric.needs.map((need) => need.replaceAll('_', ' ')))}</dd>
          </>
        )}
        <dt>From</dt>
        <dd>{metric.citation}</dd>
      </dl>
    </div>
  </article>
)

/** What does this number mean? Made of the catalogue, so it says what the code does. */
export const DefinitionsPage = () => {
  useDocumentTitle('Definitions · Barnraise')
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  const { data, error, refetch } = useQuery(catalogueQuery)
  const isThere = data !== undefined
  useEffect(() => {
    // the definitions arrive after the page, so the browser could not find the anchor by itself
    if (isThere && hash !== '') document.getElementById(hash)?.scrollIntoView()
  }, [isThere, hash])
  if (data === undefined)
    return error ? (
      <CardProblem what="The definitions" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[72, 56, 240, 240]} />
    )
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const found = data.filter((metric) => fits(metric, words))
  const families = [...Map.groupBy(found, (metric) => metric.family)]
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">What does each number mean?</h1>
        <p className="lead">
          Every measure says what it counts, from how many cases on it is shown, and where it comes from. “House rule” is our own judgement:
          no published source gives a validated cut-off.
        </p>
      </header>
      <TextInput
        type="search"
        aria-label="Search the definitions"
        placeholder="Search the definitions"
        defaultValue={q ?? ''}
        onChange={(event) => void navigate({ search: { q: event.currentTarget.value || undefined }, replace: true, resetScroll: false })}
        style={{ maxWidth: 360 }}
        className="no-print"
      />
      <p className="visually-hidden" role="status">
        {found.length === 1 ? '1 definition' : `${found.length} definitions`}
      </p>
      {found.length === 0 ? <p className="card">No definition holds all of these words.</p> : null}
      {families.map(([family, metrics]) => (
        <section key={family} className="card stack-tight" aria-labelledby={`family-${family}`}>
          <h2 className="title" id={`family-${family}`}>
            {FAMILY_WORDS[family] ?? family}
          </h2>
          {metrics.map((metric) => (
            <Definition key={metric.id} metric={metric} />
          ))}
        </section>
      ))}
    </div>
  )
}
