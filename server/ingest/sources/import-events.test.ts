import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventInput } from '../../../shared/contract/event.ts'
import { csv } from './csv/csv.ts'
import { type ImportCounts, importEvents, type Rejection } from './import-events.ts'
import { findFormat, recogniseFormat } from './known-sources.ts'
import { ndjson } from './ndjson/ndjson.ts'
import { openFile } from './open-file.ts'
import { type ReadOptions, SourceError, type SourceItem } from './source.ts'

const OPTIONS: ReadOptions = { source: 'forum', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
const event = (id: string): EventInput => ({ id, source: 's', type: 'post.published', occurred_at: '2024-01-01T00:00:00Z' })
async function* itemsOf(items: SourceItem[], end?: Error) {
  yield* items
  if (end) throw end
}
/** A store that keeps ids, as the real one tells duplicates. */
const memoryStore = (isBad: (id: string) => boolean = () => false) => {
  const stored = new Set<string>()
  const batches: number[] = []
  const rejections: Rejection[] = []
  return {
    stored,
    batches,
    rejections,
    parts: {
      normalise: (one: EventInput) =>
        isBad(one.id) ? { problems: [{ pointer: '/id', code: 'invalid_value', message: 'bad' }] } : { ok: one.id },
      append: async (rows: string[]) => {
        const fresh = rows.filter((id) => !stored.has(id))
        for (const id of fresh) stored.add(id)
        batches.push(rows.length)
        return { accepted: fresh.length, duplicates: rows.length - fresh.length, conflicts: [] }
      },
      onRejected: (rejection: Rejection) => void rejections.push(rejection),
    },
  }
}

describe('an import', () => {
  it('stores in batches, counts, and passes bad rows by', async () => {
    const store = memoryStore((id) => id === '3')
    const items: SourceItem[] = [
      ...Array.from({ length: 7 }, (_, i) => ({ position: i + 2, event: event(String(i)) })),
      { position: 9, skipped: 'tag wiki' },
      { position: 10, problem: { pointer: '', code: 'malformed_row', message: 'cut' } },
    ]
    const { counts, failure } = await importEvents(itemsOf(items), store.parts, 4)
    expect(failure).toBeNull()
    expect(store.batches).toEqual([4, 2])
    expect(counts).toMatchObject({ accepted: 6, duplicate: 0, rejected: 2, skipped: { 'tag wiki': 1 }, by_type: { 'post.published': 6 } })
    expect(store.rejections.map(({ position, code }) => [position, code])).toEqual([
      [5, 'invalid_value'],
      [10, 'malformed_row'],
    ])
    expect((await importEvents(itemsOf(items), store.parts, 4)).counts).toMatchObject({ accepted: 0, duplicate: 6 })
  })

  it('stores what was read before the file broke, and says why it ended', async () => {
    const store = memoryStore()
    const { counts, failure } = await importEvents(itemsOf([{ position: 1, event: event('1') }], new SourceError('cut')), store.parts)
    expect(failure?.message).toBe('cut')
    expect(counts.accepted).toBe(1)
  })

  it('names the line of a conflict', async () => {
    const store = memoryStore()
    const append = async () => ({ accepted: 1, duplicates: 0, conflicts: [1] })
    const { counts } = await importEvents(itemsOf([5, 8].map((position) => ({ position, event: event(String(position)) }))), {
      ...store.parts,
      append,
    })
    expect(counts).toMatchObject({ accepted: 1, conflict: 1, rejected: 0 })
    expect(store.rejections).toMatchObject([{ position: 8, code: 'conflict' }])
  })

  it('ends when the store fails', async () => {
    const append = async () => Promise.reject(new Error('database away'))
    await expect(importEvents(itemsOf([{ position: 1, event: event('1') }]), { ...memoryStore().parts, append })).rejects.toThrow(
      'database away',
    )
  })

  it('never runs ahead of the store by more than two batches, however long the file', async () => {
    let read = 0
    let stored = 0
    let ahead = 0
    let bytes = 0
    const row = Buffer.from(`e,post,2024-01-01T10:00:00Z,m,"${'word '.repeat(40)}"\n`)
    const block = Buffer.concat(Array.from({ length: 500 }, () => row))
    const file = (async function* () {
      yield Buffer.from('id,type,occurred_at,actor_id,text\n')
      // 24 MB, from a block of 120 KB
      for (let i = 0; i < 200; i++) {
        bytes += block.length
        yield block
      }
    })()
    const counted = (async function* () {
      for await (const item of csv.read(file, OPTIONS)) {
        read++
        ahead = Math.max(ahead, read - stored)
        yield item
      }
    })()
    const heaps: number[] = []
    const { counts } = await importEvents(
      counted,
      {
        normalise: (one) => ({ ok: one.id }),
        append: async (rows) => {
          await new Promise(setImmediate)
          stored += rows.length
          return { accepted: rows.length, duplicates: 0, conflicts: [] }
        },
        onRejected: () => {},
        onStored: (soFar: ImportCounts) => void (soFar.accepted % 25_000 === 0 && heaps.push(bytes)),
      },
      1000,
    )
    expect(counts.accepted).toBe(100_000)
    expect(ahead).toBeLessThanOrEqual(2001)
    // the file is read as it is stored, not swallowed whole
    expect(heaps[0]).toBeLessThan(bytes / 3)
  })
})

describe('a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'barnraise-file-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const open = async (name: string, content: Uint8Array | string) => {
    await writeFile(join(folder, name), content)
    return openFile(join(folder, name))
  }
  const textOf = async (stream: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }

  it('is read whole, plain or gzipped whatever its name, of any length', async () => {
    for (const text of ['', 'x', 'long '.repeat(200_000)])
      for (const packed of [Buffer.from(text), gzipSync(text)]) {
        const file = await open('some.csv', packed)
        expect(Buffer.from(file.firstBytes).toString()).toBe(text.slice(0, 4096))
        expect((await textOf(file.stream)) === text).toBe(true)
      }
  })

  it('that is cut or damaged says so, after what can be read of it', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i} ${Math.sin(i)}`).join('\n')
    const packed = gzipSync(lines)
    const read = async (bytes: Uint8Array) => {
      let length = 0
      try {
        for await (const chunk of (await open('cut.gz', bytes)).stream) length += chunk.length
        return { length, message: '' }
      } catch (error) {
        return { length, message: (error as Error).message }
      }
    }
    const cut = await read(packed.subarray(0, packed.length >> 1))
    expect(cut.message).toMatch(/ends in the middle/)
    expect(cut.length).toBeGreaterThan(100_000)
    const damaged = Buffer.from(packed)
    damaged.fill(0, packed.length >> 1, (packed.length >> 1) + 2000)
    expect((await read(damaged)).message).toMatch(/damaged|ends in the middle/)
  })

  it('that is not there, or a folder, is said in words', async () => {
    await expect(openFile(join(folder, 'none.csv'))).rejects.toThrow(/There is no file/)
    await expect(openFile(folder)).rejects.toThrow(/is a folder/)
  })

  it('is recognised by its name or its beginning', () => {
    const recognise = (name: string, text: string) => recogniseFormat(name, Buffer.from(text)).name
    expect(recognise('x.csv', '')).toBe('csv')
    expect(recognise('export.txt', 'id;type;occurred_at\r\n')).toBe('csv')
    expect(recognise('export', 'member,name,joined\n')).toBe('csv')
    expect(recognise('export', '{"id":"1"}\n')).toBe('ndjson')
    expect(recognise('x.xml', '<?xml version="1.0"?>\n<posts>')).toBe('stack-exchange')
    expect(() => recognise('x.pdf', '%PDF-1.7')).toThrow(/not recognised.*--format.*csv/)
    expect(() => findFormat('slack')).toThrow(/no format "slack"/)
  })
})

describe('NDJSON', () => {
  const read = async (text: string, size: number) => {
    const bytes = Buffer.from(text)
    const items: SourceItem[] = []
    const chunks = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })()
    for await (const item of ndjson.read(chunks, OPTIONS)) items.push(item)
    return items
  }

  it('is read line by line wherever the stream is cut; blank lines pass, bad ones are named', async () => {
    const text = '\ufeff{"id":"1","type":"post.published"}\r\n\n[1]\n{"id":\n{"id":"é","source":"own"}'
    for (const size of [1, 5, 1000]) {
      const items = await read(text, size)
      expect(items).toMatchObject([
        { position: 1, event: { id: '1', source: 'forum' } },
        { position: 3, problem: { code: 'malformed_json' } },
        { position: 4, problem: { code: 'malformed_json' } },
        { position: 5, event: { id: 'é', source: 'own' } },
      ])
    }
  })

  it('does not hold an endless line', async () => {
    const items = await read(`{"id":"1"}\n{"id":"${'x'.repeat(600_000)}"}\n{"id":"3"}\n`, 50_000)
    expect(items).toMatchObject([{ position: 1 }, { position: 2, problem: { code: 'too_large' } }, { position: 3, event: { id: '3' } }])
  })
})
