import { describe, expect, it } from 'vitest'
import type { EventInput } from '../../../shared/contract/event.ts'
import { csv } from './csv/csv.ts'
import { type ImportCounts, importEvents, type Rejection } from './import-events.ts'
import { ndjson } from './ndjson/ndjson.ts'
import { givenFiles } from './given-files.ts'
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
      typeOf: () => 'post.published',
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
    const open = async function* () {
      yield Buffer.from('id,type,occurred_at,actor_id,text\n')
      // 24 MB, from a block of 120 KB
      for (let i = 0; i < 200; i++) {
        bytes += block.length
        yield block
      }
    }
    const counted = (async function* () {
      for await (const item of csv.read({ name: 'long.csv', files: [{ path: 'long.csv', size: null, open }] }, OPTIONS)) {
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
        typeOf: () => 'post.published',
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

describe('NDJSON', () => {
  const read = async (text: string, size: number) => {
    const items: SourceItem[] = []
    for await (const item of ndjson.read(givenFiles({ 'events.ndjson': text }, size), OPTIONS)) items.push(item)
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
