import type { Pool } from 'pg'
import { buildHealthReport, type ReportedCommunity } from '../../server/report/health-report.ts'
import { daysOfPeriod, type Grain, periodOfDay } from '../../shared/period.ts'
import type { Measured } from '../../shared/contract/metric.ts'

/** Points by "first day of the period series key", as the API gives them. */
export type OurPoints = Map<string, Measured>

/** Every point of a community from its first event on. */
export const readOurs = async (pool: Pool, slug: string, grain: Grain, now: Date): Promise<OurPoints> => {
  const { rows } = await pool.query<ReportedCommunity & { first_event_on: string; known_on: string }>(
    `select c.*, s.first_event_on, ((s.known_by - interval '1 microsecond') at time zone c.time_zone)::date as known_on
     from community c
     join community_state s on s.community_id = c.community_id
     where c.slug = $1`,
    [slug],
  )
  const community = rows[0]
  if (!community) throw new Error(`There is no community ${slug}`)
  const from = periodOfDay(community.first_event_on, grain)
  const to = periodOfDay(community.known_on, grain)
  const report = await buildHealthReport(pool, community, { from, to, grain }, now)
  return new Map(
    report.metrics.flatMap(({ id, category, points }) =>
      points.map(
        ({ period, ...point }) => [`${daysOfPeriod(period, grain).from_on} ${category ? `${id}:${category}` : id}`, point] as const,
      ),
    ),
  )
}
