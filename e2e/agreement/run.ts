// npm run agreement: holds every metric that R or Python can compute too against them, on the same events, and writes docs/agreement.md.
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadDemo } from '../../server/jobs/load-demo.ts'
import { refreshCommunity } from '../../server/jobs/refresh-community.ts'
import { type Database, openDatabase } from '../../server/store/connection.ts'
import { startOrJoinEmbedded } from '../../server/store/embedded-postgres.ts'
import { throwawaySettings } from '../../server/store/embedded-settings.ts'
import { migrate } from '../../server/store/migrate.ts'
import { type Agreement, compareSeries } from './compare-series.ts'
import { exportEvents } from './export-events.ts'
import { loadTopics } from './load-topics.ts'
import { readOurs } from './read-ours.ts'
import { readTheirs } from './read-theirs.ts'
import { writeAgreement } from './write-agreement.ts'

/** Made-up communities end here, so that a run gives the same numbers next year. */
const NOW = new Date('2026-06-30T10:20:30Z')
const PYTHON = process.env.PYTHON ?? '/usr/bin/python3'
const here = import.meta.dirname
/** Slugs of demo communities: only these, and nothing is written. */
const only = process.argv.slice(2)

const run = (command: string, args: string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`)
  return stdout.trim()
}

/** What is installed, or null with a word on what to install. */
const versions = (): string[] | null => {
  try {
    return [
      run(PYTHON, [
        '-c',
        'import platform, networkx, pandas, statsmodels\nprint("Python", platform.python_version(), "with networkx", networkx.__version__, "pandas", pandas.__version__, "statsmodels", statsmodels.__version__)',
      ]),
      run('Rscript', [
        '-e',
        'v <- function(p) paste(p, packageVersion(p)); cat("R", paste(R.version$major, R.version$minor, sep = "."), "with", v("survival"), v("vegan"), v("igraph"))',
      ]),
    ]
  } catch (error) {
    console.error(`${(error as Error).message.split('\n')[0]}\n`)
    console.error(
      'The comparison needs R and Python from Debian:\n  apt-get install r-cran-survival r-cran-vegan r-cran-igraph python3-networkx python3-pandas python3-statsmodels',
    )
    return null
  }
}

/** The account with most answers facilitates, so that there is something to tell from the peers. */
const nameFacilitator = async (db: Database, communityId: string): Promise<void> => {
  await db.pool.query(
    `insert into facilitator (community_id, identity_key, named_at)
     select $1, identity_key, $2
     from event
     where community_id = $1 and type = 'answer.posted' and identity_key is not null
     group by identity_key
     order by count(*) desc, identity_key
     limit 1`,
    [communityId, NOW],
  )
}

const found = versions()
if (found === null) process.exit(2)

const folder = await mkdtemp(join(tmpdir(), 'barnraise-agreement-'))
await chmod(folder, 0o711)
const server = await startOrJoinEmbedded(join(folder, 'data'), { settings: throwawaySettings })
try {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query('create database agreement')
  await client.end()
  const url = server.url.replace(/[^/]+$/, 'agreement')
  await migrate(url)
  const db = openDatabase(url)
  const agreement: Agreement = new Map()
  const communities: string[] = []
  for (const { slug, community_id } of [...(await loadDemo(db, { now: NOW })), await loadTopics(db, NOW)]) {
    if (only.length > 0 && !only.includes(slug)) continue
    await nameFacilitator(db, community_id)
    await refreshCommunity(db, community_id, { now: NOW })
    const facts = await exportEvents(db, community_id, join(folder, `${slug}.csv`))
    if (facts.known_by === null) continue
    communities.push(`${slug} (${facts.event_count.toLocaleString('en')} events)`)
    for (const grain of ['month', 'week'] as const) {
      const out = join(folder, `${slug}-${grain}`)
      run('mkdir', ['-p', out])
      run(PYTHON, [join(here, 'measure.py'), join(folder, `${slug}.csv`), out, facts.time_zone, facts.known_by.toISOString(), grain])
      run('Rscript', [join(here, 'measure.R'), out, grain])
      compareSeries(agreement, `${slug} ${grain}`, await readOurs(db.pool, slug, grain, NOW), await readTheirs(out))
    }
    console.error(`${slug}: compared`)
  }
  await db.close()
  const file = only.length > 0 ? join(folder, 'agreement.md') : join(here, '../../docs/agreement.md')
  const isAgreed = await writeAgreement(file, { agreement, communities, software: found })
  process.exitCode = isAgreed ? 0 : 1
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
