import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { gunzip, isGzip } from './gunzip.ts'
import { type Counter, refuseBomb } from './reading-bounds.ts'
import { SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'

export const STORED = 0
export const DEFLATED = 8
export const ENCRYPTED = 1
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

/** Of a file whose end is missing, and of a ZIP that has such a file or misses others. Said of a check and of an import. */
export const ZIP_IS_CUT =
  'The ZIP ends in the middle: the download was cut off, and what comes after that is missing. What could be read of it is taken. Get the whole export and import it again later: what is stored by then will be recognised.'

/** Where a file lies in a ZIP, in bytes; as little as is needed to find it again: an export may have hundreds of thousands. */
export type Packed = {
  offset: number
  bytes: number
  /** Null where nothing says it, as the file is cut off before that. */
  unpacked: number | null
  method: number
  flags: number
  crc: number | null
  isCut?: boolean
}

/** Unpacks what lies there; of a cut one as far as it goes. */
export type OpenPacked = (packed: Packed) => Promise<Readable>

/** One file of a ZIP; what is packed by gzip once more is unpacked too. */
export class ZipEntry implements SourceFile {
  path: string
  size: number | null
  open: () => AsyncIterable<Uint8Array>

  constructor(path: string, packed: Packed, openPacked: OpenPacked, read: Counter) {
    const isPackedTwice = /\.gz$/i.test(path)
    this.path = isPackedTwice ? path.slice(0, -3) : path
    this.size = isPackedTwice ? null : packed.unpacked
    this.open = () => (isPackedTwice ? maybeGunzip(path, unpack(path, packed, openPacked, read)) : unpack(path, packed, openPacked, read))
  }
}

async function* unpack(path: string, packed: Packed, openPacked: OpenPacked, read: Counter): AsyncGenerator<Uint8Array> {
  if ((packed.flags & ENCRYPTED) !== 0)
    throw new SourceError(`${path} in the ZIP has a password: make the export, or pack it, without one.`)
  if (packed.method !== STORED && packed.method !== DEFLATED)
    throw new SourceError(
      `${path} in the ZIP is packed by ${METHODS[packed.method] ?? `method ${packed.method}`}, which is not read here: unpack it, and choose the files or pack them as an ordinary ZIP.`,
    )
  const said = packed.unpacked
  let stream: Readable | undefined
  let inflated = 0
  let counted = 0
  let sum = 0
  try {
    stream = await openPacked(packed)
    for await (const chunk of stream) {
      read.check()
      const bytes = chunk as Uint8Array
      inflated += bytes.length
      sum = crc32(bytes, sum)
      if (said !== null && inflated > said)
        throw new SourceError(`The ZIP lies about the size of ${path}: it has more than the ${said} bytes it says. ${KEPT}`)
      refuseBomb(`${path} in the ZIP`, packed.bytes, inflated)
      const now = said === null ? 0 : Math.floor((packed.bytes * inflated) / said)
      read.count += now - counted
      counted = now
      yield bytes
    }
    if (packed.isCut) throw new SourceError(ZIP_IS_CUT)
    if (said !== null && inflated < said)
      throw new SourceError(`The ZIP lies about the size of ${path}: it has ${inflated} of the ${said} bytes it says. ${KEPT}`)
    if (packed.crc !== null && sum !== packed.crc)
      throw new SourceError(`${path} in the ZIP is damaged (its checksum differs): get the ZIP again. ${KEPT}`)
  } catch (error) {
    refuseZip(error, KEPT)
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

/** The archive's own errors, in words for the one who dropped it; `kept` is what becomes of that which was read before. */
export const refuseZip = (error: unknown, kept = ''): never => {
  // what stops the reading is a SourceError too
  if (error instanceof SourceError) throw error
  const { message, code } = error as NodeJS.ErrnoException
  const say = (sentence: string) => new SourceError(kept === '' ? sentence : `${sentence} ${kept}`)
  if (code === 'Z_BUF_ERROR' || /end of central directory|unexpected EOF|too few bytes|truncated|overflows file bounds/i.test(message))
    throw say('The ZIP ends in the middle: the download was cut off. Get it again.')
  if (code?.startsWith('Z_')) throw say(`The ZIP is damaged (${message}): get it again.`)
  if (/strong encryption/i.test(message)) throw new SourceError('The ZIP has a password: make the export, or pack it, without one.')
  if (/multi-disk/i.test(message))
    throw new SourceError('This is one part of a ZIP in several parts: put them together, or pack the files as one ZIP.')
  throw say(`The ZIP cannot be read (${message}): get it, or make the export, again.`)
}
