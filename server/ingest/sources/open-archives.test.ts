import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenFiles } from './given-files.ts'
import { recogniseFormat } from './known-sources.ts'
import { makeZip } from './made-zip.ts'
import { openFiles } from './open-files.ts'
import type { SourceFile } from './source-files.ts'

let folder: string
let temporaryFolder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barnraise-archives-'))
  temporaryFolder = join(folder, 'temporary')
  await mkdir(temporaryFolder)
})
afterAll(() => rm(folder, { recursive: true }))

const open = async (content: Uint8Array, name = 'export.zip') => {
  await writeFile(join(folder, name), content)
  return openFiles([join(folder, name)], { temporaryFolder })
}
const textOf = async (file: SourceFile | undefined): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of (file as SourceFile).open()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
/** Each file with its text, or why it could not be read. */
const readAll = async (content: Uint8Array, name?: string): Promise<Record<string, string>> => {
  const opened = await open(content, name)
  const found: Record<string, string> = {}
  for (const file of opened.files) found[file.path] = await textOf(file).catch((error: Error) => `${error.name}: ${error.message}`)
  await opened.close()
  return found
}
const refusal = async (content: Uint8Array, name?: string): Promise<string> => {
  const error = await open(content, name).then(
    () => null,
    (problem: Error) => problem,
  )
  return `${error?.name}: ${error?.message}`
}
const notesOf = async (content: Uint8Array, name?: string) => {
  const opened = await open(content, name)
  await opened.close()
  return opened.notes
}

