import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { commonFolderLength, isJunk, safePath } from './archive-paths.ts'
import { refuseForeign, refuseOffice } from './foreign-files.ts'
import { gunzip, isGzip } from './gunzip.ts'
import { isTar, openTar } from './open-tar.ts'
import { type Archive, openZip } from './open-zip.ts'
import type { Counter } from './reading-bounds.ts'
import { SourceError } from './source.ts'
import type { SourceFile, SourceFiles } from './source-files.ts'
import { unpackTar } from './unpack-tar.ts'

export type OpenFiles = SourceFiles & {
  /** Bytes on disk, packed as they are. */
  size: number
  /** Bytes of the disk read so far, for a progress bar; more than `size` where a source reads twice. */
  bytesRead: () => number
  /** What to know about them: files that were left out. */
  notes: readonly string[]
  /** What to say at the end of an archive that was cut off, of which only what lies before the cut is there; null: all is whole. */
  cut: string | null
  /** Releases what is held open, and removes what was unpacked to the disk. */
  close: () => Promise<void>
}

/** A file on the disk, and what people call it. */
export type GivenFile = { path: string; name: string }

export type OpenOptions = {
  /** Called for every piece that is read; what it throws ends the reading. */
  check?: () => void
  /** Where a packed tar is unpacked to; the system's folder for such by default. */
  temporaryFolder?: string
}

const CHUNK_BYTES = 256 * 1024
/** Enough to tell a tar by. */
const MAGIC_BYTES = 512
const SHOWN_NAMES = 3

type Opened = { isPlain?: boolean; files: SourceFile[]; size: number; notes?: readonly string[]; cut?: string; close?: () => Promise<void> }
type Given = GivenFile & { read: Counter; temporaryFolder: string }

/**
 * Opens files, archives (by their first bytes, whatever their names) and folders as one set. A folder that holds everything is left
 * out of the paths. Throws a SourceError in words when one cannot be read.
 */
export const openFiles = async (
  given: readonly (string | GivenFile)[],
  { check = () => {}, temporaryFolder = tmpdir() }: OpenOptions = {},
): Promise<OpenFiles> => {
  const read: Counter = { count: 0, check }
  const named = given.map((one) => (typeof one === 'string' ? { path: one, name: basename(one) } : { ...one, name: plainName(one.name) }))
  const opened: Opened[] = []
  const close = async () => {
    for (const one of opened) await one.close?.()
  }
  try {
    for (const one of named) opened.push(await openPath({ ...one, read, temporaryFolder }))
  } catch (error) {
    await close()
    throw error
  }
  return {
    name: nameOf(named),
    files: putTogether(opened, named),
    size: opened.reduce((sum, { size }) => sum + size, 0),
    bytesRead: () => read.count,
    notes: opened.flatMap(({ notes = [] }) => notes),
    cut:
      opened
        .flatMap(({ cut }, index) => (cut === undefined ? [] : [opened.length === 1 ? cut : `${named[index]?.name}: ${cut}`]))
        .join(' ') || null,
    close,
  }
}

/** A browser gives the name, or of a dropped folder the place in it; what else sends one may give a path of another system. */
const plainName = (name: string): string => safePath(name) ?? (basename(name.replaceAll('\\', '/')) || 'file')

/** What people call it as a whole. */
const nameOf = (named: readonly GivenFile[]): string => {
  const shown = named.slice(0, SHOWN_NAMES).map(({ name }) => name)
  return `${shown.join(', ')}${named.length > shown.length ? ` and ${named.length - shown.length} more` : ''}`
}

/** Side by side; where two are called the same, what is in an archive goes by the archive's name too, and the second by a number. */
const putTogether = (opened: readonly Opened[], named: readonly GivenFile[]): SourceFile[] => {
  if (opened.length === 1) return opened[0]?.files ?? []
  const all: SourceFile[] = []
  for (const { files } of opened) for (const file of files) all.push(file)
  if (new Set(all.map(({ path }) => path)).size < all.length) {
    const taken = new Map<string, number>()
    for (const [index, { files, isPlain }] of opened.entries()) {
      const name = named[index]?.name ?? ''
      const count = (taken.get(name) ?? 0) + 1
      taken.set(name, count)
      const label = count === 1 ? name : `${name} (${count})`
      for (const file of files) file.path = isPlain ? (count === 1 ? file.path : `${label}/${file.path}`) : `${label}/${file.path}`
    }
  }
  return opened.every(({ isPlain }) => isPlain) ? withoutCommonFolder(all) : all
}

