import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { isJunk, safePath } from './archive-paths.ts'
import { gunzip, isGzip } from './gunzip.ts'
import type { Archive } from './open-zip.ts'
import type { Counter } from './reading-bounds.ts'
import { SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'
import { MAX_ARCHIVE_FILES } from './zip-files.ts'

const BLOCK = 512
/** Of the blocks that give a long name, or what else pax adds; far longer than any name. */
const MAX_EXTRA_BYTES = 64 * 1024
const CUT =
  'The tar archive ends in the middle: the download was cut off. Get it again. What was read up to there is kept and will be recognised.'

/** By its first header, which names the format in all that are made since 1988. */
export const isTar = (magic: Uint8Array): boolean => Buffer.from(magic.subarray(257, 262)).toString('latin1') === 'ustar'

/**
 * The files of a plain tar archive, read straight from it: its headers are walked once, and what lies between is skipped. Links,
 * devices and names that lead out of its folder are left out. A cut archive gives the files before the cut, the last of which says so.
 */
export const openTar = async (path: string, size: number, read: Counter): Promise<Archive> => {
  const handle = await open(path)
  try {
    return { ...(await listFiles(handle, path, size, read)), close: async () => {} }
  } finally {
    await handle.close()
  }
}

const listFiles = async (handle: FileHandle, path: string, size: number, read: Counter) => {
  const files = new Map<string, SourceFile>()
  const outside: string[] = []
  const block = Buffer.alloc(BLOCK)
  let extra: { path?: string; size?: number } = {}
  let at = 0
  while (at + BLOCK <= size) {
    read.check()
    await handle.read(block, 0, BLOCK, at)
    // two empty blocks end it
    if (block.every((byte) => byte === 0)) break
    if (!hasItsSum(block)) throw new SourceError(`The tar archive is damaged at byte ${at}: get it again.`)
    const kind = String.fromCharCode(block[156] ?? 0)
    const bytes = extra.size ?? readNumber(block.subarray(124, 136))
    const begin = at + BLOCK
    at = begin + Math.ceil(bytes / BLOCK) * BLOCK
    if (kind === 'x' || kind === 'L') {
      if (bytes > MAX_EXTRA_BYTES) throw new SourceError(`The tar archive has a name of ${bytes} bytes: it is no export, and is not read.`)
      const text = Buffer.alloc(bytes)
      await handle.read(text, 0, bytes, begin)
      extra = { ...extra, ...(kind === 'x' ? readPax(text) : { path: untilNul(text) }) }
      continue
    }
    // of the whole archive, and none of it matters here
    if (kind === 'g') continue
    const name = extra.path ?? nameOf(block)
    extra = {}
    if (!['0', '\0', '7'].includes(kind) || isJunk(name) || name.endsWith('/')) continue
    const inside = safePath(name)
    if (inside === null) outside.push(name)
    else {
      if (files.size >= MAX_ARCHIVE_FILES)
        throw new SourceError(`The tar archive holds more than ${MAX_ARCHIVE_FILES} files, which are not read.`)
      files.set(inside, entryOf({ path, inside, begin, bytes, size }, read))
    }
  }
  const notes =
    outside.length > 0
      ? [`Left out of the tar archive, as its name leads out of its folder: ${JSON.stringify(outside[0]?.slice(0, 100))}.`]
      : []
  return { files: [...files.values()], notes }
}

type Entry = { path: string; inside: string; begin: number; bytes: number; size: number }

const entryOf = ({ path, inside, begin, bytes, size }: Entry, read: Counter): SourceFile => {
  const isPacked = /\.gz$/i.test(inside)
  const raw = async function* (): AsyncGenerator<Uint8Array> {
    const end = Math.min(begin + bytes, size)
    if (end > begin)
      for await (const chunk of createReadStream(path, { start: begin, end: end - 1, highWaterMark: 256 * 1024 })) {
        read.check()
        read.count += (chunk as Uint8Array).length
        yield chunk as Uint8Array
      }
    if (begin + bytes > size) throw new SourceError(CUT)
  }
  const unpacked = async function* (): AsyncGenerator<Uint8Array> {
    let isFirst = true
    const bytesOf = raw()
    for await (const chunk of bytesOf) {
      if (!isFirst || !isGzip(chunk)) {
        isFirst = false
        yield chunk
        continue
      }
      yield* gunzip(
        inside,
        (async function* () {
          yield chunk
          yield* bytesOf
        })(),
      )
      return
    }
  }
  return { path: isPacked ? inside.slice(0, -3) : inside, size: isPacked ? null : bytes, open: isPacked ? unpacked : raw }
}

const untilNul = (bytes: Buffer): string => {
  const end = bytes.indexOf(0)
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('utf8')
}

const nameOf = (block: Buffer): string => {
  const prefix = untilNul(block.subarray(345, 500))
  const name = untilNul(block.subarray(0, 100))
  // GNU tar keeps times where others keep the start of a long name
  return prefix === '' || block.subarray(257, 265).toString('latin1') === 'ustar  \0' ? name : `${prefix}/${name}`
}

/** Octal digits; or, of large files, the bytes of the number itself behind a set first bit. */
const readNumber = (field: Buffer): number => {
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  const digits = field.toString('latin1').replace(/[\0 ]+/g, '')
  const bytes = digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
  if (!Number.isSafeInteger(bytes)) throw new SourceError('The tar archive is damaged: a file in it has no size. Get it again.')
  return bytes
}

const hasItsSum = (block: Buffer): boolean => {
  const said = Number.parseInt(
    block
      .subarray(148, 156)
      .toString('latin1')
      .replace(/[\0 ]+/g, ''),
    8,
  )
  let sum = 8 * 0x20
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return sum === said
}

/** Records "length key=value\n", their length in bytes. */
const readPax = (bytes: Buffer): { path?: string; size?: number } => {
  const found: { path?: string; size?: number } = {}
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at)
    const length = Number(bytes.subarray(at, blank).toString('latin1'))
    if (blank < 0 || !Number.isSafeInteger(length) || length <= 0) break
    const [key = '', ...value] = bytes
      .subarray(blank + 1, at + length - 1)
      .toString('utf8')
      .split('=')
    if (key === 'path') found.path = value.join('=')
    if (key === 'size' && /^\d{1,15}$/.test(value[0] ?? '')) found.size = Number(value[0])
    at += length
  }
  return found
}
