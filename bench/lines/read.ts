/** What the Overview asks for, over 24 months, by 20 people at once; and a route of the same app that returns a constant of the same size. */
import { periodOfDay, shiftPeriod } from '../../shared/period.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import type { Finding } from '../finding.ts'
import { runInChild } from '../in-child.ts'
import { prepareCommunity } from '../prepared-community.ts'
import { quantile } from '../quantile.ts'
import type { ReadAnswer, ReadOrder } from '../read-pages.ts'
import { signPeopleIn } from '../sign-people-in.ts'
import { startApp } from '../start-app.ts'

const READERS = 20
const MONTHS = 24
const TARGET_MS = 50
/** Flat: no slower at the largest size than this times the smallest (our judgement, as for refreshing). */
const TARGET_GROWTH = 1.5
const SECRET = 'bench-'.repeat(8)
/** As browsers write it. */
const ACCEPT_ENCODING = 'gzip, deflate, br, zstd'

export const benchRead = async (server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const findings: Finding[] = []
  let smallest: number | undefined
  for (const size of options.sizes) {
    const { db, files } = await prepareCommunity(server, options, size)
    const cookies = await signPeopleIn(db.pool, SECRET, READERS, new Date())
    const readers = cookies.map((cookie) => ({ cookie, 'accept-encoding': ACCEPT_ENCODING }))
    const last = periodOfDay(options.endAt.toISOString().slice(0, 10), 'month')
    const health = (months: number) =>
      `/api/v1/communities/bench/health?${new URLSearchParams({ from: shiftPeriod(last, 'month', 1 - months), to: last, grain: 'month' })}`
    // a first visit with two years chosen: the shell, the catalogue, the usual year that says how far back data reach, the two years
    const paths = ['/api/v1/me', '/api/v1/communities', '/api/v1/metrics', health(12), health(MONTHS)]
    const base = { baseUrl: 'http://localhost:3000', secret: SECRET, databaseUrl: db.url }
    const body = await measure({ ...base }, { paths: [health(MONTHS)], readers: readers.slice(0, 1), seconds: 0.5 })
    const order = { ...base, constantBytes: body.answer.bytes[0] ?? 0 }
    const page = await measure(order, { paths, readers, seconds: options.readSeconds })
    const [report, constant] = [
      await measure(order, { paths: [health(MONTHS)], readers, seconds: options.readSeconds / 2 }),
      await measure(order, { paths: ['/bench/constant'], readers, seconds: options.readSeconds / 2 }),
    ]
    smallest ??= page.p95
    const finding = { line: 'read', size: files.eventCount, unit: 'ms' } as const
    const byCall = paths
      .map((path, at) => `${nameOf(path)} ${quantile(page.answer.milliseconds[at] ?? [0], 0.95).toFixed(0)} ms`)
      .join(', ')
    findings.push(
      {
        ...finding,
        what: `Overview, each call, p95 with ${READERS} people at once`,
        value: page.p95,
        ratio: page.p95 / smallest,
        ratio_to: 'the smallest size',
        target: `under ${TARGET_MS} ms, at most ${TARGET_GROWTH} × the smallest size`,
        is_met: page.p95 < TARGET_MS && page.p95 <= TARGET_GROWTH * smallest,
        detail: `p50 ${page.p50.toFixed(1)} ms; ${Math.round(page.count / page.answer.seconds)} answers/s; p95 by call: ${byCall}`,
      },
      {
        ...finding,
        what: `health over ${MONTHS} months alone, p95`,
        value: report.p95,
        ratio: report.p50 / constant.p50,
        ratio_to: 'a constant of the same size (p50)',
        detail: `${order.constantBytes.toLocaleString('en')} bytes compressed; p50 ${report.p50.toFixed(1)} ms, constant p50 ${constant.p50.toFixed(1)} ms, p95 ${constant.p95.toFixed(1)} ms`,
      },
    )
  }
  return findings
}

const nameOf = (path: string): string => {
  const [address, query] = path.split('?')
  const months = query === undefined ? '' : new URLSearchParams(query)
  const name = address?.split('/').at(-1) ?? path
  return months === '' ? name : `${name} from ${months.get('from')}`
}

type Measured = { p50: number; p95: number; count: number; answer: ReadAnswer }

const measure = async (app: Parameters<typeof startApp>[0], order: Pick<ReadOrder, 'paths' | 'readers' | 'seconds'>): Promise<Measured> => {
  const running = await startApp(app)
  try {
    const answer = await runInChild<ReadAnswer>(new URL('../read-pages.ts', import.meta.url), { ...order, origin: running.address })
    const all = answer.milliseconds.flat()
    return { p50: quantile(all, 0.5), p95: quantile(all, 0.95), count: all.length, answer }
  } finally {
    await running.stop()
  }
}
