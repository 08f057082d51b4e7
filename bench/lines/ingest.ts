/** Events a second through HTTP, beside plain COPY of the same rows into a table like `event`; and the server's memory meanwhile. */
import { setTimeout as wait } from 'node:timers/promises'
import { createKey } from '../../server/access/keys.ts'
import type { Database } from '../../server/store/connection.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import { BENCH_COMMUNITY_ID, type EventFiles, makeEventFiles } from '../event-files.ts'
import { runInChild } from '../in-child.ts'
import { addBenchCommunity, copyRowsFile } from '../load-events.ts'
import type { Finding } from '../finding.ts'
import type { SendAnswer, SendOrder } from '../send-events.ts'
import { startApp } from '../start-app.ts'

const TARGET_RATIO = 0.5
const MEMORY_LIMIT_BYTES = 300 * 1024 * 1024
const MEMORY_STEP_MS = 250
const BATCH_EVENTS = 1000
const SENDERS = 4
const MEGABYTE = 1024 * 1024

export const benchIngest = async (server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const files = await makeEventFiles({ ...options, size: options.ingestEvents })
  const copied = await measureCopy(server, files)
  const streamed = await measureSending(server, files, options, { how: 'stream' })
  const batched = await measureSending(server, files, options, { how: 'batches', senders: SENDERS, batchEvents: BATCH_EVENTS })
  // again, and the faster of the two: the disk may have been busy with what came before
  const perSecond = Math.max(copied, await measureCopy(server, files))
  const memory = await makeEventFiles({ ...options, size: options.memoryEvents })
  const long = await measureSending(server, memory, options, { how: 'stream' })
  const rate = (what: string, eventsPerSecond: number): Finding => ({
    line: 'ingest',
    what,
    size: files.eventCount,
    value: eventsPerSecond,
    unit: 'events/s',
    ratio: eventsPerSecond / perSecond,
    ratio_to: 'plain COPY',
    target: `at least ${TARGET_RATIO} of plain COPY`,
    is_met: eventsPerSecond / perSecond >= TARGET_RATIO,
  })
  return [
    { line: 'ingest', what: 'plain COPY into a table like event', size: files.eventCount, value: perSecond, unit: 'events/s' },
    rate('one NDJSON stream', streamed.eventsPerSecond),
    rate(`batches of ${BATCH_EVENTS} from ${SENDERS} senders`, batched.eventsPerSecond),
    {
      line: 'ingest',
      what: 'most memory of the server while streaming',
      size: memory.eventCount,
      value: long.mostBytes / MEGABYTE,
      unit: 'MB',
      target: `under ${MEMORY_LIMIT_BYTES / MEGABYTE} MB`,
      is_met: long.mostBytes < MEMORY_LIMIT_BYTES,
    },
    {
      line: 'ingest',
      what: 'growth of its memory over the second half of the stream',
      size: memory.eventCount,
      value: (long.growthBytesPerEvent * 1e6) / MEGABYTE,
      unit: 'MB per million events',
      detail: `${Math.round(long.eventsPerSecond)} events/s`,
    },
  ]
}

/** COPY of the rows into an empty copy of the final table with the same indexes, committed; events a second. */
const measureCopy = async (server: BenchServer, files: EventFiles): Promise<number> => {
  const db = await openFresh(server, 'bench_copy')
  const client = await db.pool.connect()
  try {
    // in another transaction, as otherwise wal_level minimal would spare it the log that ours has to write
    await client.query('create table event_copy (like event including all)')
    await client.query('checkpoint')
    const began = performance.now()
    await copyRowsFile(client, 'event_copy', files.rows)
    return files.eventCount / ((performance.now() - began) / 1000)
  } finally {
    client.release()
    await db.close()
    await server.drop('bench_copy')
  }
}

const openFresh = async (server: BenchServer, name: string): Promise<Database & { url: string }> => {
  await server.drop(name)
  return server.open(name)
}

type Way = { how: 'stream' } | { how: 'batches'; senders: number; batchEvents: number }
type Sent = { eventsPerSecond: number; mostBytes: number; growthBytesPerEvent: number }

const measureSending = async (server: BenchServer, files: EventFiles, options: BenchOptions, way: Way): Promise<Sent> => {
  const db = await openFresh(server, 'bench_ingest')
  await addBenchCommunity(db, options.endAt)
  const { key } = await createKey(db.pool, { communityId: BENCH_COMMUNITY_ID, name: 'bench', scopes: ['ingest'], now: options.endAt })
  await db.pool.query('checkpoint')
  const app = await startApp({ databaseUrl: db.url, baseUrl: 'http://localhost:3000', secret: 'bench-'.repeat(8) })
  try {
    const order: SendOrder = { ...way, url: `${app.address}/api/v1/events`, key, file: files.ndjson }
    const watching = watchMemory(app)
    const answer = await runInChild<SendAnswer>(new URL('../send-events.ts', import.meta.url), order)
    const samples = await watching.end()
    if (answer.accepted !== files.eventCount) throw new Error(`${files.eventCount} events were sent and ${answer.accepted} accepted`)
    const half = samples.slice(Math.floor(samples.length / 2))
    return {
      eventsPerSecond: answer.accepted / answer.seconds,
      mostBytes: Math.max(...samples),
      growthBytesPerEvent: slopeOf(half) / (answer.accepted / samples.length),
    }
  } finally {
    await app.stop()
    await db.close()
    await server.drop('bench_ingest')
  }
}

const watchMemory = (app: { residentBytes: () => Promise<number> }) => {
  let isOver = false
  const watch = async (): Promise<number[]> => {
    const samples = [await app.residentBytes()]
    while (!isOver) {
      await wait(MEMORY_STEP_MS)
      samples.push(await app.residentBytes())
    }
    return samples
  }
  const samples = watch()
  return {
    end: () => {
      isOver = true
      return samples
    },
  }
}

/** Least squares over equally spaced samples: how much they grow from one to the next. */
const slopeOf = (samples: readonly number[]): number => {
  const middle = (samples.length - 1) / 2
  const mean = samples.reduce((sum, y) => sum + y, 0) / samples.length
  const spread = samples.reduce((sum, _, x) => sum + (x - middle) ** 2, 0)
  return spread === 0 ? 0 : samples.reduce((sum, y, x) => sum + (x - middle) * (y - mean), 0) / spread
}
