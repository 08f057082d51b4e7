import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadeEntry, makeZip } from './made-zip.ts'
import { openFiles } from './open-files.ts'
import { slack } from './slack/slack.ts'
import type { SourceItem } from './source.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barnraise-cut-'))
})
afterAll(() => rm(folder, { recursive: true }))

const days = Array.from({ length: 6 }, (_, day) => `general/2024-03-0${day + 1}.json`)
const dayOf = (day: number) =>
  JSON.stringify(
    Array.from({ length: 40 }, (_, no) => ({
      type: 'message',
      user: `U${no % 5}`,
      text: `Message ${day}.${no}: ${Math.sin(day * 40 + no)}`,
      ts: `${Date.UTC(2024, 2, day + 1) / 1000 + no}.000100`,
    })),
  )
const contents: Record<string, string> = {
  'channels.json': JSON.stringify([{ id: 'C1', name: 'general' }]),
  'users.json': JSON.stringify([0, 1, 2, 3, 4].map((no) => ({ id: `U${no}`, name: `u${no}` }))),
  ...Object.fromEntries(days.map((path, day) => [path, dayOf(day)])),
  'general/2024-03-07.json': '[]',
}
const descriptors = [true, false].flatMap((hasSignature) => ([4, 8] as const).map((sizeBytes) => ({ hasSignature, sizeBytes })))
const madeOf = (how: Partial<MadeEntry>) =>
  Object.entries(contents).flatMap(([name, content], no) => [
    ...(no === 2 ? [{ name: 'general/', method: 0, ...(how.descriptor ? { descriptor: how.descriptor } : {}) }] : []),
    { name, content, ...how },
  ])
const forms: Record<string, Partial<MadeEntry>> = {
  deflated: {},
  stored: { method: 0 },
  ...Object.fromEntries(descriptors.map((descriptor) => [`sizes behind: ${JSON.stringify(descriptor)}`, { descriptor }])),
}

/** Where the bytes of each file end, and where the directory begins. */
const layoutOf = (zip: Buffer) => {
  const ends: Record<string, number> = {}
  const directory = zip.readUInt32LE(zip.length - 6)
  for (let at = directory; at < zip.length - 22; ) {
    const nameBytes = zip.readUInt16LE(at + 28)
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes)
    ends[name] = zip.readUInt32LE(at + 42) + 30 + nameBytes + zip.readUInt32LE(at + 20)
    at += 46 + nameBytes + zip.readUInt16LE(at + 30)
  }
  return { ends, directory }
}

/** Each file that is found: its text as far as it goes, and why it goes no further. */
const readCut = async (zip: Uint8Array) => {
  const path = join(folder, 'export.zip')
  await writeFile(path, zip)
  const opened = await openFiles([path])
  const found: Record<string, { text: string; problem: string | null; size: number | null }> = {}
  for (const file of opened.files) {
    const chunks: Uint8Array[] = []
    let problem: string | null = null
    try {
      for await (const chunk of file.open()) chunks.push(chunk)
    } catch (error) {
      problem = `${(error as Error).name}: ${(error as Error).message}`
    }
    found[file.path] = { text: Buffer.concat(chunks).toString(), problem, size: file.size }
  }
  await opened.close()
  return { found, cut: opened.cut, notes: opened.notes }
}

describe.each(Object.entries(forms))('a ZIP (%s)', (_, how) => {
  const zip = makeZip(madeOf(how))
  const { ends, directory } = layoutOf(zip)
  const check = async (length: number) => {
    const whole = Object.keys(contents).filter((name) => (ends[name] as number) <= length)
    if (length < 30 + 'channels.json'.length) {
      await expect(readCut(zip.subarray(0, length))).rejects.toThrow(/^The ZIP ends before its first file: the download was cut off/)
      return
    }
    const { found, cut } = await readCut(zip.subarray(0, length))
    for (const name of whole) expect(found[name], `${name} of ${length}`).toMatchObject({ text: contents[name], problem: null })
    const others = Object.keys(found).filter((name) => !whole.includes(name))
    expect(others.length).toBeLessThanOrEqual(1)
    for (const name of others) {
      expect(found[name]?.problem).toMatch(/^SourceError: The ZIP ends in the middle/)
      expect(contents[name]?.startsWith(found[name]?.text ?? '?')).toBe(true)
    }
    if (length === zip.length) expect(cut).toBeNull()
    else
      expect(cut).toMatch(
        length >= directory + 4 ? /in the middle of the list at its end/ : /^The ZIP ends in the middle: .*import it again/,
      )
  }

  it('that is cut off anywhere gives every file whose bytes are there', async () => {
    const last = Object.values(ends).at(-1) as number
    const second = ends['channels.json'] as number
    const places = [4, 29, 30, 42, 43, 44, second - 1, second, second + 3, second + 4, second + 12, second + 20, second + 35]
    for (const at of [...places, last, directory - 1, directory, directory + 3, directory + 4, directory + 50, zip.length - 22])
      await check(at)
    for (let left = 0; left < 22; left++) await check(zip.length - left)
    await fc.assert(fc.asyncProperty(fc.integer({ min: 4, max: zip.length }), check), { numRuns: 60, seed: 5 })
  })
})

