import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzip } from './gunzip.ts'
import type { Archive } from './open-zip.ts'
import { openTar } from './open-tar.ts'
import type { Counter } from './reading-bounds.ts'
import { SourceError } from './source.ts'

/** What is unpacked to the disk at most, and what is left free there; our judgement. */
const MAX_UNPACKED_BYTES = 50 * 1024 ** 3
const RESERVED_BYTES = 256 * 1024 ** 2
const LOOK_EVERY_BYTES = 64 * 1024 ** 2

/**
 * A packed tar can be read from its start alone, and sources ask for its files in their own order: it is unpacked once, to a file
 * that goes when it is closed. A cut one gives what can be read of it.
 */
export const unpackTar = async (name: string, path: string, read: Counter, temporaryFolder: string): Promise<Archive> => {
  const folder = await mkdtemp(join(temporaryFolder, 'unpacked-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const unpacked = join(folder, 'tar')
    const { size, note } = await unpack(name, path, unpacked, read)
    // the whole file is counted by now; read on, it would count twice
    const archive = await openTar(unpacked, size, { count: 0, check: read.check })
    return { files: archive.files, notes: [...(note ? [note] : []), ...archive.notes], close }
  } catch (error) {
    await close()
    throw error
  }
}

const unpack = async (name: string, path: string, to: string, read: Counter): Promise<{ size: number; note: string | null }> => {
  const handle = await open(to, 'wx', 0o600)
  let size = 0
  let looked = 0
  try {
    for await (const chunk of gunzip(name, readCounted(path, read))) {
      if (size - looked >= LOOK_EVERY_BYTES || size === 0) {
        looked = size
        const { bavail, bsize } = await statfs(to)
        if (bavail * bsize < RESERVED_BYTES + LOOK_EVERY_BYTES)
          throw new SourceError(`${name} does not fit on the server’s disk when it is unpacked. Make room, and import it again.`)
      }
      if (size + chunk.length > MAX_UNPACKED_BYTES)
        throw new SourceError(
          `${name} unpacks to more than ${MAX_UNPACKED_BYTES / 1024 ** 3} GB. Unpack it, and choose the files that hold messages.`,
        )
      for (let done = 0; done < chunk.length; ) done += (await handle.write(chunk, done)).bytesWritten
      size += chunk.length
    }
    return { size, note: null }
  } catch (error) {
    // the files before the cut are worth having, and the one that is cut says so when it is read
    if (error instanceof SourceError && /ends in the middle|is damaged/.test(error.message)) return { size, note: error.message }
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new SourceError(`${name} does not fit on the server’s disk when it is unpacked. Make room, and import it again.`)
    throw error
  } finally {
    await handle.close()
  }
}

async function* readCounted(path: string, read: Counter): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    read.check()
    read.count += (chunk as Uint8Array).length
    yield chunk as Uint8Array
  }
}
