import type { FastifyInstance } from 'fastify'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { READERS } from '../access/access-rule.ts'

const POLL_MS = 1000
/** Proxies close a silent connection; a comment line keeps it open. */
const KEEP_ALIVE_MS = 20_000

type Listener = (revision: number, knownBy: Date | null) => void

/**
 * Tells open pages that the numbers have changed. One query a second for all communities somebody watches: LISTEN would
 * need a session of its own, which a transaction pooler cannot give.
 */
export const createLiveRevisions = (pool: pg.Pool, log: Pick<FastifyBaseLogger, 'warn'>) => {
  const listeners = new Map<string, Set<Listener>>()
  const seen = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  const poll = async () => {
    try {
      const { rows } = await pool.query<{ community_id: string; revision: number; known_by: Date | null }>(
        'select community_id, revision, known_by from community_state where community_id = any ($1::uuid[])',
        [[...listeners.keys()]],
      )
      for (const row of rows) {
        const before = seen.get(row.community_id)
        seen.set(row.community_id, row.revision)
        if (before !== undefined && before !== row.revision)
          for (const tell of listeners.get(row.community_id) ?? []) tell(row.revision, row.known_by)
      }
    } catch (error) {
      log.warn({ err: error }, 'live: could not look for new numbers; trying again')
    }
    schedule()
  }
  const schedule = () => {
    clearTimeout(timer)
    timer = listeners.size > 0 ? setTimeout(poll, POLL_MS) : undefined
  }

  return {
    watch: (communityId: string, listener: Listener): (() => void) => {
      const set = listeners.get(communityId) ?? new Set()
      set.add(listener)
      listeners.set(communityId, set)
      if (!timer) void poll()
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(communityId) === set) {
          listeners.delete(communityId)
          seen.delete(communityId)
        }
      }
    },
    stop: () => {
      listeners.clear()
      clearTimeout(timer)
    },
  }
}
export type LiveRevisions = ReturnType<typeof createLiveRevisions>

/** `GET …/live`: server-sent events, `refreshed` with the new revision. */
export const liveRoute =
  ({ live }: { live: LiveRevisions }) =>
  async (app: FastifyInstance): Promise<void> => {
    const open = new Set<() => void>()
    app.addHook('preClose', async () => {
      for (const close of open) close()
    })
    app.get<{ Params: { slug: string } }>(
      '/api/v1/communities/:slug/live',
      {
        config: { access: READERS, rateLimit: false },
        schema: { summary: 'Server-sent events: `refreshed` whenever the numbers have changed', tags: ['reading'] },
      },
      async (request, reply) => {
        const communityId = (request.community as { community_id: string }).community_id
        reply.hijack()
        const { raw } = reply
        raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          connection: 'keep-alive',
        })
        raw.write(': open\n\n')
        const unwatch = live.watch(communityId, (revision, knownBy) => {
          raw.write(`event: refreshed\ndata: ${JSON.stringify({ revision, known_by: knownBy?.toISOString() ?? null })}\n\n`)
        })
        const beat = setInterval(() => raw.write(': still here\n\n'), KEEP_ALIVE_MS)
        const close = () => {
          clearInterval(beat)
          unwatch()
          open.delete(close)
          raw.end()
        }
        open.add(close)
        raw.on('close', close)
      },
    )
  }
