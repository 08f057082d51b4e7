/**
 * The HTTP side in a process of its own, as `npm start` runs it, but for three things: numbers are not brought up to date behind
 * the measurement's back, one caller may send more requests a minute than the limit, and one route answers with a constant.
 * Tells its parent its address, and, when asked, how much memory it holds.
 */
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { createAuth } from '../server/access/create-auth.ts'
import { createLiveRevisions } from '../server/api/live-route.ts'
import { createMeters } from '../server/api/operations-routes.ts'
import { buildApp } from '../server/app.ts'
import { openDatabase } from '../server/store/connection.ts'

/** What the parent gives, as JSON, in the first argument. */
export type AppOrder = { databaseUrl: string; baseUrl: string; secret: string; constantBytes?: number }
export type AppMessage = { address: string } | { residentBytes: number }

const now = () => new Date()
const order = JSON.parse(process.argv[2] ?? '{}') as AppOrder
const db = openDatabase(order.databaseUrl)
const logger = pino({ level: 'warn' }, pino.destination(2))
const auth = createAuth({
  pool: db.pool,
  secret: order.secret,
  baseUrl: order.baseUrl,
  sendMail: null,
  now,
  onMailFailure: () => {},
})
const app = await buildApp({
  db,
  auth,
  secretKey: order.secret,
  now,
  logger,
  meters: createMeters(),
  live: createLiveRevisions(db.pool, logger),
  baseUrl: order.baseUrl,
  version: 'bench',
  sendMail: null,
  webRoot: new URL('../web/dist', import.meta.url).pathname,
  requestRefresh: () => {},
  removeDemo: async () => 0,
  requestsPerMinute: 1e9,
})
// said to be compressed, as the answers it stands beside are: else the app would compress it each time
const constant = randomBytes(order.constantBytes ?? 0)
app.get('/bench/constant', { config: { access: 'public' }, schema: { hide: true } as object }, async (_request, reply) => {
  return reply.header('content-encoding', 'br').type('application/json; charset=utf-8').send(constant)
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ address } satisfies AppMessage)
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ residentBytes: process.memoryUsage.rss() } satisfies AppMessage)
})
process.on('disconnect', () => process.exit(0))
