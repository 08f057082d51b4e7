/** The layout of a ZIP: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7 and 4.3.9. */
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { constants, crc32, createInflateRaw } from 'node:zlib'
import yauzl from 'yauzl'
import type { Archive } from './open-zip.ts'
import { type Counter, refuseBomb } from './reading-bounds.ts'
import { SourceError } from './source.ts'
import { DEFLATED, ENCRYPTED, type Packed, STORED, ZIP_IS_CUT } from './zip-entry.ts'
import { gatherZipFiles, refuseTooMany } from './zip-files.ts'

const LOCAL_HEADER = 0x04034b50
const DESCRIPTOR = 0x08074b50
/** What follows the last file: the directory, or a record before or behind it. */
const AFTER_FILES: readonly number[] = [0x02014b50, 0x08064b50, 0x06064b50, 0x06054b50]
const HEADER_BYTES = 30
/** Sizes and checksum stand behind the file: the program that made the ZIP wrote it as a stream. */
const SIZES_BEHIND = 8
const STRONGLY_ENCRYPTED = 0x40
const IN_ZIP64 = 0xffffffff
const ZIP64_FIELD = 1
const CHUNK_BYTES = 256 * 1024

const ONLY_END_IS_CUT =
  'The ZIP ends in the middle of the list at its end: the download was cut off. The files before that list are there. Get the whole export and import it again later: what is stored by then will be recognised.'
const LOST =
  'The ZIP has no list of files at its end, and cannot be followed to there: it was cut off or damaged. What could be read of it is taken. Get the whole export and import it again later: what is stored by then will be recognised.'

/**
 * The files of a ZIP whose directory was cut off, found by the header before each; `cut` says what that means. One whose sizes
 * stand behind it is unpacked once to find its end. Of a ZIP that ends before its first file nothing can be had: a SourceError.
 */
export const recoverZip = async (path: string, size: number, read: Counter): Promise<Archive> => {
  const handle = await open(path)
  try {
    const gathered = gatherZipFiles(size, async (packed) => openPiece(path, packed), read)
    const cut = await walk({ path, handle, size, read }, gathered.add)
    const { files, notes } = gathered.end()
    if (files.length === 0) throw new SourceError('The ZIP ends before its first file: the download was cut off. Get it again.')
    return { files, notes, cut, close: async () => {} }
  } finally {
    await handle.close()
  }
}

type Cut = { path: string; handle: FileHandle; size: number; read: Counter }
type Found = { bytes: number; unpacked: number | null; crc: number | null; isCut?: boolean; next: number | null }

/** From header to header; the answer is why it ends. */
const walk = async (zip: Cut, add: ReturnType<typeof gatherZipFiles>['add']): Promise<string> => {
  const first = await readAt(zip, 0, 4)
  let at = first.length === 4 && first.readUInt32LE() === DESCRIPTOR ? 4 : 0
  for (let count = 0; ; count++) {
    refuseTooMany(count)
    zip.read.check()
    const header = await readAt(zip, at, HEADER_BYTES)
    if (header.length < 4) return ZIP_IS_CUT
    const signature = header.readUInt32LE()
    if (AFTER_FILES.includes(signature)) return ONLY_END_IS_CUT
    if (signature !== LOCAL_HEADER) return LOST
    if (header.length < HEADER_BYTES) return ZIP_IS_CUT
    const nameBytes = header.readUInt16LE(26)
    const rest = await readAt(zip, at + HEADER_BYTES, nameBytes + header.readUInt16LE(28))
    const offset = at + HEADER_BYTES + nameBytes + header.readUInt16LE(28)
    if (offset > zip.size) return ZIP_IS_CUT
    const name = rest.subarray(0, nameBytes)
    const extraFields = readExtraFields(rest.subarray(nameBytes))
    const flags = header.readUInt16LE(6)
    const method = header.readUInt16LE(8)
    if ((flags & STRONGLY_ENCRYPTED) !== 0) throw new SourceError('The ZIP has a password: make the export, or pack it, without one.')
    const sizes = readSizes(header, extraFields)
    const isBehind = (flags & SIZES_BEHIND) !== 0 && sizes.bytes === 0
    const found = isBehind
      ? await findEnd(zip, { name, offset, method, flags })
      : offset + sizes.bytes > zip.size
        ? { ...sizes, bytes: zip.size - offset, isCut: true, next: null }
        : { ...sizes, next: await afterDescriptor(zip, offset + sizes.bytes, (flags & SIZES_BEHIND) === 0 ? null : sizes) }
    const { next, ...where } = found
    add(name, extraFields, { offset, method, flags, ...where })
    if (next === null) return where.isCut ? ZIP_IS_CUT : LOST
    at = next
  }
}

