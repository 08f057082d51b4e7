import type { ClientBase } from 'pg'
import { addCountsByDay, type Count, replaceCounts } from './add-counts-by-day.ts'
import {
  askerBenefit,
  benefitDay,
  observation,
  observer,
  practice,
  practiceDay,
  practiceStretch,
  practiceUse,
  valueReport,
} from './observing-tables.ts'
import { type Differing, replaceAll, replaceDiffering } from './replace-differing.ts'
import type { PartScope, RollupChange, RollupTable } from './rollup-change.ts'
import { rollupStatement } from './statement.ts'
import { UNTOUCHED_DAYS } from './untouched-days.ts'

const tables = [observation, practice, practiceUse, practiceStretch, valueReport, askerBenefit, observer, practiceDay, benefitDay]

/** A change to any of these asks for a rebuild. */
export const observingStatements = {
  ...Object.fromEntries(tables.map(({ table, statement }) => [table, statement])),
  affectedViews: rollupStatement('affected-views'),
  affectedPractices: rollupStatement('affected-practices'),
  affectedUses: rollupStatement('affected-uses'),
  untouchedDays: String(UNTOUCHED_DAYS),
}

/** What changed, and whose days of benefit; null: anybody's may have (everything was derived again). */
export type ObservingChange = { change: RollupChange; benefitPeople: string[] | null }

type Observation = { person_id: string; day_on: string; is_counted: boolean }
type Practice = { practice_key: string; thread_key: string; shared_on: string; removed_at: Date | null }
type PracticeUse = { practice_key: string; use: string; person_id: string | null; used_on: string; is_counted: boolean }
type Stretch = { practice_key: string; from_on: string; to_on: string }
type ValueReport = { person_id: string; reported_on: string; removed_at: Date | null }
type AskerBenefit = { benefit: string; person_id: string; day_on: string }
type Observer = { first_viewed_on: string }

/**
 * Brings the rollups of observing, practices and benefits up to date, inside the caller's transaction and after
 * contributions, acceptances and help episodes. Views, practices and uses are looked at again by their own event, by their thread or
 * practice, and by the stale days, on which one may have gone; counts a day are adjusted by the difference. `benefit_day` is told
 * as changed where a benefit comes or goes, not where its count alone differs.
 */
export const refreshObserving = async (client: ClientBase, scope: PartScope): Promise<ObservingChange> => {
  const { events, threads, threadPeople, days } = scope
  if (events === null || threads === null || threadPeople === null || days === null) {
    await rebuildObserving(client, scope)
    return { change: new Map(), benefitPeople: null }
  }
  const { communityId, timeZone } = scope
  const spans = [days.map((span) => span.from_on), days.map((span) => span.to_on), timeZone] as const
  const read = async (statement: string, more: readonly unknown[]) =>
    (await client.query<{ key: string }>(statement, [communityId, ...more])).rows.map((row) => row.key)
  const stale = await readStaleEvents(client, communityId, events)

  const views = [...stale.views, ...stale.taken_back, ...(await read(observingStatements.affectedViews, [threads, ...spans]))]
  const observations = await replaceDiffering<Observation>(client, observation, communityId, views, [timeZone])

  const shared = [...stale.practices, ...stale.taken_back, ...(await read(observingStatements.affectedPractices, spans))]
  const practices = await replaceDiffering<Practice>(client, practice, communityId, shared, [timeZone])
  const reports = await replaceDiffering<ValueReport>(client, valueReport, communityId, shared, [timeZone])
  const usesOf = practices.map((row) => row.practice_key)
  const practiceThreads = practices.map((row) => row.thread_key)
  const affectedUses = await read(observingStatements.affectedUses, [usesOf, practiceThreads, ...spans])
  const using = [...stale.views, ...stale.uses, ...stale.taken_back, ...affectedUses]
  const uses = await replaceDiffering<PracticeUse>(client, practiceUse, communityId, using, [timeZone])
  const touched = [...new Set([...usesOf, ...uses.map((row) => row.practice_key)])]
  const stretches = await replaceDiffering<Stretch>(client, practiceStretch, communityId, touched, [UNTOUCHED_DAYS])

  const helped = await replaceDiffering<AskerBenefit>(client, askerBenefit, communityId, threads, [timeZone])
  const practiceDays = await addCountsByDay<'day_on'>(client, practiceDay, communityId, practiceCounts(practices, stretches))
  const benefits = await addCountsByDay<'person_id' | 'day_on'>(
    client,
    benefitDay,
    communityId,
    benefitCounts(observations, uses, reports, helped),
  )
  const readers = new Set(observations.map((row) => row.person_id))
  const writers = threadPeople.filter((person) => !readers.has(person))
  const observers = await replaceDiffering<Observer>(client, observer, communityId, [...readers, ...writers], [writers])

  const comeAndGone = benefits.filter((row) => row.has_come || row.has_gone)
  const change: RollupChange = new Map()
  // west of Greenwich the first hours of year 1 lie in a year that labels cannot name
  const note = (table: RollupTable, changed: readonly string[]) => {
    if (changed.length > 0) change.set(table, new Set(changed.map((day) => (day.endsWith('BC') ? '0001-01-01' : day))))
  }
  note(
    'observation',
    observations.map((row) => row.day_on),
  )
  note(
    'observer',
    observers.map((row) => row.first_viewed_on),
  )
  note(
    'practice',
    practices.map((row) => row.shared_on),
  )
  note(
    'practice_use',
    uses.map((row) => row.used_on),
  )
  note(
    'practice_day',
    practiceDays.map((row) => row.day_on),
  )
  note(
    'value_report',
    reports.map((row) => row.reported_on),
  )
  note(
    'benefit_day',
    comeAndGone.map((row) => row.day_on),
  )
  return { change, benefitPeople: [...new Set(comeAndGone.map((row) => row.person_id))] }
}

