import { TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { FAMILY_TITLES, type MetricDescription } from '../../../shared/contract/metric.ts'
import { lastKnownDay } from '../../../shared/format.ts'
import { shiftPeriod } from '../../../shared/period.ts'
import { sayCases } from '../../../shared/say-cases.ts'
import { catalogueQuery, communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { Definition, type Place } from './definition.tsx'
import classes from './definitions.module.css'
import { GeneralRules } from './general-rules.tsx'

const route = getRouteApi('/shell/definitions')

const fits = (metric: MetricDescription, words: string[]): boolean => {
  const text = `${metric.id} ${metric.title} ${metric.question} ${metric.explanation} ${metric.citation} ${sayCases(metric)}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The community one came from, else the first that has data; and the last month of it that is over. */
const usePlace = (slug: string | undefined): Place | null => {
  const { data } = useQuery(communitiesQuery)
  const community = data?.find((one) => one.slug === slug && one.known_by !== null) ?? data?.find((one) => one.known_by !== null)
  if (community?.known_by == null) return null
  const month = lastKnownDay(community.known_by, community.time_zone).slice(0, 7)
  return { community, period: shiftPeriod(month, 'month', -1) }
}

/** What does this number mean? Made of the catalogue, so it says what the code does. */
export const DefinitionsPage = () => {
  useDocumentTitle('Definitions · Barnraise')
  const { q, c } = route.useSearch()
  const navigate = route.useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  const { data, error, refetch } = useQuery(catalogueQuery)
  const place = usePlace(c)
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
          Every measure says what it counts, from how many cases on it is shown, and where it comes from, so that anyone can count again.
          “House rule” is our own judgement: no published source gives a validated cut-off.
        </p>
      </header>
      <TextInput
        type="search"
        aria-label="Search the definitions"
        placeholder="Search the definitions"
        defaultValue={q ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value || undefined
          void navigate({ search: (now) => ({ ...now, q: text }), replace: true, resetScroll: false })
        }}
        style={{ maxWidth: 360 }}
        className="no-print"
      />
      <nav aria-label="Families of measures" className={`${classes.families} no-print`}>
        {families.map(([family, metrics]) => (
          <a key={family} href={`#family-${family}`}>
            {FAMILY_TITLES[family]} <span className="quiet">{metrics.length}</span>
          </a>
        ))}
      </nav>
      <p className="visually-hidden" role="status">
        {found.length === 1 ? '1 definition' : `${found.length} definitions`}
      </p>
      {words.length === 0 ? <GeneralRules /> : null}
      {found.length === 0 ? <p className="card">No definition holds all of these words.</p> : null}
      {families.map(([family, metrics]) => (
        <section key={family} className="card stack-tight" aria-labelledby={`family-${family}`}>
          <h2 className="title" id={`family-${family}`}>
            {FAMILY_TITLES[family]}
          </h2>
          {metrics.map((metric) => (
            <Definition key={metric.id} metric={metric} place={place} />
          ))}
        </section>
      ))}
    </div>
  )
}
