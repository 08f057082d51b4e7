import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { SourceError } from './source.ts'

export type OpenFile = {
  /** Without folder and `.gz`. */
  name: string
  /** Bytes on disk. */
  size: number
  /** Bytes of the disk read so far, for a progress bar. */
  bytesRead: () => number
  /** The first of the unpacked bytes, to recognise the format by. */
  firstBytes: Uint8Array
  /** The whole unpacked file, first bytes included; to be read once. */
  stream: AsyncIterable<Uint8Array>
}

const FIRST_BYTES = 4096

/** Opens a file, unpacking gzip by its magic number, whatever its name. Throws a SourceError in words when it cannot be read. */
export const openFile = async (path: string): Promise<OpenFile> => {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new SourceError(error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be opened: ${error.message}`)
  })
  if (found.isDirectory()) throw new SourceError(`${path} is a folder: name a file.`)
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  const chunks = unpack(file)[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let length = 0
  while (length < FIRST_BYTES) {
    const { value, done } = await chunks.next()
    if (done) break
    head.push(value)
    length += value.length
  }
  const stream = (async function* () {
    try {
      yield* head.splice(0)
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
    } finally {
      file.destroy()
    }
  })()
  return {
    name: basename(path).replace(/\.gz$/i, ''),
    size: found.size,
    bytesRead: () => file.bytesRead,
    firstBytes: Buffer.concat(head).subarray(0, FIRST_BYTES),
    stream,
  }
}

/** Unpacks gzip when the bytes begin with its magic number; a damaged or cut archive is a SourceError. */
async function* unpack(
  file: AsyncIterable<Uint8Array> & { pipe: NodeJS.ReadableStream['pipe'] } & NodeJS.ReadableStream,
): AsyncGenerator<Uint8Array> {
  try {
    const first = await firstChunk(file)
    if (first?.[0] !== 0x1f || first[1] !== 0x8b) {
      for await (const chunk of file) yield chunk as Uint8Array
      return
    }
    const gunzip = createGunzip({ chunkSize: 256 * 1024 })
    file.on('error', (error) => gunzip.destroy(error as Error))
    for await (const chunk of file.pipe(gunzip)) yield chunk as Uint8Array
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR')
      throw new SourceError(
        'The gzip file ends in the middle: get the whole file and import it again. What was read up to there is kept and will be recognised.',
      )
    if (code?.startsWith('Z_'))
      throw new SourceError(
        `The gzip file is damaged (${message}): get it again. What was read up to there is kept and will be recognised.`,
      )
    throw error
  }
}

/** Looks at the first chunk and puts it back. */
const firstChunk = async (file: NodeJS.ReadableStream): Promise<Uint8Array | null> => {
  await new Promise<void>((resolve, reject) => {
    file.once('readable', resolve)
    file.once('error', reject)
    file.once('end', resolve)
  })
  const chunk = file.read() as unknown as Uint8Array | null
  if (chunk) file.unshift(chunk as Buffer)
  return chunk
}
