import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { Counter } from './open-files.ts'
import { SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'

/** Text packs a hundred to one at best; far beyond that lies only a file made to fill a disk. Our judgement. */
const MAX_RATIO = 1000
/** Below this nothing is a bomb. */
const HARMLESS_BYTES = 64 * 1024 * 1024
/** An export of a million files would take hours; its list alone would fill the memory. Our judgement. */
const MAX_ENTRIES = 1_000_000

const AGAIN = 'Make the export again. What was read up to there is kept and will be recognised.'

/** The files of a ZIP, in its order, read straight from it. Names never touch the disk, and one that leaves its folder is refused. */
export const openZip = async (path: string, read: Counter): Promise<{ files: SourceFile[]; close: () => Promise<void> }> => {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(refuse)
  const files: SourceFile[] = []
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new SourceError(`The ZIP says that it holds ${zip.entryCount} files, which no export does.`)
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || /^__MACOSX\//.test(entry.fileName)) continue
      files.push({ path: entry.fileName.replaceAll('\\', '/'), size: entry.uncompressedSize, open: () => inflate(zip, entry, read) })
    }
  } catch (error) {
    zip.close()
    return refuse(error)
  }
  return {
    files,
    close: async () => zip.close(),
  }
}

async function* inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, read: Counter): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new SourceError(`${entry.fileName} in the ZIP has a password: make the export without one.`)
  let stream: Readable | undefined
  let inflated = 0
  let counted = 0
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      const bytes = chunk as Uint8Array
      inflated += bytes.length
      if (inflated > HARMLESS_BYTES && inflated > entry.compressedSize * MAX_RATIO)
        throw new SourceError(
          `${entry.fileName} in the ZIP unpacks to more than ${MAX_RATIO} times its size: it is no export, and is not read.`,
        )
      const share = entry.uncompressedSize > 0 ? Math.min(inflated / entry.uncompressedSize, 1) : 1
      const now = Math.floor(entry.compressedSize * share)
      read.count += now - counted
      counted = now
      yield bytes
    }
  } catch (error) {
    refuse(error)
  } finally {
    stream?.destroy()
  }
}

/** The archive's own errors, in words for the one who dropped it. */
const refuse = (error: unknown): never => {
  if (error instanceof SourceError) throw error
  const { message, code } = error as NodeJS.ErrnoException
  if (/end of central directory|unexpected EOF|too few bytes|truncated/i.test(message) || code === 'Z_BUF_ERROR')
    throw new SourceError(`The ZIP ends in the middle (${message}): the download was cut off. ${AGAIN}`)
  if (/relative path|absolute path|invalid characters in fileName/i.test(message))
    throw new SourceError(`The ZIP names a file outside its own folder (${message}): it is no export, and is not read.`)
  if (/too many bytes|not enough bytes/i.test(message))
    throw new SourceError(`The ZIP lies about the size of a file (${message}). ${AGAIN}`)
  throw new SourceError(`The ZIP cannot be read (${message}). ${AGAIN}`)
}
