/** The event route alone on a listening socket, for tests that need a real connection. Run as a program it serves until it is killed. */
import { tmpdir } from 'node:os'
import Fastify, { type FastifyInstance } from 'fastify'
import { problemHandler } from '../server/api/problem.ts'
import { eventRoute } from '../server/ingest/event-route.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { type Database, openDatabase } from '../server/store/connection.ts'
import { loadTextReading } from '../server/store/text-reading.ts'

type Options = { communityId: string; onAppended?: (communityId: string, count: number) => void; spoolDirectory?: string }

/** Serves `POST /api/v1/events` for one community, to anyone; gives the app and its address. */
export const serveEvents = async (db: Database, options: Options): Promise<{ app: FastifyInstance; url: string }> => {
  const app = Fastify()
  app.setErrorHandler(problemHandler)
  await app.register(
    eventRoute({
      append: (batch) => appendEvents(db, batch),
      readingOf: (communityId) => loadTextReading(db.pool, communityId),
      now: () => new Date(),
      communityOf: () => options.communityId,
      onAppended: options.onAppended,
      spoolDirectory: options.spoolDirectory ?? tmpdir(),
    }),
  )
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, url: `${address}/api/v1/events` }
}

/** A community to send to. */
export const createCommunity = async (db: Database, timeZone = 'Europe/Berlin'): Promise<string> => {
  const id = crypto.randomUUID()
  await db.pool.query(
    "insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, 'Pumps', $3, '2026-01-01T00:00:00Z')",
    [id, `pumps-${id}`, timeZone],
  )
  return id
}

const [databaseUrl, communityId] = process.argv.slice(2)
if (import.meta.main && databaseUrl && communityId) {
  const { url } = await serveEvents(openDatabase(databaseUrl), { communityId })
  process.stdout.write(`${url}\n`)
}
