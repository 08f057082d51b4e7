import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { followChange } from '../../server/diagnosis/direction/detect.ts'
import { loadSeries } from '../../server/diagnosis/direction/load-direction.ts'
import type { StoredWeek } from '../../server/diagnosis/direction/hear-weeks.ts'
import type { WeeklySeries } from '../../server/diagnosis/direction/weekly-series.ts'
import { DEMO_COMMUNITIES } from '../../server/ingest/demo/demo-communities.ts'
import { loadDemo } from '../../server/jobs/load-demo.ts'
import { refreshCommunity } from '../../server/jobs/refresh-community.ts'
import { loadContext } from '../../server/metrics/capabilities.ts'
import { localDay } from '../../server/rollup/data-span.ts'
import { findCommunity } from '../../server/store/communities.ts'
import { type Database, openDatabase } from '../../server/store/connection.ts'
import { startOrJoinEmbedded } from '../../server/store/embedded-postgres.ts'
import { throwawaySettings } from '../../server/store/embedded-settings.ts'
import { migrate } from '../../server/store/migrate.ts'

/** An alarm that a real community would have got. Weeks by their Mondays. */
export type ReplayedAlarm = {
  slug: string
  began_on: string
  named: { id: string; observed: number; expected: number; weeks: number; z: number }[]
  /** The named series as a share of their level before, in the 8 weeks that end so many weeks after it began; null where no data reach. */
  after: { weeks: number; shares: (number | null)[] }[]
  worse_on: string[]
  ended_on: string | null
  ending: string | null
}
export type Replayed = { slug: string; name: string; from_on: string | null; years: number; alarms: ReplayedAlarm[] }

const NOW = new Date('2026-06-30T10:20:30Z')
const AFTER_WEEKS = [8, 26, 52] as const

const shareAfter = ({ counts, exposures }: WeeklySeries, rate: number, week: number): number | null => {
  if (week >= counts.length) return null
  const sum = (values: readonly number[]) => values.slice(Math.max(0, week - 7), week + 1).reduce((all, value) => all + value, 0)
  const exposure = sum(exposures)
  const heard = counts.map((count, i) => ((exposures[i] as number) > 0 ? count : 0))
  return exposure === 0 || rate === 0 ? null : sum(heard) / (rate * exposure)
}

/** What the alarm of a decline would have told over all weeks. */
export const replayWeeks = (slug: string, weeks: readonly StoredWeek[], all: readonly WeeklySeries[]): ReplayedAlarm[] => {
  const followed = followChange(all, 'worse').weeks
  const dayOf = (week: number) => (weeks[week] as StoredWeek).from_on
  return followed.flatMap(({ notice, change }, week): ReplayedAlarm[] => {
    if (notice !== 'began' || change === null) return []
    const isEnd = (i: number) => i > week && followed[i]?.notice != null && followed[i]?.notice !== 'clearly_worse'
    const end = followed.findIndex((_, i) => isEnd(i))
    const until = end === -1 ? followed.length : end
    // series are named for some weeks after it began
    const named = [...((followed[Math.min(week + 8, until - 1)]?.change ?? change).named ?? [])]
    return [
      {
        slug,
        began_on: dayOf(week),
        named: named.map(([i, { judged, rate }]) => ({
          id: (all[i] as WeeklySeries).id,
          observed: judged.observed,
          expected: rate * judged.exposure,
          weeks: judged.weeks,
          z: judged.z,
        })),
        after: AFTER_WEEKS.map((weeksOn) => ({
          weeks: weeksOn,
          shares: named.map(([i, { rate }]) => shareAfter(all[i] as WeeklySeries, rate, week + weeksOn)),
        })),
        worse_on: followed.flatMap((one, i) => (i > week && i < until && one.notice === 'clearly_worse' ? [dayOf(i)] : [])),
        ended_on: end === -1 ? null : dayOf(end),
        ending: end === -1 ? null : (followed[end]?.notice ?? null),
      },
    ]
  })
}

const replayOne = async (db: Database, slug: string): Promise<Replayed> => {
  const community = await findCommunity(db, slug)
  if (!community) throw new Error(`${slug} was not loaded`)
  const { community_id: communityId, time_zone: timeZone, name } = community
  await refreshCommunity(db, communityId, { now: NOW })
  const { rows } = await db.pool.query<{ first_event_on: string; known_by: Date }>(
    'select first_event_on, known_by from community_state where community_id = $1',
    [communityId],
  )
  const { first_event_on: firstOn, known_by: knownBy } = rows[0] as { first_event_on: string; known_by: Date }
  const overUntil = await localDay(db.pool, knownBy, timeZone)
  const { weeks, all } = await loadSeries(db.pool, {
    communityId,
    timeZone,
    firstOn,
    overUntil,
    context: await loadContext(db.pool, communityId),
  })
  return { slug, name, from_on: weeks[0]?.from_on ?? null, years: weeks.length / 52, alarms: replayWeeks(slug, weeks, all) }
}

/** The real histories that the project carries, through the database as any other community. */
export const replayArchives = async (): Promise<Replayed[]> => {
  const demos = DEMO_COMMUNITIES.filter(({ is_synthetic }) => !is_synthetic)
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-replay-'))
  // the database's user passes through
  await chmod(folder, 0o711)
  const server = await startOrJoinEmbedded(join(folder, 'data'), { settings: throwawaySettings })
  try {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query('create database replay')
    await client.end()
    const url = server.url.replace(/[^/]+$/, 'replay')
    await migrate(url)
    const db = openDatabase(url)
    try {
      await loadDemo(db, { now: NOW, demos })
      const replayed: Replayed[] = []
      for (const { slug } of demos) replayed.push(await replayOne(db, slug))
      return replayed
    } finally {
      await db.close()
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
