import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import type { Intervention } from '../../../shared/contract/intervention.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { addDays, daysOfPeriod, grainOfLabel, periodOfDay } from '../../../shared/period.ts'
import { interventionsQuery } from '../../app/queries.ts'
import { ChartNotes } from '../../ui/chart-notes.ts'
import type { ChartNote } from '../../ui/chart-point.ts'
import { keepPeriod } from './period-search.ts'
import classes from './period.module.css'
import type { Numbers } from './use-numbers.ts'
import { usePeriodSearch } from './use-period-search.ts'

const NONE: readonly Intervention[] = []
/** Named under the choice of periods; a link leads to all. */
const MOST_NAMED = 4

/** The notes of the periods a chart shows, the earliest first. Days that are no period of it have none. */
export const findNotes = (interventions: readonly Intervention[], periods: readonly string[], today: string): ChartNote[] => {
  const grain = grainOfLabel(periods[0] ?? '')
  if (grain === null) return []
  const shown = new Set(periods)
  return interventions
    .map(({ on, title }) => ({ on, period: periodOfDay(on, grain), label: on > today ? `Planned: ${title}` : title }))
    .filter(({ period }) => shown.has(period))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .map(({ period, label }) => ({ period, label }))
}

const todayIn = (zone: string) => dayInZone(new Date().toISOString(), zone)

/** Puts what was tried on every chart over time within. Where it cannot be fetched the charts stand without. */
export const NotesOnCharts = ({ slug, timeZone, children }: { slug: string; timeZone: string; children: ReactNode }) => {
  const { data } = useQuery(interventionsQuery(slug, { isBrief: true }))
  const interventions = data?.interventions ?? NONE
  const find = useCallback((periods: readonly string[]) => findNotes(interventions, periods, todayIn(timeZone)), [interventions, timeZone])
  return <ChartNotes.Provider value={find}>{children}</ChartNotes.Provider>
}

/** What was tried in the periods shown, by name, and for managers the way to note more. */
export const NotesInRange = ({ numbers: { slug, range, community, lastDay } }: { numbers: Numbers }) => {
  const { search } = usePeriodSearch()
  const { data } = useQuery(interventionsQuery(slug, { isBrief: true }))
  const [first, end] = [daysOfPeriod(range.from, range.grain).from_on, daysOfPeriod(range.to, range.grain).to_on]
  const within = (data?.interventions ?? NONE).filter(({ on }) => on >= first && on < end).toReversed()
  const isManager = community.role === 'administrator' || community.role === 'manager'
  if (within.length === 0 && !isManager) return null
  const last = addDays(end, -1)
  const target = { to: '/c/$slug/interventions', params: { slug } } as const
  return (
    <p className={`small ${classes.notes}`} data-empty={within.length === 0}>
      {within.length === 0 ? null : <span className="quiet">Tried in these periods:</span>}
      {within.slice(0, MOST_NAMED).map((one) => (
        <span key={one.intervention_id}>
          {formatDay(one.on)}{' '}
          <Link {...target} search={keepPeriod(search)} hash={one.intervention_id}>
            <bdi>{one.title}</bdi>
          </Link>
        </span>
      ))}
      {within.length > MOST_NAMED ? (
        <Link {...target} search={keepPeriod(search)}>
          {within.length - MOST_NAMED} more
        </Link>
      ) : null}
      {isManager ? (
        <Link {...target} search={{ ...keepPeriod(search), new: last < lastDay ? last : lastDay }} className="no-print">
          Add a note
        </Link>
      ) : null}
    </p>
  )
}
