import { type DemoCommunity, DEMO_COMMUNITIES } from '../../server/ingest/demo/demo-communities.ts'
import { generateEvents, SYNTHETIC_TELLS, type SyntheticOptions } from '../../server/ingest/sources/synthetic/synthetic.ts'
import { readVerdicts } from '../../server/diagnosis/store-verdicts.ts'
import { loadDemo } from '../../server/jobs/load-demo.ts'
import { refreshCommunity } from '../../server/jobs/refresh-community.ts'
import { createCommunity } from '../../server/store/communities.ts'
import type { Database } from '../../server/store/connection.ts'
import { runImport } from '../../server/store/run-import.ts'
import { addDays } from '../../shared/period.ts'
import { type History, historyOf } from './evaluation.ts'
import type { LabelledCommunity } from './labelled-community.ts'

/**
 * Takes a labelled community the whole way that a real one goes: events through the door, rollups, verdicts at every month end with
 * their support and what stands; and reads what was stored. `slug` names it in the database.
 */
export const evaluateCommunity = async (db: Database, labelled: LabelledCommunity, slug: string, now: Date): Promise<History> => {
  const { source } = labelled
  const communityId = 'archive' in source ? await loadArchive(db, source.archive, now) : await store(db, source.synthetic, slug, now)
  for (const [threshold, value] of Object.entries(labelled.thresholds))
    await db.pool.query('insert into threshold_setting (community_id, threshold, value, set_at) values ($1, $2, $3, $4)', [
      communityId,
      threshold,
      value,
      now,
    ])
  await refreshCommunity(db, communityId, { now, rebuild: true })
  const verdicts = await readVerdicts(db.pool, communityId, '0001-01-01', '9999-12-31')
  // the last is of a month that is not over
  return historyOf(
    labelled,
    slug,
    verdicts.filter(({ at }) => addDays(at, 1).endsWith('-01')),
  )
}

const store = async (db: Database, options: SyntheticOptions, slug: string, now: Date): Promise<string> => {
  const community = await createCommunity(db, { slug, name: slug, time_zone: options.timeZone, now })
  if (!community) throw new Error(`There is a community ${slug} already.`)
  const { counts } = await runImport(db, {
    communityId: community.community_id,
    source: 'synthetic',
    fileName: slug,
    items: (async function* () {
      let position = 0
      for (const event of generateEvents(options)) yield { position: ++position, event }
    })(),
    tells: () => SYNTHETIC_TELLS,
    observedUntil: options.endAt,
    isDryRun: false,
    now: () => now,
  })
  if (counts.rejected + counts.conflict > 0) throw new Error(`${slug}: ${counts.rejected + counts.conflict} events were not taken.`)
  return community.community_id
}

const loadArchive = async (db: Database, slug: string, now: Date): Promise<string> => {
  const demos = DEMO_COMMUNITIES.filter((demo: DemoCommunity) => demo.slug === slug)
  const [loaded] = await loadDemo(db, { now, demos })
  if (!loaded) throw new Error(`There is no archive ${slug}.`)
  return loaded.community_id
}
