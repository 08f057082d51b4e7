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
    const asked = [...listeners.keys()]
    try {
      const { rows } = await pool.query<{ community_id: string; revision: number; known_by: Date | null }>(
        'select community_id, revision, known_by from community_state where community_id = any ($1::uuid[])',
        [asked],
      )
      const found = new Map(rows.map((row) => [row.community_id, row]))
      for (const communityId of asked) {
        // a community without numbers is at revision 0: its first ones are news too
        const revision = found.get(communityId)?.revision ?? 0
        const before = seen.get(communityId)
        seen.set(communityId, revision)
        if (before !== undefined && before !== revision)
          for (const tell of listeners.get(communityId) ?? []) tell(revision, found.get(communityId)?.known_by ?? null)
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
    /** Listens from now on: what is stored after this resolves is told. */
    watch: async (communityId: string, listener: Listener): Promise<() => void> => {
      const set = listeners.get(communityId) ?? new Set()
      set.add(listener)
      listeners.set(communityId, set)
      await poll()
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
        const { raw } = reply
        const unwatch = await live.watch(communityId, (revision, knownBy) => {
          // a page asks anew when its stream opens, so what comes before that need not be told
          if (raw.headersSent)
            raw.write(`event: refreshed\ndata: ${JSON.stringify({ revision, known_by: knownBy?.toISOString() ?? null })}\n\n`)
        })
        reply.hijack()
        raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          connection: 'keep-alive',
        })
        raw.write(': open\n\n')
        const beat = setInterval(() => raw.write(': still here\n\n'), KEEP_ALIVE_MS)
        const close = () => {
          clearInterval(beat)
          unwatch()
          open.delete(close)
          raw.end()
        }
        open.add(close)
        raw.on('close', close)
        if (raw.destroyed) close()
      },
    )
  }