describe('a ZIP', () => {
  it('gives its files, stored or deflated or of ZIP64, again and again, and counts what it has read', async () => {
    const long = 'some text '.repeat(50_000)
    const bytes = makeZip([
      { name: 'a.json', content: '[1]', method: 0 },
      { name: 'pumps/', content: '' },
      { name: 'pumps/b.json', content: long },
      { name: 'c.json', content: 'of ZIP64', isZip64: true },
      { name: '__MACOSX/._a.json', content: 'x' },
    ])
    const opened = await open(bytes, 'whatever.bin')
    expect(opened.files.map(({ path, size }) => [path, size])).toEqual([
      ['a.json', 3],
      ['pumps/b.json', 500_000],
      ['c.json', 8],
    ])
    expect(await textOf(opened.files[1])).toBe(long)
    expect(opened.bytesRead()).toBeGreaterThan(100)
    expect(opened.bytesRead()).toBeLessThan(opened.size)
    expect(await textOf(opened.files[1])).toBe(long)
    expect(await textOf(opened.files[2])).toBe('of ZIP64')
    await opened.close()
  })

  it('that holds nothing, and one part of several, says so', async () => {
    const whole = makeZip([{ name: 'a.json', content: 'x'.repeat(1000) }])
    expect(await refusal(whole.subarray(0, 20))).toBe(
      'SourceError: The ZIP ends before its first file: the download was cut off. Get it again.',
    )
    expect(await refusal(makeZip([]))).toBe('SourceError: export.zip is an archive and holds no file.')
    // bytes are missing in the middle: nothing lies where the directory says
    expect(await refusal(Buffer.concat([whole.subarray(0, 30), whole.subarray(40)]))).toMatch(/^SourceError: The ZIP cannot be read.*again/)
    const spanned = Buffer.from(whole)
    spanned.writeUInt16LE(1, whole.length - 18)
    expect(await refusal(spanned)).toMatch(/one part of a ZIP in several parts/)
  })

  it('that lies about a size, or is damaged, gives the other files and says which is not to be had', async () => {
    const content = 'word '.repeat(2000)
    for (const method of [0, 8]) {
      const found = await readAll(
        makeZip([
          { name: 'good.json', content },
          { name: 'more.json', content, saidSize: 100, method },
          { name: 'less.json', content, saidSize: 20_000, method },
          { name: 'sum.json', content, saidCrc: 1, method },
        ]),
      )
      expect(found['good.json']).toBe(content)
      expect(found['more.json']).toMatch(/^SourceError: The ZIP lies about the size of more.json: it has more than the 100 bytes/)
      expect(found['less.json']).toMatch(/^SourceError: The ZIP lies about the size of less.json: it has 10000 of the 20000/)
      expect(found['sum.json']).toMatch(/^SourceError: sum.json in the ZIP is damaged/)
    }
    const bytes = makeZip([{ name: 'a.json', content: Array.from({ length: 3000 }, (_, i) => Math.sin(i)).join() }])
    bytes.fill(0xff, 100, 200)
    expect((await readAll(bytes))['a.json']).toMatch(/^SourceError: .*damaged/)
  })

  it('that is a bomb is left long before its end, and one of files over each other is not begun', async () => {
    const bomb = makeZip([{ name: 'bomb.json', content: Buffer.alloc(80 * 1024 * 1024, 'a') }])
    const opened = await open(bomb)
    let bytes = 0
    const reading = (async () => {
      for await (const chunk of (opened.files[0] as SourceFile).open()) bytes += chunk.length
    })()
    await expect(reading).rejects.toThrow(/unpacks to more than 200 times its size/)
    expect(bytes).toBeLessThan(66 * 1024 * 1024)
    await opened.close()
    const kernel = { name: 'k', content: Array.from({ length: 500 }, (_, i) => Math.sin(i)).join() }
    expect(await refusal(makeZip([kernel, ...Array.from({ length: 50 }, (_, i) => ({ ...kernel, name: `k${i}`, isOver: true }))]))).toMatch(
      /lie over each other/,
    )
  })

  it('leaves out names that lead out of its folder, and says so', async () => {
    const hostile = [
      '../../etc/passwd',
      '/etc/passwd',
      '..\\..\\evil.json',
      'C:\\evil.json',
      'c:/x',
      'a/../../b',
      'nul\0.json',
      '\\\\host\\x',
    ]
    const bytes = makeZip([
      ...hostile.map((name) => ({ name, content: 'x' })),
      { name: 'win\\good.json', content: 'good' },
      { name: './b/./c', content: 'c' },
    ])
    expect(await readAll(bytes)).toEqual({ 'win/good.json': 'good', 'b/c': 'c' })
    expect(await notesOf(bytes)).toEqual([`8 files of the ZIP were left out, whose name leads out of its folder: "../../etc/passwd".`])
  })

  it('with a password, or packed by another method, says what to do', async () => {
    expect(await readAll(makeZip([{ name: 'a.json', content: 'x', flags: 1 }]))).toMatchObject({
      'a.json': expect.stringMatching(/has a password/),
    })
    expect(await refusal(makeZip([{ name: 'a.json', content: 'x', flags: 0x41 }]))).toMatch(/has a password/)
    expect(await readAll(makeZip([{ name: 'a.json', content: 'x', method: 9 }]))).toMatchObject({
      'a.json': expect.stringMatching(/packed by Deflate64, which is not read here: unpack it/),
    })
  })

  it('with names of any encoding, or the same name twice, is read', async () => {
    const bytes = makeZip([
      { name: 'größe.json', content: '1', flags: 0 },
      { name: Buffer.from([0x67, 0x72, 0x94, 0xe1, 0x65]), content: '2', flags: 0 },
      { name: 'twice.json', content: 'old' },
      { name: 'twice.json', content: 'new' },
    ])
    expect(await readAll(bytes)).toEqual({ 'größe.json': '1', größe: '2', 'twice.json': 'new' })
    expect(await notesOf(bytes)).toEqual(['The ZIP holds a name twice; of each the later file is read.'])
  })

  it('unpacks gzip in it, and no ZIP in it', async () => {
    const inner = makeZip([{ name: 'users.json', content: '[]' }])
    expect(
      await readAll(
        makeZip([
          { name: 'a.json.gz', content: gzipSync('packed twice') },
          { name: 'b.gz', content: 'only called so' },
          { name: 'inner.zip', content: inner },
        ]),
      ),
    ).toMatchObject({ 'a.json': 'packed twice', b: 'only called so', 'inner.zip': expect.stringMatching(/^PK/) })
    const opened = await open(makeZip([{ name: 'inner.zip', content: inner }]))
    await expect(recogniseFormat(opened)).rejects.toThrow(/export.zip is not recognised.*not opened \(inner.zip\): unpack it/)
    await opened.close()
  })

  it('loses the folder that holds everything, but not the folder of a channel', async () => {
    const paths = async (...names: string[]) => Object.keys(await readAll(makeZip(names.map((name) => ({ name, content: 'x' })))))
    expect(await paths('my export/users.json', 'my export/pumps/1.json')).toEqual(['users.json', 'pumps/1.json'])
    expect(await paths('a/b/users.json', 'a/b/pumps/1.json')).toEqual(['users.json', 'pumps/1.json'])
    expect(await paths('pumps/1.json', 'pumps/2.json')).toEqual(['pumps/1.json', 'pumps/2.json'])
    expect(await paths('a/1.json', 'b/c/1.json')).toEqual(['a/1.json', 'b/c/1.json'])
  })
})