type StaleEvents = Record<'views' | 'uses' | 'practices' | 'taken_back', string[]>

/** The stale events that say something here, and what they take back, which may be anything. */
const readStaleEvents = async (client: ClientBase, communityId: string, events: string[]): Promise<StaleEvents> => {
  const { rows } = await client.query<{ event_key: string; type: string; target_key: string | null }>(
    `select event_key, type, target_key from event
     where community_id = $1 and event_key = any ($2::uuid[])
       and type in ('content.viewed', 'practice.reused', 'document.edited', 'practice.shared', 'value.reported', 'content.deleted')`,
    [communityId, events],
  )
  const keysOf = (...types: string[]) => rows.flatMap((row) => (types.includes(row.type) ? [row.event_key] : []))
  return {
    views: keysOf('content.viewed'),
    uses: keysOf('practice.reused', 'document.edited'),
    practices: keysOf('practice.shared', 'value.reported'),
    taken_back: rows.flatMap((row) => (row.type === 'content.deleted' && row.target_key !== null ? [row.target_key] : [])),
  }
}

const practiceCounts = (practices: Differing<Practice>[], stretches: Differing<Stretch>[]): Count[] => [
  ...practices.flatMap((row) => (row.removed_at === null ? [{ day_on: row.shared_on, shared_count: row.sign }] : [])),
  ...stretches.flatMap((row) => [
    { day_on: row.from_on, touched_change: row.sign },
    { day_on: row.to_on, touched_change: -row.sign },
  ]),
]

const benefitCounts = (
  observations: Differing<Observation>[],
  uses: Differing<PracticeUse>[],
  reports: Differing<ValueReport>[],
  helped: Differing<AskerBenefit>[],
): Count[] => [
  ...observations.flatMap(({ person_id, day_on, is_counted, sign }) =>
    is_counted ? [{ person_id, day_on, benefit: 'observed', fact_count: sign }] : [],
  ),
  ...uses.flatMap(({ person_id, used_on, use, is_counted, sign }) =>
    is_counted && use === 'reused' && person_id !== null ? [{ person_id, day_on: used_on, benefit: 'reused', fact_count: sign }] : [],
  ),
  ...reports.flatMap(({ person_id, reported_on, removed_at, sign }) =>
    removed_at === null ? [{ person_id, day_on: reported_on, benefit: 'confirmed', fact_count: sign }] : [],
  ),
  ...helped.map(({ person_id, day_on, benefit, sign }) => ({ person_id, day_on, benefit, fact_count: sign })),
]

const rebuildObserving = async (client: ClientBase, { communityId, timeZone }: PartScope): Promise<void> => {
  for (const rollup of [observation, practice, practiceUse, valueReport, askerBenefit])
    await replaceAll(client, rollup, communityId, [timeZone])
  await replaceAll(client, practiceStretch, communityId, [UNTOUCHED_DAYS])
  for (const counts of [practiceDay, benefitDay]) await replaceCounts(client, counts, communityId)
  await replaceAll(client, observer, communityId, [null])
}
