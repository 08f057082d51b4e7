import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { problemHandler } from '../api/problem.ts'
import { eventRoute } from './event-route.ts'
import type { Append } from './ingest-run.ts'

/** The route on a socket, in front of a store that does as told. */
const serve = async (append: Append) => {
  const app = Fastify()
  app.setErrorHandler(problemHandler)
  await app.register(eventRoute({ append, now: () => new Date('2026-06-01T00:00:00Z'), communityOf: () => 'c' }))
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/api/v1/events`
  const post = async (body: Readable) => {
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' } }
    const response = await fetch(url, init as unknown as RequestInit)
    return { status: response.status, body: await response.json() }
  }
  return { app, post }
}

describe('a stream', () => {
  it('is read no faster than it is stored, so that memory holds two batches of it at most', async () => {
    const count = 50_000
    let made = 0
    let stored = 0
    let farthest = 0
    const { app, post } = await serve(async ({ rows }) => {
      // a slow store: others get their turn between
      for (let i = 0; i < 20; i++) await new Promise(setImmediate)
      stored += rows.length
      return { accepted: rows.length, duplicates: 0, conflicts: [] }
    })
    // noise that does not zip well, so that buffers on the way hold little of it
    const noise = Array.from({ length: 9_000 }, (_, k) => Math.sin(k).toString(36).slice(3)).join('')
    const lines = function* () {
      for (; made < count; made++) {
        farthest = Math.max(farthest, made - stored)
        const text = noise.slice((made * 131) % 80_000).slice(0, 300)
        yield `{"id":"${made}","source":"s","type":"post.published","occurred_at":"2026-01-31T09:00:00Z","text":"${text}"}\n`
      }
    }
    const answer = await post(Readable.from(lines(), { highWaterMark: 16 }).pipe(createGzip({ level: 1 })))
    expect(answer).toMatchObject({ status: 200, body: { accepted: count } })
    expect(stored).toBe(count)
    // two batches of 5,000 here, the rest on its way through sockets and zlib
    expect(farthest).toBeLessThan(30_000)
    await app.close()
  }, 30_000)

  it('of one endless line, zipped to a thousandth, fills no memory', async () => {
    const { app, post } = await serve(async () => ({ accepted: 0, duplicates: 0, conflicts: [] }))
    const size = 512 * 1024 * 1024
    const blank = Buffer.alloc(1024 * 1024, ' ')
    const bomb = Readable.from(Array.from({ length: size / blank.length }, () => blank)).pipe(createGzip({ level: 1 }))
    let largest = 0
    const watch = setInterval(() => {
      largest = Math.max(largest, process.memoryUsage().arrayBuffers)
    }, 5)
    const before = process.memoryUsage().arrayBuffers
    const { status, body } = await post(bomb)
    clearInterval(watch)
    expect({ status, body }).toMatchObject({ status: 422, body: { rejected: 1, events: [{ index: 0, code: 'too_large' }] } })
    expect(largest - before).toBeLessThan(size / 3)
    await app.close()
  }, 30_000)

  it('whose store fails half way says how far it came', async () => {
    let batches = 0
    const { app, post } = await serve(async ({ rows }) => {
      if (++batches === 3) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })
      return { accepted: rows.length, duplicates: 0, conflicts: [] }
    })
    const line = (i: number) => `{"id":"${i}","source":"s","type":"post.published","occurred_at":"2026-01-31T09:00:00Z"}\n`
    const { status, body } = await post(Readable.from(Array.from({ length: 30_000 }, (_, i) => line(i))).pipe(createGzip()))
    expect({ status, body }).toMatchObject({ status: 503, body: { type: '/problems/database-away', accepted: 10_000 } })
    expect(body.detail).toContain('10000 of its events are stored')
    await app.close()
  })
})
