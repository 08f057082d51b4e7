import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { isJunk, isUtf8, safePath } from './archive-paths.ts'
import { gunzip, isGzip } from './gunzip.ts'
import { type Counter, refuseBomb } from './reading-bounds.ts'
import { SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'

/** The list of an archive's files must fit the memory: half a million take about 150 MB. Our judgement: ten years of 130 channels. */
export const MAX_ARCHIVE_FILES = 500_000
const STORED = 0
const DEFLATED = 8
/** Other ways to pack, as the tools that make them are called. */
const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  99: 'AES encryption',
}

const KEPT = 'What was read up to there is kept and will be recognised.'

export type Archive = { files: SourceFile[]; notes: string[]; close: () => Promise<void> }

/**
 * The files of a ZIP, in its order, read straight from it. Sizes and checksums are counted, whatever its directory says. Names that
 * lead out of its folder are left out with a note, and of two files of one name the later counts, as when it is unpacked.
 */
export const openZip = async (path: string, size: number, read: Counter): Promise<Archive> => {
  const zip = await yauzl
    .openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false })
    .catch(refuse)
  try {
    const { files, notes } = await listFiles(zip, size, read)
    return { files, notes, close: async () => zip.close() }
  } catch (error) {
    zip.close()
    return refuse(error)
  }
}

const listFiles = async (zip: yauzl.ZipFile, size: number, read: Counter) => {
  const tooMany = (count: number) =>
    new SourceError(`The ZIP says that it holds ${count} files, and more than ${MAX_ARCHIVE_FILES} are not read.`)
  if (zip.entryCount > MAX_ARCHIVE_FILES) throw tooMany(zip.entryCount)
  const files = new Map<string, SourceFile>()
  const outside: string[] = []
  let twice = 0
  let packed = 0
  for await (const entry of zip.eachEntry()) {
    read.check()
    const name = nameOf(entry)
    if (/[\\/]$/.test(name) || isJunk(name)) continue
    const inside = safePath(name)
    if (inside === null) {
      outside.push(name)
      continue
    }
    packed += entry.compressedSize
    // many names for the same few bytes are the way to pack petabytes into a small file
    if (packed > size) throw new SourceError('The files in the ZIP lie over each other: it is no export, and is not read.')
    if (files.has(inside)) twice++
    if (files.size > MAX_ARCHIVE_FILES) throw tooMany(files.size)
    files.set(inside, new ZipEntry(zip, entry, inside, read))
  }
  const notes = [
    ...(outside.length > 0
      ? [
          `${outside.length === 1 ? 'A file of the ZIP was' : `${outside.length} files of the ZIP were`} left out, whose name leads out of its folder: ${JSON.stringify(outside[0]?.slice(0, 100))}.`,
        ]
      : []),
    ...(twice > 0 ? [`The ZIP holds ${twice === 1 ? 'a name' : `${twice} names`} twice; of each the later file is read.`] : []),
  ]
  return { files: [...files.values()], notes }
}

/** Most programs write UTF-8 and many do not say so; the rest is the character set of DOS. */
const nameOf = (entry: yauzl.Entry): string => {
  const raw = entry.fileName as unknown as Buffer
  const says = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false)
  return isUtf8(raw) && !entry.extraFields.some(({ id }) => id === UNICODE_PATH) ? raw.toString('utf8') : says
}
const UNICODE_PATH = 0x7075

/** As little as is needed to find it again: an export may have hundreds of thousands. */
class ZipEntry implements SourceFile {
  path: string
  size: number | null
  open: () => AsyncIterable<Uint8Array>

  constructor(zip: yauzl.ZipFile, entry: yauzl.Entry, path: string, read: Counter) {
    const packed: Packed = {
      offset: entry.relativeOffsetOfLocalHeader,
      bytes: entry.compressedSize,
      unpacked: entry.uncompressedSize,
      method: entry.compressionMethod,
      flags: entry.generalPurposeBitFlag,
      crc: entry.crc32,
    }
    const isPackedTwice = /\.gz$/i.test(path)
    this.path = isPackedTwice ? path.slice(0, -3) : path
    this.size = isPackedTwice ? null : packed.unpacked
    this.open = () => (isPackedTwice ? maybeGunzip(path, inflate(zip, packed, path, read)) : inflate(zip, packed, path, read))
  }
}

type Packed = { offset: number; bytes: number; unpacked: number; method: number; flags: number; crc: number }

async function* inflate(zip: yauzl.ZipFile, packed: Packed, path: string, read: Counter): AsyncGenerator<Uint8Array> {
  const entry = Object.assign(new yauzl.Entry(), {
    relativeOffsetOfLocalHeader: packed.offset,
    compressedSize: packed.bytes,
    uncompressedSize: packed.unpacked,
    compressionMethod: packed.method,
    generalPurposeBitFlag: packed.flags,
  })
  if (entry.isEncrypted()) throw new SourceError(`${path} in the ZIP has a password: make the export, or pack it, without one.`)
  if (packed.method !== STORED && packed.method !== DEFLATED)
    throw new SourceError(
      `${path} in the ZIP is packed by ${METHODS[packed.method] ?? `method ${packed.method}`}, which is not read here: unpack it, and choose the files or pack them as an ordinary ZIP.`,
    )
  let stream: Readable | undefined
  let inflated = 0
  let counted = 0
  let sum = 0
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      read.check()
      const bytes = chunk as Uint8Array
      inflated += bytes.length
      sum = crc32(bytes, sum)
      if (inflated > packed.unpacked)
        throw new SourceError(`The ZIP lies about the size of ${path}: it has more than the ${packed.unpacked} bytes it says. ${KEPT}`)
      refuseBomb(`${path} in the ZIP`, packed.bytes, inflated)
      const now = Math.floor((packed.bytes * inflated) / packed.unpacked)
      read.count += now - counted
      counted = now
      yield bytes
    }
    if (inflated < packed.unpacked)
      throw new SourceError(`The ZIP lies about the size of ${path}: it has ${inflated} of the ${packed.unpacked} bytes it says. ${KEPT}`)
    if (sum !== packed.crc) throw new SourceError(`${path} in the ZIP is damaged (its checksum differs): get the ZIP again. ${KEPT}`)
  } catch (error) {
    refuse(error)
  } finally {
    stream?.destroy()
  }
}

/** Unpacks what begins as gzip does; a name alone says nothing. */
async function* maybeGunzip(path: string, bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await bytes.next()
  if (first.done) return
  const all = (async function* () {
    yield first.value
    yield* bytes
  })()
  yield* isGzip(first.value) ? gunzip(path, all) : all
}

/** The archive's own errors, in words for the one who dropped it. */
const refuse = (error: unknown): never => {
  // what stops the reading is a SourceError too
  if (error instanceof SourceError) throw error
  const { message, code } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR' || /end of central directory|unexpected EOF|too few bytes|truncated|overflows file bounds/i.test(message))
    throw new SourceError(`The ZIP ends in the middle (${message}): the download was cut off. Get it again. ${KEPT}`)
  if (code?.startsWith('Z_')) throw new SourceError(`The ZIP is damaged (${message}): get it again. ${KEPT}`)
  if (/strong encryption/i.test(message)) throw new SourceError('The ZIP has a password: make the export, or pack it, without one.')
  if (/multi-disk/i.test(message))
    throw new SourceError('This is one part of a ZIP in several parts: put them together, or pack the files as one ZIP.')
  throw new SourceError(`The ZIP cannot be read (${message}): get it, or make the export, again. ${KEPT}`)
}
