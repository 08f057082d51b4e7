import type { ClientBase, Pool } from 'pg'
import type { SourceStatus } from '../../shared/contract/health-report.ts'
import { CAPABILITIES, type Capability } from '../../shared/contract/metric.ts'
import { SHOWN_BY } from '../../shared/contract/shown-by.ts'
import { threadBasisOf } from './inferred-threads.ts'
import type { MeasureContext, ThreadBasis } from './metric.ts'

/** What may be measured in a community, and where its data come from. */
export type CommunityContext = MeasureContext & { sources: SourceStatus[] }

/** What events of these types show that their source can tell. */
export const capabilitiesShownBy = (types: readonly string[]): Capability[] =>
  CAPABILITIES.filter((capability) => SHOWN_BY[capability].some((type) => types.includes(type)))

type SourceRow = {
  source: string
  tells: string[] | null
  types: string[]
  event_count: number
  first_at: Date | null
  last_at: Date | null
}

/**
 * What the sources of a community tell: as declared by their importer, else by the types of event seen, up to the local
 * day `until` when one is given. A source that is declared but has sent nothing is listed too.
 */
export const loadContext = async (db: Pool | ClientBase, communityId: string, until: string | null = null): Promise<CommunityContext> => {
  const { rows } = await db.query<SourceRow>(
    `with seen_type as (
       select source, type, sum(event_count) as event_count, min(first_at) as first_at, max(last_at) as last_at
       from event_day
       where community_id = $1 and ($2::date is null or day_on <= $2::date)
       group by source, type
     ),
     seen as (
       select
         source,
         array_agg(type order by type) as types,
         sum(event_count)::float8 as event_count,
         min(first_at) as first_at,
         max(last_at) as last_at
       from seen_type
       group by source
     ),
     declared as (
       select source, tells from source where community_id = $1
     )
     select
       coalesce(seen.source, declared.source) as source,
       declared.tells,
       coalesce(seen.types, '{}') as types,
       coalesce(seen.event_count, 0) as event_count,
       seen.first_at,
       seen.last_at
     from seen
     full join declared on declared.source = seen.source
     order by 1`,
    [communityId, until],
  )
  return contextOf(rows.map(describeSource), await loadThreadBasis(db, communityId, until))
}

/** Whether questions were asked in threads, in flat chats or in both, up to the local day `until` when one is given. */
export const loadThreadBasis = async (db: Pool | ClientBase, communityId: string, until: string | null = null): Promise<ThreadBasis> => {
  const { rows } = await db.query<{ questions: number; inferred: number }>(
    `select
       coalesce(sum(question_count), 0)::float8 as questions,
       coalesce(sum(inferred_question_count), 0)::float8 as inferred
     from contribution_day
     where community_id = $1 and ($2::date is null or day_on <= $2::date)`,
    [communityId, until],
  )
  return threadBasisOf(rows[0]?.questions ?? 0, rows[0]?.inferred ?? 0)
}

const describeSource = (row: SourceRow): SourceStatus => {
  const isTold = (capability: Capability) =>
    row.tells === null || capability === 'value_reports'
      ? // no importer can declare what askers say on being asked
        SHOWN_BY[capability].some((type) => row.types.includes(type)) || row.tells?.includes(capability) === true
      : row.tells.includes(capability)
  return {
    source: row.source,
    tells: CAPABILITIES.filter(isTold),
    cannot_tell: CAPABILITIES.filter((capability) => !isTold(capability)),
    first_event_at: row.first_at?.toISOString() ?? null,
    last_event_at: row.last_at?.toISOString() ?? null,
    event_count: row.event_count,
  }
}

/** A community can tell what any one of its sources tells. */
export const contextOf = (sources: SourceStatus[], threads: ThreadBasis = 'said'): CommunityContext => {
  const told = new Set(sources.flatMap((source) => source.tells))
  return { sources, sourceNames: sources.map((source) => source.source), canTell: (capability) => told.has(capability), threads }
}
