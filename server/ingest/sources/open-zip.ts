import yauzl from 'yauzl'
import type { Counter } from './reading-bounds.ts'
import { recoverZip } from './recover-zip.ts'
import type { SourceFile } from './source-files.ts'
import { type Packed, refuseZip } from './zip-entry.ts'
import { gatherZipFiles, refuseTooMany } from './zip-files.ts'

/** `cut`: what to tell at the end of an archive that was cut off and gave the files before the cut. */
export type Archive = { files: SourceFile[]; notes: string[]; cut?: string; close: () => Promise<void> }

/** What yauzl says where the record at the very end is missing, or is that of another ZIP inside. */
const NO_END = /^(End of central directory record signature not found|Invalid comment length)/

/**
 * The files of a ZIP, in its order, read straight from it; of one that was cut off, those that begin before the cut. Sizes and
 * checksums are counted, whatever its directory says. Names that lead out of its folder are left out with a note, and of two files
 * of one name the later counts, as when it is unpacked.
 */
export const openZip = async (path: string, size: number, read: Counter): Promise<Archive> => {
  let zip: yauzl.ZipFile
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false })
  } catch (error) {
    return NO_END.test((error as Error).message) ? recoverZip(path, size, read) : refuseZip(error)
  }
  try {
    return { ...(await listFiles(zip, size, read)), close: async () => zip.close() }
  } catch (error) {
    zip.close()
    return refuseZip(error)
  }
}

const listFiles = async (zip: yauzl.ZipFile, size: number, read: Counter) => {
  refuseTooMany(zip.entryCount)
  const gathered = gatherZipFiles(size, (packed) => zip.openReadStreamPromise(entryOf(packed)), read)
  for await (const entry of zip.eachEntry())
    gathered.add(entry.fileName as unknown as Buffer, entry.extraFields, {
      offset: entry.relativeOffsetOfLocalHeader,
      bytes: entry.compressedSize,
      unpacked: entry.uncompressedSize,
      method: entry.compressionMethod,
      flags: entry.generalPurposeBitFlag,
      crc: entry.crc32,
    })
  return gathered.end()
}

const entryOf = (packed: Packed): yauzl.Entry =>
  Object.assign(new yauzl.Entry(), {
    relativeOffsetOfLocalHeader: packed.offset,
    compressedSize: packed.bytes,
    uncompressedSize: packed.unpacked,
    compressionMethod: packed.method,
    generalPurposeBitFlag: packed.flags,
  })
