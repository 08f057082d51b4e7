import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenFiles } from './given-files.ts'
import { findFormat, recogniseFormat } from './known-sources.ts'
import { openFiles } from './open-files.ts'
import { firstTextOf, type SourceFile } from './source-files.ts'

describe('a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'barnraise-file-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const open = async (name: string, content: Uint8Array | string) => {
    await writeFile(join(folder, name), content)
    return openFiles([join(folder, name)])
  }
  const textOf = async (stream: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }

  it('is read whole, plain or gzipped whatever its name, of any length', async () => {
    for (const text of ['', 'x', 'long '.repeat(200_000)])
      for (const packed of [Buffer.from(text), gzipSync(text)]) {
        const file = (await open('some.csv', packed)).files[0] as SourceFile
        expect(await firstTextOf(file)).toBe(text.slice(0, 4096))
        expect((await textOf(file.open())) === text).toBe(true)
      }
  })

  it('that is cut or damaged says so, after what can be read of it', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i} ${Math.sin(i)}`).join('\n')
    const packed = gzipSync(lines)
    const read = async (bytes: Uint8Array) => {
      let length = 0
      try {
        for await (const chunk of ((await open('cut.gz', bytes)).files[0] as SourceFile).open()) length += chunk.length
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

  it('that is not there is said in words', async () => {
    await expect(openFiles([join(folder, 'none.csv')])).rejects.toThrow(/There is no file/)
  })

  it('in a folder goes by its place in it', async () => {
    await mkdir(join(folder, 'export', 'pumps'), { recursive: true })
    await writeFile(join(folder, 'export', 'pumps', 'a.json'), '[]')
    await writeFile(join(folder, 'export', 'users.json'), '[1]')
    const { files, size } = await openFiles([join(folder, 'export')])
    expect(files.map(({ path }) => path)).toEqual(['pumps/a.json', 'users.json'])
    expect(size).toBe(5)
  })

  it('is recognised by its name or its beginning', async () => {
    const recognise = async (name: string, text: string) => (await recogniseFormat(givenFiles({ [name]: text }))).name
    expect(await recognise('x.csv', '')).toBe('csv')
    expect(await recognise('export.txt', 'id;type;occurred_at\r\n')).toBe('csv')
    expect(await recognise('export', 'member,name,joined\n')).toBe('csv')
    expect(await recognise('export', '{"id":"1","type":"x","occurred_at":"y"}\n')).toBe('ndjson')
    expect(await recognise('x.xml', '<?xml version="1.0"?>\n<posts>')).toBe('stack-exchange')
    await expect(recognise('x.pdf', '%PDF-1.7')).rejects.toThrow(/not recognised.*CSV/)
    expect(() => findFormat('myspace')).toThrow(/no format "myspace"/)
  })
})
