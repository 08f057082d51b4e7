/** The community of a size as the other lines measure it: loaded, its numbers worked out, made once in a run. */
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import type { Database } from '../server/store/connection.ts'
import type { BenchOptions } from './bench-options.ts'
import type { BenchServer } from './bench-server.ts'
import { BENCH_COMMUNITY_ID, type EventFiles, makeEventFiles } from './event-files.ts'
import { loadEvents } from './load-events.ts'

export type PreparedCommunity = {
  db: Database & { url: string }
  files: EventFiles
  /** How long its numbers took from nothing. */
  rebuildSeconds: number
  phases: Record<string, number>
}

const prepared = new Map<string, Promise<PreparedCommunity>>()
const nameOf = (size: number, { members }: BenchOptions) => `bench_${size}${members === undefined ? '' : `_of_${members}`}`

export const prepareCommunity = (server: BenchServer, options: BenchOptions, size: number): Promise<PreparedCommunity> => {
  const known = prepared.get(nameOf(size, options))
  if (known !== undefined) return known
  const made = prepare(server, options, size)
  prepared.set(nameOf(size, options), made)
  return made
}

/** Closes their databases; they stay on the server. */
export const closeCommunities = async (): Promise<void> => {
  for (const one of prepared.values()) await (await one).db.close()
  prepared.clear()
}

const prepare = async (server: BenchServer, options: BenchOptions, size: number): Promise<PreparedCommunity> => {
  const files = await makeEventFiles({ ...options, size })
  const name = nameOf(size, options)
  // whatever an earlier run has left may be of another version
  await server.drop(name)
  const db = await server.open(name)
  await loadEvents(db, files, options.endAt)
  await db.pool.query('checkpoint')
  const began = performance.now()
  const result = await refreshCommunity(db, BENCH_COMMUNITY_ID, { now: new Date(), rebuild: true })
  const rebuildSeconds = (performance.now() - began) / 1000
  // as autovacuum would do within minutes
  await db.pool.query('vacuum (analyze)')
  return { db, files, rebuildSeconds, phases: result?.seconds ?? {} }
}