describe('a tar archive', () => {
  const tarOf = async (entries: Record<string, string | object>) => {
    const tar = pack()
    for (const [name, content] of Object.entries(entries))
      if (typeof content === 'string') tar.entry({ name }, content)
      else tar.entry({ name, ...content })
    tar.finalize()
    return buffer(tar)
  }

  it('gives its files, plain or gzipped, however long their names, and leaves no file behind', async () => {
    const long = `${'very-long-name-'.repeat(20)}.json`
    const tar = await tarOf({
      'zulip/realm.json': '{"a":1}',
      [`zulip/deep/${long}`]: 'x'.repeat(70_000),
      'zulip/deep/packed.json.gz': 'said only',
      '../../etc/passwd': 'x',
      'zulip/link': { type: 'symlink', linkname: '/etc/passwd' },
    })
    const files = { 'realm.json': '{"a":1}', [`deep/${long}`]: 'x'.repeat(70_000), 'deep/packed.json': 'said only' }
    expect(await readAll(tar, 'export.tar')).toEqual(files)
    expect(await readAll(gzipSync(tar), 'export.tar.gz')).toEqual(files)
    expect(await notesOf(tar, 'export.tar')).toEqual([expect.stringMatching(/leads out of its folder: "..\/..\/etc\/passwd"/)])
    expect(await readdir(temporaryFolder)).toEqual([])
  })

  it('that is cut gives what lies before the cut', async () => {
    const tar = await tarOf({ 'a.json': 'a'.repeat(2000), 'b.json': Array.from({ length: 20_000 }, (_, i) => Math.sin(i)).join() })
    const cut = await readAll(tar.subarray(0, 100_000), 'export.tar')
    expect(cut).toEqual({ 'a.json': 'a'.repeat(2000), 'b.json': expect.stringMatching(/^SourceError: The tar archive ends in the middle/) })
    const packed = gzipSync(tar)
    const half = packed.subarray(0, packed.length >> 1)
    expect(await readAll(half, 'export.tgz')).toEqual(cut)
    expect(await notesOf(half, 'export.tgz')).toEqual([expect.stringMatching(/ends in the middle/)])
    expect(await readdir(temporaryFolder)).toEqual([])
    const damaged = Buffer.from(tar)
    damaged.write('nonsense', 3000)
    expect(await refusal(damaged.fill(7, 2560, 2700), 'export.tar')).toMatch(/^SourceError: The tar archive is damaged at byte 2560/)
  })
})

describe('what is dropped', () => {
  it('in another form is refused with what to do', async () => {
    expect(await refusal(Buffer.from('377abcaf271c0004', 'hex'), 'beer.7z')).toMatch(/^SourceError: beer.7z is a 7-Zip archive.*Unpack it/)
    expect(await refusal(Buffer.from('Rar!\x1a\x07\x00', 'latin1'), 'x.rar')).toMatch(/is a RAR archive/)
    expect(await refusal(Buffer.from('fd377a585a0000', 'hex'), 'x.xz')).toMatch(/is an xz archive/)
    expect(await refusal(Buffer.from('%PDF-1.7'), 'x.pdf')).toMatch(/is a PDF/)
    expect(await refusal(makeZip([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }]), 'list.xlsx')).toMatch(
      /save the sheet as CSV/,
    )
  })

  it('as a folder is read without following links, its ZIPs closed', async () => {
    const path = join(folder, 'dropped')
    await mkdir(join(path, 'pumps'), { recursive: true })
    await writeFile(join(path, 'pumps', '1.json'), '[]')
    await writeFile(join(path, '.DS_Store'), 'x')
    await symlink('/etc/hostname', join(path, 'link.json'))
    await symlink('/etc', join(path, 'etc'))
    await symlink(path, join(path, 'pumps', 'round'))
    const { files } = await openFiles([path])
    expect(files.map((file) => file.path)).toEqual(['pumps/1.json'])
  })

  it('side by side is one set, and two of one name are told apart', async () => {
    await writeFile(join(folder, '0'), makeZip([{ name: 'users.json', content: 'one' }]))
    await writeFile(join(folder, '1'), makeZip([{ name: 'users.json', content: 'two' }]))
    const given = (...names: string[]) => openFiles(names.map((name, no) => ({ path: join(folder, String(no)), name })))
    const two = await given('a.zip', '../b.zip')
    expect(two.name).toBe('a.zip, b.zip')
    expect(await Promise.all(two.files.map(async (file) => [file.path, await textOf(file)]))).toEqual([
      ['a.zip/users.json', 'one'],
      ['b.zip/users.json', 'two'],
    ])
    await two.close()
    await writeFile(join(folder, '0'), '[1]')
    await writeFile(join(folder, '1'), '[2]')
    expect((await given('x.json', 'x.json')).files.map(({ path }) => path)).toEqual(['x.json', 'x.json (2)/x.json'])
    expect((await given('export/users.json', 'export/pumps/1.json')).files.map(({ path }) => path)).toEqual(['users.json', 'pumps/1.json'])
  })

  it('and is nothing that is known is described, with what would fit', async () => {
    const files = givenFiles({ 'a.png': 'x', 'b.png': 'y', README: 'z' })
    await expect(recogniseFormat({ ...files, name: 'photos.zip' })).rejects.toThrow(
      /photos.zip is not recognised. It holds 3 files \(2 .png, 1 without an ending\).*What can be imported: .*NDJSON/,
    )
  })
})
