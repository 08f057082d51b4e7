import { DEMO_COMMUNITIES, type DemoCommunity } from '../ingest/demo/demo-communities.ts'
import { createCommunity, deleteCommunity, findCommunity, listCommunities, type StoredCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { runImport } from '../store/run-import.ts'

/** Two processes may start at once. */
const DEMO_LOCK = 'load demo'

export type LoadedDemo = { slug: string; community_id: string; is_new: boolean }

/**
 * Loads the demo communities that were never loaded to their end, and gives those that are there. Killed in the middle it goes on
 * where it stopped: made-up events end when their community was made, so they are the same again. One that was removed stays away
 * unless `again`. What is shown of them is up to the jobs, or to the caller.
 */
export const loadDemo = async (
  db: Database,
  {
    now,
    again = false,
    log = () => {},
    demos = DEMO_COMMUNITIES,
  }: { now: Date; again?: boolean; log?: (line: string) => void; demos?: readonly DemoCommunity[] },
): Promise<LoadedDemo[]> => {
  const lock = await db.pool.connect()
  try {
    await lock.query('begin')
    await lock.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [DEMO_LOCK])
    const loaded: LoadedDemo[] = []
    for (const demo of demos) {
      const { rowCount } = await db.pool.query('select 1 from demo_load where slug = $1', [demo.slug])
      const found = await findDemo(db, demo)
      if (rowCount === 1 && (found || !again)) {
        if (found) loaded.push({ slug: found.slug, community_id: found.community_id, is_new: false })
        continue
      }
      const community = found ?? (await makeDemo(db, demo, now))
      log(`loading the demo community ${community.name}`)
      await runImport(db, {
        communityId: community.community_id,
        source: demo.source,
        fileName: `demo ${demo.slug}`,
        items: demo.read(community.created_at),
        tells: () => demo.tells,
        observedUntil: demo.is_synthetic ? community.created_at : null,
        isDryRun: false,
        now: () => now,
      })
      await db.pool.query(
        'insert into demo_load (slug, finished_at) values ($1, $2) on conflict (slug) do update set finished_at = excluded.finished_at',
        [demo.slug, now],
      )
      loaded.push({ slug: community.slug, community_id: community.community_id, is_new: true })
    }
    await lock.query('commit')
    return loaded
  } catch (error) {
    await lock.query('rollback').catch(() => {})
    throw error
  } finally {
    lock.release()
  }
}

/** Removes the demo communities with everything in them; returns how many. They stay away until loaded again. */
export const removeDemo = async (db: Database, { now }: { now: Date }): Promise<number> => {
  await db.pool.query('insert into demo_load (slug, finished_at) select unnest($1::text[]), $2 on conflict (slug) do nothing', [
    DEMO_COMMUNITIES.map(({ slug }) => slug),
    now,
  ])
  const communities = await listCommunities(db, { is_demo: true })
  for (const { community_id } of communities) await deleteCommunity(db, community_id)
  return communities.length
}

/** A community of one's own may have taken the slug. */
const slugsOf = ({ slug }: DemoCommunity) => [slug, `${slug}-demo`]

const findDemo = async (db: Database, demo: DemoCommunity): Promise<StoredCommunity | null> => {
  for (const slug of slugsOf(demo)) {
    const found = await findCommunity(db, slug)
    if (found?.is_demo) return found
  }
  return null
}

const makeDemo = async (db: Database, demo: DemoCommunity, now: Date): Promise<StoredCommunity> => {
  for (const slug of slugsOf(demo)) {
    const made = await createCommunity(db, { slug, name: demo.name, time_zone: demo.time_zone, demo_note: demo.note, now })
    if (made) return made
  }
  throw new Error(`Both slugs of the demo community ${demo.slug} are taken: remove or rename one of ${slugsOf(demo).join(', ')}.`)
}