describe('a ZIP that is cut off', () => {
  const long = Array.from({ length: 60_000 }, (_, i) => Math.sin(i)).join()

  it('gives its last file as far as it goes, of any length', async () => {
    for (const how of [{}, { method: 0 }, { descriptor: { hasSignature: true, sizeBytes: 4 as const } }]) {
      const zip = makeZip([
        { name: 'a.json', content: 'first', ...how },
        { name: 'b.json', content: long, ...how },
      ])
      const { found } = await readCut(zip.subarray(0, zip.length >> 1))
      expect(found['a.json']).toMatchObject({ text: 'first', problem: null })
      expect(found['b.json']?.text.length).toBeGreaterThan(long.length * 0.4)
      expect(long.startsWith(found['b.json']?.text ?? '?')).toBe(true)
    }
  })

  it('is guarded as a whole one is', async () => {
    const cutOf = (...made: MadeEntry[]) => makeZip([...made, { name: 'z.json', content: long }]).subarray(0, -60)
    const descriptor = { hasSignature: true, sizeBytes: 4 as const }
    const hostile = await readCut(
      cutOf({ name: '../x.json', content: 'x' }, { name: '__MACOSX/._a', content: 'x' }, { name: 'a', content: 'a' }),
    )
    expect(Object.keys(hostile.found)).toEqual(['a', 'z.json'])
    expect(hostile.notes).toEqual([expect.stringMatching(/leads out of its folder: "..\/x.json"/)])
    expect((await readCut(cutOf({ name: 'a', content: 'x', flags: 1 }))).found.a?.problem).toMatch(/has a password/)
    expect((await readCut(cutOf({ name: 'a', content: 'x', saidCrc: 7 }))).found.a?.problem).toMatch(/checksum differs/)
    expect((await readCut(cutOf({ name: 'a', content: long, saidSize: 9 }))).found.a?.problem).toMatch(/lies about the size/)
    await expect(readCut(cutOf({ name: 'a', content: 'x', flags: 0x41 }))).rejects.toThrow(/has a password/)
    await expect(readCut(cutOf({ name: 'a', content: Buffer.alloc(80 * 1024 * 1024, 'a'), descriptor }))).rejects.toThrow(
      /200 times its size/,
    )
  })

  it('and damaged says that it cannot be followed', async () => {
    const zip = makeZip([
      { name: 'a.json', content: 'first' },
      { name: 'b.json', content: long },
    ])
    zip.writeUInt32LE(7, layoutOf(zip).ends['a.json'] as number)
    const { found, cut } = await readCut(zip.subarray(0, -60))
    expect(Object.keys(found)).toEqual(['a.json'])
    expect(cut).toMatch(/cannot be followed to there: it was cut off or damaged/)
  })

  it('gives a source its messages before the cut', async () => {
    const zip = makeZip(madeOf({}))
    const path = join(folder, 'slack.zip')
    await writeFile(path, zip.subarray(0, (layoutOf(zip).ends[days[3] as string] as number) - 100))
    const opened = await openFiles([path])
    const items: SourceItem[] = []
    const options = { source: 'slack', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
    for await (const item of slack.read(opened, options)) items.push(item)
    await opened.close()
    const events = items.filter((item) => 'event' in item)
    expect(events.length).toBeGreaterThan(3 * 40)
    expect(events.length).toBeLessThan(4 * 40)
    expect(items.flatMap((item) => ('problem' in item ? [item.file] : []))).toEqual([days[3]])
  })
})
