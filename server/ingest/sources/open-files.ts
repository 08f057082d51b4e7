import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { openZip } from './open-zip.ts'
import { SourceError } from './source.ts'
import type { SourceFile, SourceFiles } from './source-files.ts'

export type OpenFiles = SourceFiles & {
  /** Bytes on disk, packed as they are. */
  size: number
  /** Bytes of the disk read so far, for a progress bar; more than `size` where a source reads twice. */
  bytesRead: () => number
  /** Releases what is held open, and removes what was unpacked to the disk. */
  close: () => Promise<void>
}

/** A file on the disk, and what people call it. */
export type GivenFile = { path: string; name: string }

export type Counter = { count: number }
const CHUNK_BYTES = 256 * 1024

/**
 * Opens files, archives (by their first bytes, whatever their names) and folders as one set. Throws a SourceError in words when
 * one cannot be read.
 */
export const openFiles = async (given: readonly (string | GivenFile)[]): Promise<OpenFiles> => {
  const paths = given.map((one) =>
    typeof one === 'string' ? { path: one, name: basename(one) } : { ...one, name: basename(one.name.replaceAll('\\', '/')) },
  )
  const read: Counter = { count: 0 }
  const closers: (() => Promise<void>)[] = []
  const files: SourceFile[] = []
  let size = 0
  try {
    for (const path of paths) {
      const found = await openPath(path.path, path.name, read, closers)
      files.push(...found.files)
      size += found.size
    }
  } catch (error) {
    for (const close of closers) await close()
    throw error
  }
  return {
    name: paths.map(({ name }) => name).join(', '),
    files,
    size,
    bytesRead: () => read.count,
    close: async () => {
      for (const close of closers) await close()
    },
  }
}

type Opened = { files: SourceFile[]; size: number }

const openPath = async (path: string, name: string, read: Counter, closers: (() => Promise<void>)[]): Promise<Opened> => {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new SourceError(error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be opened: ${error.message}`)
  })
  if (found.isDirectory()) return openFolder(path, read)
  const magic = await firstBytesOf(path)
  if (magic.subarray(0, 2).equals(ZIP) && magic[2] !== undefined && magic[2] <= 8) {
    const zip = await openZip(path, read)
    closers.push(zip.close)
    return { files: zip.files, size: found.size }
  }
  return { files: [plainFile(path, name, found.size, read, magic)], size: found.size }
}

const ZIP = Buffer.from('PK')
const isGzip = (magic: Uint8Array) => magic[0] === 0x1f && magic[1] === 0x8b

const firstBytesOf = async (path: string): Promise<Buffer> => {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const plainFile = (path: string, name: string, size: number, read: Counter, magic: Uint8Array): SourceFile => ({
  path: isGzip(magic) ? name.replace(/\.gz$/i, '') : name,
  size: isGzip(magic) ? null : size,
  open: () => (isGzip(magic) ? gunzip(readDisk(path, read)) : readDisk(path, read)),
})

const openFolder = async (path: string, read: Counter): Promise<Opened> => {
  const files: SourceFile[] = []
  let size = 0
  for (const entry of (await readdir(path, { recursive: true, withFileTypes: true })).sort((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  )) {
    if (!entry.isFile()) continue
    const full = join(entry.parentPath, entry.name)
    const inside = full.slice(path.length).replaceAll('\\', '/').replace(/^\/+/, '')
    const bytes = (await stat(full)).size
    size += bytes
    files.push(plainFile(full, inside, bytes, read, await firstBytesOf(full)))
  }
  if (files.length === 0) throw new SourceError(`The folder ${path} holds no file.`)
  return { files, size }
}

async function* readDisk(path: string, read: Counter): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  for await (const chunk of stream) {
    read.count += (chunk as Uint8Array).length
    yield chunk as Uint8Array
  }
}

const AGAIN = 'What was read up to there is kept and will be recognised.'

/** Unpacks gzip; a damaged or cut one is a SourceError. */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  const feeding = feed(packed, unpacked)
  try {
    for await (const chunk of unpacked) yield chunk as Uint8Array
    await feeding
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw new SourceError(`The gzip file ends in the middle: get the whole file and import it again. ${AGAIN}`)
    if (code?.startsWith('Z_')) throw new SourceError(`The gzip file is damaged (${message}): get it again. ${AGAIN}`)
    throw error
  } finally {
    unpacked.destroy()
  }
}

const feed = async (packed: AsyncIterable<Uint8Array>, unpacked: ReturnType<typeof createGunzip>): Promise<void> => {
  try {
    for await (const chunk of packed) {
      if (unpacked.destroyed) return
      if (!unpacked.write(chunk)) await new Promise<void>((resolve) => unpacked.once('drain', resolve).once('close', resolve))
    }
    unpacked.end()
  } catch (error) {
    unpacked.destroy(error as Error)
  }
}
