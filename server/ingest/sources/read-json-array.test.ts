import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { givenFiles } from './given-files.ts'
import { type JsonArrayOptions, readJsonArray } from './read-json-array.ts'
import { SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'

const fileOf = (content: string | Uint8Array, size = 1000) => givenFiles({ 'a.json': content }, size).files[0] as SourceFile

const readAll = async (file: SourceFile, options: Partial<JsonArrayOptions> = {}) => {
  const elements = []
  try {
    for await (const element of readJsonArray(file, { paths: [''], ...options })) elements.push(element)
    return { elements, failure: null }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { elements, failure: error.message }
  }
}

describe('the lists of a JSON file', () => {
  it('reads the elements of the file itself, numbered from 1', async () => {
    const { elements, failure } = await readAll(fileOf(' [ {"a": "}]\\""} , 2,null,"x" ,[1,[2]] ,[] ] \n'))
    expect(failure).toBeNull()
    expect(elements.map(({ position, value }) => [position, value])).toEqual([
      [1, { a: '}]"' }],
      [2, 2],
      [3, null],
      [4, 'x'],
      [5, [1, [2]]],
      [6, []],
    ])
  })

  it('gives the same values however the file is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.jsonValue(),
        fc.integer({ min: 1, max: 9 }),
        async (list, other, size) => {
          const others: [string, unknown][] = []
          const text = JSON.stringify({ 'be/fore': other, deep: { er: list, last: 'ä€😀\\"' }, empty: [], n: -1.5e3 })
          const { elements, failure } = await readAll(fileOf(text, size), {
            paths: ['/deep/er', '/empty'],
            onOther: (path, value) => others.push([path, value]),
          })
          expect(failure).toBeNull()
          expect(elements.map(({ value }) => value)).toEqual(JSON.parse(JSON.stringify(list)))
          expect(others).toEqual([
            ['/be~1fore', JSON.parse(JSON.stringify(other))],
            ['/deep/last', 'ä€😀\\"'],
            ['/n', -1500],
          ])
        },
      ),
      { numRuns: 150, seed: 1 },
    )
  })

  it('gives the beginning of the list, and says that it is cut, wherever the file ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 4 }), fc.nat(), fc.integer({ min: 1, max: 7 }), async (list, cut, size) => {
        const bytes = Buffer.from(JSON.stringify(list))
        const { elements, failure } = await readAll(fileOf(bytes.subarray(0, cut % bytes.length), size))
        expect(elements.map(({ value }) => value)).toEqual(JSON.parse(JSON.stringify(list)).slice(0, elements.length))
        expect(failure).toMatch(/ends in the middle|is empty/)
      }),
      { numRuns: 200, seed: 2 },
    )
  })

  it.each([
    ['[{"a":1},{"b":2', 1, 'a.json ends in the middle, after 1 entry: get the whole file and import it again.'],
    ['[1,2', 1, 'a.json ends in the middle, after 1 entry: get the whole file and import it again.'],
    ['[{"a":1}', 1, 'a.json ends in the middle, after 1 entry: get the whole file and import it again.'],
    ['', 0, 'a.json is empty.'],
    ['[1] [2]', 1, 'a.json is not JSON from byte 4 on, where its end should stand; 1 entry before it were read.'],
    ['[{"a":1} {"b":2}]', 1, 'a.json is not JSON from byte 9 on, where "," should stand; 1 entry before it were read.'],
    ['[1}', 1, 'a.json is not JSON from byte 2 on, where "]" should stand; 1 entry before it were read.'],
    ['<html>', 0, /is not JSON/],
    ['{"messages":[]}', 0, 'a.json holds no list as a whole.'],
  ])('says how far it came in %j', async (text, count, message) => {
    for (const size of [1, 1000]) {
      const { elements, failure } = await readAll(fileOf(text, size))
      expect(elements).toHaveLength(count)
      if (typeof message === 'string') expect(failure).toBe(message)
      else expect(failure).toMatch(message)
    }
  })

  it('goes on after an element that is no JSON', async () => {
    const { elements, failure } = await readAll(fileOf('[{"a":1},{a:2},{"a":3,},{"a":3}]'))
    expect(failure).toBeNull()
    expect(elements.map(({ position, value, problem }) => [position, value, problem?.code])).toEqual([
      [1, { a: 1 }, undefined],
      [2, undefined, 'malformed_json'],
      [3, undefined, 'malformed_json'],
      [4, { a: 3 }, undefined],
    ])
  })

  it('leaves out an element larger than the bound without holding it', async () => {
    const { elements, failure } = await readAll(fileOf(`[1,{"a":"${'x'.repeat(5000)}"},3]`, 100), { maxElementBytes: 1000 })
    expect(failure).toBeNull()
    expect(elements.map(({ position, value, problem }) => [position, value, problem?.code])).toEqual([
      [1, 1, undefined],
      [2, undefined, 'too_large'],
      [3, 3, undefined],
    ])
  })

  it('reads UTF-8 and UTF-16 with their marks, and an encoding that is named', async () => {
    const text = '[{"a":"Größe"}]'
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    for (const size of [1, 2, 1000]) {
      for (const content of [Buffer.from(`\ufeff${text}`), wide])
        expect((await readAll(fileOf(content, size))).elements).toMatchObject([{ value: { a: 'Größe' } }])
      const latin = await readAll(fileOf(Buffer.from(text, 'latin1'), size), { encoding: 'windows-1252' })
      expect(latin.elements).toMatchObject([{ value: { a: 'Größe' } }])
    }
  })

  it('says once that a file is not UTF-8, and reads on', async () => {
    const notes: string[] = []
    const { elements } = await readAll(fileOf(Buffer.from('["Größe","weiß","ok"]', 'latin1')), { note: (note) => notes.push(note) })
    expect(elements).toHaveLength(3)
    expect(notes).toEqual([expect.stringContaining('a.json is not written in UTF-8')])
  })

  it('holds little of a list of any length on one line', async () => {
    const element = Buffer.from(`${JSON.stringify({ text: 'y'.repeat(300), list: [1, 2, { a: null }] })},`)
    const piece = Buffer.concat(Array.from({ length: 500 }, () => element))
    const pieces = 300
    const file: SourceFile = {
      path: 'long.json',
      size: null,
      open: async function* () {
        yield Buffer.from('{"messages":[')
        for (let at = 0; at < pieces; at++) yield piece
        yield Buffer.from('1]}')
      },
    }
    const before = process.memoryUsage().rss
    let most = 0
    let count = 0
    for await (const _ of readJsonArray(file, { paths: ['/messages'] }))
      if (++count % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss)
    expect(count).toBe(pieces * 500 + 1)
    expect(most - before).toBeLessThan(150 * 1024 * 1024)
  })
})
