import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCommunity, serveEvents } from '../../e2e/event-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { ingestAnswerSchema } from '../../shared/contract/event.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { openDatabase } from '../store/connection.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
let communityId: string

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  communityId = await createCommunity(db)
})

const line = (i: number, more: object = {}) =>
  `${JSON.stringify({ id: `e${i}`, source: 'list', type: 'reply.posted', occurred_at: new Date(1.7e12 + i * 1000).toISOString(), actor: { id: `u${i % 50}`, name: `Name ${i % 50}` }, thread_id: `t${i % 99}`, text: 'one two three', ...more })}\n`
async function* lines(count: number) {
  // in pieces that cut lines anywhere
  let held = ''
  for (let i = 0; i < count; i++) {
    held += line(i)
    if (held.length > 60_000) {
      yield held.slice(0, 59_999)
      held = held.slice(59_999)
    }
  }
  yield held
}
const post = async (url: string, body: Readable | string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    body: body as BodyInit,
    duplex: 'half',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
  } as RequestInit)
  return { status: response.status, headers: response.headers, body: await response.json() }
}
const storedCount = async () => {
  const { rows } = await db.pool.query('select count(*) as n from event where community_id = $1', [communityId])
  return rows[0].n as number
}
/** Each stored event has its account, its source and a mark on its day: nothing is half there. */
const halfThere = async () => {
  const { rows } = await db.pool.query(
    `select count(*) as n from event e where e.community_id = $1 and not (
       exists (select from identity i where i.community_id = $1 and i.identity_key = e.identity_key)
       and exists (select from source s where s.community_id = $1 and s.source = e.source)
       and exists (select from stale_day d where d.community_id = $1 and d.day_on = (e.occurred_at at time zone 'Europe/Berlin')::date))`,
    [communityId],
  )
  return rows[0].n as number
}
/** Asks until it holds: the other side of a connection or a process is not ours to await. */
const until = async (holds: () => Promise<boolean>) => {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it never came')
}

describe('a connection cut in the middle of a stream', () => {
  it('leaves whole batches, and the server at work; sent again, nothing is lost or doubled', async () => {
    const { app, url } = await serveEvents(db, { communityId })
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' } })
    request.on('error', () => {})
    for (let i = 0; i < 12_000; i++) request.write(line(i))
    request.write('{"id":"half')
    await until(async () => (await storedCount()) >= 5_000)
    request.destroy()
    await until(async () => (await new Promise<number>((resolve) => app.server.getConnections((_, n) => resolve(n)))) === 0)
    const stored = await storedCount()
    expect(await halfThere()).toBe(0)
    const { status, body } = await post(url, Readable.from(lines(12_000)))
    expect({ status, total: body.accepted + body.duplicate, rejected: body.rejected }).toEqual({ status: 200, total: 12_000, rejected: 0 })
    // a batch that was under way when the line was cut is stored whole or not at all
    expect(body.duplicate % 5_000).toBe(0)
    expect(body.duplicate).toBeGreaterThanOrEqual(stored)
    expect(await storedCount()).toBe(12_000)
    expect(await halfThere()).toBe(0)
    await app.close()
  })
})

describe('the database away', () => {
  /** A way to the database that can be broken and mended. */
  const openDetour = async () => {
    const target = new URL(db.url)
    const sockets = new Set<Socket>()
    const connect = (from: Socket) => {
      const to = createConnection({ host: target.hostname, port: Number(target.port) })
      for (const [socket, other] of [
        [from, to],
        [to, from],
      ] as const) {
        sockets.add(socket)
        socket.on('error', () => {}).on('close', () => other.destroy())
        socket.pipe(other)
      }
    }
    let server = createServer(connect).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = new URL(db.url)
    url.port = String(port)
    return {
      url: url.toString(),
      cut: async () => {
        for (const socket of sockets) socket.destroy()
        server.close()
        await once(server, 'close')
      },
      mend: async () => {
        server = createServer(connect).listen(port, '127.0.0.1')
        await once(server, 'listening')
      },
      close: () => server.close(),
    }
  }

  it('is a 503 that says when to come again, and then all is as if nothing had been', async () => {
    const detour = await openDetour()
    const own = openDatabase(detour.url, 2)
    const { app, url } = await serveEvents(own, { communityId })
    expect(await post(url, line(1))).toMatchObject({ status: 200 })
    await detour.cut()
    const away = await post(url, line(1) + line(2))
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toBe('5')
    expect(problemSchema.parse(away.body)).toMatchObject({ type: '/problems/database-away', accepted: 0, duplicate: 0 })
    expect(await storedCount()).toBe(1)
    await detour.mend()
    expect(await post(url, line(1) + line(2))).toMatchObject({ status: 200, body: { accepted: 1, duplicate: 1 } })
    await app.close()
    await own.close()
    detour.close()
  })
})

describe('the server killed', () => {
  const start = async (): Promise<{ child: ChildProcess; url: string }> => {
    const child = spawn(process.execPath, [new URL('../../e2e/event-server.ts', import.meta.url).pathname, db.url, communityId], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [url] = (await once(child.stdout as Readable, 'data')) as [Buffer]
    return { child, url: url.toString().trim() }
  }

  it('in the middle of a batch: every event answered as accepted is there, nothing is half there, sending again completes it', async () => {
    const { child, url } = await start()
    let answered = 0
    const sendBatches = async () => {
      for (let i = 0; ; i++) {
        const body = Array.from({ length: 500 }, (_, k) => line(i * 500 + k)).join('')
        answered += ingestAnswerSchema.parse((await post(url, body)).body).accepted
      }
    }
    const sending = sendBatches().catch(() => 'cut off')
    await until(async () => answered >= 2_000)
    // listened for first: it may have ended before the sender notices
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    expect(await sending).toBe('cut off')
    await ended
    // a transaction under way ends when the database sees its client gone
    await until(
      async () =>
        (
          await db.pool.query(
            "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'",
          )
        ).rowCount === 0,
    )
    const stored = await storedCount()
    expect(stored).toBeGreaterThanOrEqual(answered)
    expect(stored % 500).toBe(0)
    expect(await halfThere()).toBe(0)
    const next = await start()
    const again = await post(next.url, Readable.from(lines(stored + 500)))
    expect(again).toMatchObject({ status: 200, body: { accepted: 500, duplicate: stored } })
    next.child.kill('SIGKILL')
  }, 90_000)
})
