import { createGunzip } from 'node:zlib'
import { refuseBomb } from './reading-bounds.ts'
import { SourceError } from './source.ts'

const CHUNK_BYTES = 256 * 1024
const AGAIN = 'What was read up to there is kept and will be recognised.'

export const isGzip = (magic: Uint8Array): boolean => magic[0] === 0x1f && magic[1] === 0x8b

/** Unpacks gzip; a damaged or cut one, and one that is a bomb, is a SourceError. */
export async function* gunzip(name: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  const feeding = feed(packed, unpacked)
  let bytes = 0
  try {
    for await (const chunk of unpacked) {
      bytes += (chunk as Uint8Array).length
      refuseBomb(name, unpacked.bytesWritten, bytes)
      yield chunk as Uint8Array
    }
    await feeding
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw new SourceError(`The gzip file ends in the middle: get the whole file and import it again. ${AGAIN}`)
    if (code?.startsWith('Z_')) throw new SourceError(`The gzip file is damaged (${message}): get it again. ${AGAIN}`)
    throw error
  } finally {
    unpacked.destroy()
    await feeding
  }
}

/** What it cannot read becomes the stream's error. */
const feed = async (packed: AsyncIterable<Uint8Array>, unpacked: ReturnType<typeof createGunzip>): Promise<void> => {
  try {
    for await (const chunk of packed) {
      if (unpacked.destroyed) return
      if (!unpacked.write(chunk)) await drained(unpacked)
    }
    unpacked.end()
  } catch (error) {
    unpacked.destroy(error as Error)
  }
}

/** Waits until there is room again or nobody reads any more; leaves no listener behind, of which a long file would have thousands. */
const drained = (unpacked: ReturnType<typeof createGunzip>): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      unpacked.off('drain', go).off('close', go)
      resolve()
    }
    unpacked.once('drain', go).once('close', go)
  })
