import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { listPendingMigrations } from '../store/migrate.ts'
import { sendProblem } from './problem.ts'

/** What the program counts about itself; nothing of it names a person or a community. */
export const createMeters = () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer a request, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    acceptedEvents: new Counter({ name: 'barnraise_events_accepted_total', help: 'Events stored', registers }),
    refreshes: new Histogram({
      name: 'barnraise_refresh_duration_seconds',
      help: 'Time to bring one community up to date',
      buckets: [0.05, 0.25, 1, 5, 30, 120],
      registers,
    }),
    staleCommunities: new Gauge({
      name: 'barnraise_stale_communities',
      help: 'Communities whose numbers do not hold all events yet',
      registers,
    }),
    mails: new Counter({
      name: 'barnraise_mails_total',
      help: 'Mails by what came of them: sent, refused, uncertain, cancelled; again: not taken yet',
      labelNames: ['outcome'],
      registers,
    }),
    waitingMails: new Gauge({ name: 'barnraise_mails_waiting', help: 'Mails that wait in the outbox, or are being sent', registers }),
    oldestWaitingMail: new Gauge({
      name: 'barnraise_mails_oldest_waiting_seconds',
      help: 'For how long the oldest of them has waited; 0: none waits',
      registers,
    }),
  }
}
export type Meters = ReturnType<typeof createMeters>

const config = { access: 'public' as const, rateLimit: false as const }

/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: Prometheus. */
export const operationsRoutes =
  ({ pool, meters }: { pool: pg.Pool; meters: Meters }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onClose', async () => meters.registry.clear())

    app.get('/healthz', { config, logLevel: 'warn', schema: { summary: 'The process answers', tags: ['operations'] } }, async () => ({
      status: 'ok',
    }))

    app.get(
      '/readyz',
      { config, logLevel: 'warn', schema: { summary: 'The database is reachable and migrated', tags: ['operations'] } },
      async (_request, reply) => {
        const notReady = (type: string, detail: string) =>
          sendProblem(reply, { status: 503, type, title: 'Not ready', detail, retryAfter: 5 })
        try {
          const pending = await listPendingMigrations(pool)
          if (pending.length > 0)
            return notReady('not-migrated', `Migrations are waiting: ${pending.join(', ')}. Restart the program to apply them.`)
        } catch (error) {
          return notReady('database-away', `The database cannot be used: ${(error as Error).message}`)
        }
        return { status: 'ready' }
      },
    )

    app.get('/metrics', { config, logLevel: 'warn', schema: { hide: true } }, async (_request, reply) => {
      const { rows } = await pool.query<{ count: number }>('select count(distinct community_id)::int as count from stale_day')
      meters.staleCommunities.set(rows[0]?.count ?? 0)
      const mails = await pool.query<{ count: number; seconds: number }>(
        `select count(*)::int as count, coalesce(extract(epoch from now() - min(put_at)), 0)::float as seconds
         from outbox where state in ('waiting', 'claimed', 'handing_over')`,
      )
      meters.waitingMails.set(mails.rows[0]?.count ?? 0)
      meters.oldestWaitingMail.set(mails.rows[0]?.seconds ?? 0)
      return reply.type(meters.registry.contentType).send(await meters.registry.metrics())
    })
  }
