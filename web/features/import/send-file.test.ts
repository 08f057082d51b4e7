import { describe, expect, it } from 'vitest'
import { sendFile, UploadRefused } from './send-file.ts'

type Reply = { status: number; body?: object; headers?: Record<string, string> } | 'lost' | 'lost after it arrived'

/** A server that keeps what it is sent, as the upload route does; `replies` stand in for its answers, one a request. */
const serve = (size: number, replies: (Reply | null)[] = []) => {
  const server = { kept: Buffer.alloc(0) }
  const requests: number[] = []
  const waits: number[] = []
  const told: (string | null)[] = []
  const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251)
  const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify(body), { status, headers })
  const fetch = (async (address: string | URL | Request, init?: RequestInit) => {
    const offset = Number(new URL(String(address), 'http://x').searchParams.get('offset'))
    requests.push(offset)
    const reply = replies.shift() ?? null
    if (reply === 'lost') throw new TypeError('network')
    if (reply !== null && reply !== 'lost after it arrived') return answer(reply.status, reply.body ?? {}, reply.headers)
    if (offset !== server.kept.length) return answer(409, { uploaded: server.kept.length, detail: 'Go on from there.' })
    server.kept = Buffer.concat([server.kept, Buffer.from(await (init as { body: Blob }).body.arrayBuffer())])
    if (reply === 'lost after it arrived') throw new TypeError('network')
    return answer(200, { uploaded: server.kept.length })
  }) as typeof globalThis.fetch
  const send = (from = 0, signal = new AbortController().signal) =>
    sendFile(new Blob([bytes]), {
      addressOf: (offset) => `/files/0?offset=${offset}`,
      from,
      signal,
      onSent: () => {},
      onWaiting: (waiting) => told.push(waiting?.why ?? null),
      wait: async (ms) => void waits.push(ms),
      now: (
        (at) => () =>
          (at += 1)
      )(0),
      fetch,
    })
  return Object.assign(server, { send, requests, waits, told, bytes: Buffer.from(bytes) })
}

const MEGABYTE = 1024 * 1024

describe('sending a file', () => {
  it('sends every byte once, in pieces that grow with the line and stay under the limit', async () => {
    const server = serve(12 * MEGABYTE)
    await server.send()
    expect(Buffer.compare(server.kept, server.bytes)).toBe(0)
    const pieces = server.requests.map((offset, i) => (server.requests[i + 1] ?? server.bytes.length) - offset)
    expect(pieces[0]).toBeLessThan(MEGABYTE)
    expect(Math.max(...pieces)).toBe(8 * MEGABYTE)
  })

  it('goes on where the server is, after a reload and where an answer was lost', async () => {
    const server = serve(2 * MEGABYTE, [null, 'lost after it arrived'])
    await server.send()
    expect(Buffer.compare(server.kept, server.bytes)).toBe(0)
    expect(server.waits).toEqual([1000])
    const again = serve(1000)
    again.kept = again.bytes.subarray(0, 400)
    await again.send(400)
    expect(again.requests).toEqual([400])
    expect(again.kept).toEqual(again.bytes)
  })

  it('waits longer each time for a line that is broken and a server that is away, says so, and is quiet again', async () => {
    const server = serve(1000, [
      'lost',
      { status: 502 },
      { status: 503, body: { detail: 'Away.' }, headers: { 'retry-after': '7' } },
      'lost',
    ])
    await server.send()
    expect(server.waits).toEqual([1000, 2000, 7000, 8000])
    expect(server.told).toEqual([
      'The server cannot be reached.',
      'The server answered with status 502.',
      'Away.',
      'The server cannot be reached.',
      null,
    ])
    expect(server.kept).toHaveLength(1000)
  })

  it('gives way to another window that sends the same piece', async () => {
    const server = serve(1000, [
      { status: 409, body: { uploaded: 0, detail: 'Another piece of this file is on its way: wait for its answer.' } },
    ])
    await server.send()
    expect(server.waits).toEqual([1000])
    expect(server.kept).toHaveLength(1000)
  })

  it.each([
    [401, 'Sign in.'],
    [404, 'There is no such import.'],
    [413, 'The file is longer than was said.'],
    [507, 'The disk is full.'],
  ])('stops at %i, with the words of the server', async (status, detail) => {
    const server = serve(1000, [{ status, body: { detail } }])
    const refused = await server.send().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UploadRefused)
    expect(refused).toMatchObject({ status, message: detail })
    expect(server.waits).toEqual([])
  })

  it('ends when it is told to, and sends nothing more', async () => {
    const server = serve(1000)
    const abort = new AbortController()
    abort.abort()
    await expect(server.send(0, abort.signal)).rejects.toThrow(/abort/i)
    expect(server.requests).toEqual([])
  })
})