const readSizes = (header: Buffer, extraFields: yauzl.Entry['extraFields']) => {
  const sizes = { bytes: header.readUInt32LE(18), unpacked: header.readUInt32LE(22), crc: header.readUInt32LE(14) }
  const zip64 = extraFields.find(({ id }) => id === ZIP64_FIELD)?.data
  // only what does not fit stands there, the unpacked size first
  let at = 0
  for (const which of ['unpacked', 'bytes'] as const)
    if (sizes[which] === IN_ZIP64 && zip64 !== undefined && zip64.length >= at + 8) {
      sizes[which] = Number(zip64.readBigUInt64LE(at))
      at += 8
    }
  return sizes
}

/** Unpacks a file whose sizes stand behind it, as nothing else tells where it ends. */
const findEnd = async (zip: Cut, given: { name: Buffer; offset: number; method: number; flags: number }): Promise<Found> => {
  const { name, offset, method, flags } = given
  // a folder, which some programs write so too
  if (method === STORED && /[\\/]$/.test(name.toString('latin1'))) {
    const nothing = { bytes: 0, unpacked: 0, crc: 0 }
    return { ...nothing, next: await afterDescriptor(zip, offset, nothing) }
  }
  const rest = { bytes: zip.size - offset, unpacked: null, crc: null }
  if (method !== DEFLATED || (flags & ENCRYPTED) !== 0) return { ...rest, isCut: true, next: null }
  const packed = createReadStream(zip.path, { start: offset, highWaterMark: CHUNK_BYTES })
  const inflating = createInflateRaw({ chunkSize: CHUNK_BYTES })
  packed.on('error', (error) => inflating.destroy(error))
  let unpacked = 0
  let crc = 0
  try {
    for await (const chunk of packed.pipe(inflating)) {
      zip.read.check()
      unpacked += (chunk as Uint8Array).length
      crc = crc32(chunk as Uint8Array, crc)
      refuseBomb('A file in the ZIP', inflating.bytesWritten, unpacked)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') return { ...rest, isCut: true, next: null }
    // reading it says that it is damaged, and where
    if (code?.startsWith('Z_')) return { ...rest, next: null }
    throw error
  } finally {
    packed.destroy()
    inflating.destroy()
  }
  const sizes = { bytes: inflating.bytesWritten, unpacked, crc }
  return { ...sizes, next: await afterDescriptor(zip, offset + sizes.bytes, sizes) }
}

/**
 * Where the next header stands behind a file, whose sizes and checksum come first if it has them there: with or without a
 * signature, 4 or 8 bytes a size. At the end of what is there it may be cut; the file is whole then all the same.
 */
const afterDescriptor = async (
  zip: Cut,
  at: number,
  sizes: { bytes: number; unpacked: number; crc: number } | null,
): Promise<number | null> => {
  if (sizes === null) return at
  const found = await readAt(zip, at, 28)
  for (const sizeBytes of [4, 8])
    for (const start of [4, 0]) {
      const length = start + 4 + 2 * sizeBytes
      if (found.length < length || (start === 4 && found.readUInt32LE() !== DESCRIPTOR)) continue
      const sizeAt = (place: number) => (sizeBytes === 4 ? found.readUInt32LE(place) : Number(found.readBigUInt64LE(place)))
      const isIt =
        found.readUInt32LE(start) === sizes.crc && sizeAt(start + 4) === sizes.bytes && sizeAt(start + 4 + sizeBytes) === sizes.unpacked
      // of a large file some programs write 8 bytes and others the lower 4: what follows tells
      if (isIt && (found.length < length + 4 || isSignature(found.readUInt32LE(length)))) return at + length
    }
  // too little is left to tell
  if (at + found.length === zip.size) return zip.size
  return found.length >= 4 && isSignature(found.readUInt32LE()) ? at : null
}

const isSignature = (value: number): boolean => value === LOCAL_HEADER || AFTER_FILES.includes(value)

const readExtraFields = (bytes: Buffer): yauzl.Entry['extraFields'] => {
  try {
    return yauzl.parseExtraFields(bytes)
  } catch {
    return []
  }
}

const readAt = async ({ handle }: Cut, at: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

const openPiece = (path: string, { offset, bytes, method }: Packed): Readable => {
  if (bytes === 0) return Readable.from([])
  const packed = createReadStream(path, { start: offset, end: offset + bytes - 1, highWaterMark: CHUNK_BYTES })
  if (method === STORED) return packed
  // what is cut gives all that can be had of it, and no error that would take the last piece along
  const unpacked = createInflateRaw({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH })
  packed.on('error', (error) => unpacked.destroy(error))
  unpacked.on('close', () => packed.destroy())
  return packed.pipe(unpacked)
}