const openPath = async (given: Given): Promise<Opened> => {
  const { path, name, read } = given
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new SourceError(error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be opened: ${error.message}`)
  })
  if (found.isDirectory()) return openFolder(given)
  if (!found.isFile()) throw new SourceError(`${path} is neither a file nor a folder.`)
  const { size } = found
  const magic = await firstBytesOf(path)
  refuseForeign(name, magic)
  const archive = await openArchive(given, magic, size)
  if (archive === null) return { isPlain: true, files: [plainFile(path, name, size, read, magic)], size }
  const { files, notes, cut, close } = archive
  try {
    refuseOffice(
      name,
      files.slice(0, 100).map((file) => file.path),
    )
    if (files.length === 0) throw new SourceError(`${name} is an archive and holds no file.`)
  } catch (error) {
    await close()
    throw error
  }
  return { files: withoutCommonFolder(files), size, notes, ...(cut === undefined ? {} : { cut }), close }
}

const openArchive = async ({ path, name, read, temporaryFolder }: Given, magic: Buffer, size: number): Promise<Archive | null> => {
  if (isZip(magic)) return openZip(path, size, read)
  if (isTar(magic)) return openTar(path, size, read)
  if (isGzip(magic) && isTar(await firstUnpackedOf(path, name))) return unpackTar(name, path, read, temporaryFolder)
  return null
}

/** A file, an empty archive, or one in several parts. */
const isZip = (magic: Buffer): boolean => ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].includes(magic.subarray(0, 4).toString('latin1'))

const withoutCommonFolder = (files: SourceFile[]): SourceFile[] => {
  const length = commonFolderLength(files.map(({ path }) => path))
  if (length > 0) for (const file of files) file.path = file.path.slice(length)
  return files
}

const firstBytesOf = async (path: string): Promise<Buffer> => {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Of a gzip file; nothing of one that cannot be read, which its reading says. */
const firstUnpackedOf = async (path: string, name: string): Promise<Uint8Array> => {
  try {
    for await (const chunk of gunzip(name, readDisk(path, { count: 0, check: () => {} }))) return chunk
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
  }
  return new Uint8Array()
}

const plainFile = (path: string, name: string, size: number, read: Counter, magic: Uint8Array): SourceFile => ({
  path: isGzip(magic) ? name.replace(/\.gz$/i, '') : name,
  size: isGzip(magic) ? null : size,
  open: () => (isGzip(magic) ? gunzip(name, readDisk(path, read)) : readDisk(path, read)),
})

/** Links are not followed: they may lead anywhere, and in circles. */
const openFolder = async ({ path, name, read }: Given): Promise<Opened> => {
  const files: SourceFile[] = []
  let size = 0
  const entries = (await readdir(path, { recursive: true, withFileTypes: true })).map((entry) => ({
    isFile: entry.isFile(),
    full: join(entry.parentPath, entry.name),
  }))
  for (const { isFile, full } of entries.sort((a, b) => (a.full < b.full ? -1 : 1))) {
    const inside = full.slice(join(path, '/').length).replaceAll('\\', '/')
    if (!isFile || isJunk(inside)) continue
    const bytes = (await stat(full)).size
    size += bytes
    files.push(plainFile(full, inside, bytes, read, await firstBytesOf(full)))
  }
  if (files.length === 0) throw new SourceError(`The folder ${name} holds no file.`)
  return { files: withoutCommonFolder(files), size }
}

async function* readDisk(path: string, read: Counter): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    read.check()
    read.count += (chunk as Uint8Array).length
    yield chunk as Uint8Array
  }
}
