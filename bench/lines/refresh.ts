/** From a batch of 1,000 events of now being stored to all numbers and the verdict being fresh. */
import type { EventRow } from '../../server/ingest/event-row.ts'
import { normaliseEvent } from '../../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../../server/jobs/refresh-community.ts'
import { appendEvents } from '../../server/store/append-events.ts'
import { makeBatch, readStage } from '../batch-of-now.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import { BENCH_COMMUNITY_ID } from '../event-files.ts'
import type { Finding } from '../finding.ts'
import { type PreparedCommunity, prepareCommunity } from '../prepared-community.ts'
import { quantile } from '../quantile.ts'

const BATCH_EVENTS = 1000
const TARGET_SECONDS = 1
const TARGET_GROWTH = 1.5

export const benchRefresh = async (server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const findings: Finding[] = []
  let smallest: number | undefined
  for (const size of options.sizes) {
    const community = await prepareCommunity(server, options, size)
    const { seconds, phases } = await timeRefreshes(community, options.refreshes)
    const median = quantile(seconds, 0.5)
    smallest ??= median
    const growth = median / smallest
    findings.push({
      line: 'refresh',
      what: `${BATCH_EVENTS} events of now, stored until fresh, median of ${seconds.length}`,
      size: community.files.eventCount,
      value: median,
      unit: 's',
      ratio: growth,
      ratio_to: 'the smallest size',
      target: `under ${TARGET_SECONDS} s, at most ${TARGET_GROWTH} × the smallest size`,
      is_met: median < TARGET_SECONDS && growth <= TARGET_GROWTH,
      detail: `slowest ${Math.max(...seconds).toFixed(2)} s; ${describe(phases)}`,
    })
  }
  return findings
}

const timeRefreshes = async ({ db }: PreparedCommunity, count: number) => {
  const stage = await readStage(db.pool)
  const seconds: number[] = []
  const phases: Record<string, number>[] = []
  // the first one finds nothing in memory, as no batch of a running server does
  for (let batch = 0; batch <= count; batch++) {
    const now = new Date()
    const rows: EventRow[] = makeBatch(stage, batch + 1, BATCH_EVENTS, now).flatMap((event) => normaliseEvent(event, now).ok ?? [])
    const stored = await appendEvents(db, { communityId: BENCH_COMMUNITY_ID, rows, onConflict: 'report', dryRun: false, receivedAt: now })
    if (stored.accepted !== BATCH_EVENTS) throw new Error(`of ${BATCH_EVENTS} events ${stored.accepted} were accepted`)
    const began = performance.now()
    const result = await refreshCommunity(db, BENCH_COMMUNITY_ID, { now: new Date() })
    const passed = (performance.now() - began) / 1000
    if (result === null || result.is_rebuild) throw new Error('a batch of now led to a rebuild')
    if (batch === 0) continue
    seconds.push(passed)
    phases.push(result.seconds)
  }
  return { seconds, phases }
}

const describe = (phases: readonly Record<string, number>[]): string =>
  Object.keys(phases[0] ?? {})
    .map(
      (name) =>
        `${name} ${quantile(
          phases.map((one) => one[name] ?? 0),
          0.5,
        ).toFixed(2)} s`,
    )
    .join(', ')
