import { Link } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatPeriod, joinWords, startSentence } from '../../../shared/format.ts'
import { sayCases } from '../../../shared/say-cases.ts'
import { formatValue } from '../../../shared/unit.ts'
import { searchCases } from '../cases/cases-search.ts'
import classes from './definitions.module.css'
import { WorkedExample } from './worked-example.tsx'

const DIRECTION_WORDS: Record<MetricDescription['direction'], string> = {
  up: 'Higher is better.',
  down: 'Lower is better.',
  none: 'Neither way is better in itself.',
}

/** Where cases can be looked at: a community and one of its months. */
export type Place = { community: CommunitySummary; period: string }

const CaseFact = ({ metric, place }: { metric: MetricDescription; place: Place | null }) => (
  <>
    <dt>Its cases</dt>
    <dd>
      {sayCases(metric)}{' '}
      {place === null || metric.cases.none !== null ? null : (
        <Link
          to="/c/$slug/cases"
          params={{ slug: place.community.slug }}
          search={searchCases(metric.categories === null ? metric.id : `${metric.id}:${metric.categories[0]}`, place.period)}
        >
          See them for {place.community.name}, {formatPeriod(place.period)}
          <span className="visually-hidden">: {metric.title}</span>
        </Link>
      )}
    </dd>
  </>
)

/** One measure: what it asks, how it is worked out, from how much, and from where it comes. */
export const Definition = ({ metric, place }: { metric: MetricDescription; place: Place | null }) => (
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
          {metric.categories === null ? '' : `, one each for ${joinWords(metric.categories.map((name) => name.replaceAll('-', ' ')))}`}.{' '}
          {DIRECTION_WORDS[metric.direction]}
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
        <CaseFact metric={metric} place={place} />
        <dt>From</dt>
        <dd>{metric.citation}</dd>
      </dl>
      {metric.example === null ? null : <WorkedExample example={metric.example} title={metric.title} />}
    </div>
  </article>
)
