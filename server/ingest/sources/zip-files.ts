import yauzl from 'yauzl'
import { isJunk, isUtf8, safePath } from './archive-paths.ts'
import type { Counter } from './reading-bounds.ts'
import { SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'
import { type OpenPacked, type Packed, ZipEntry } from './zip-entry.ts'

/** The list of an archive's files must fit the memory: half a million take about 150 MB. Our judgement: ten years of 130 channels. */
export const MAX_ARCHIVE_FILES = 500_000

type ExtraFields = yauzl.Entry['extraFields']

/** Throws a SourceError for a list that is too long for the memory. */
export const refuseTooMany = (count: number): void => {
  if (count > MAX_ARCHIVE_FILES)
    throw new SourceError(`The ZIP says that it holds ${count} files, and more than ${MAX_ARCHIVE_FILES} are not read.`)
}

/** The files of a ZIP as its entries come, folders and what no person means left out. `size` is that of the ZIP, in bytes. */
export const gatherZipFiles = (size: number, openPacked: OpenPacked, read: Counter) => {
  const files = new Map<string, SourceFile>()
  const outside: string[] = []
  let twice = 0
  let packedBytes = 0
  return {
    add: (raw: Buffer, extraFields: ExtraFields, packed: Packed): void => {
      read.check()
      const name = nameOf(raw, packed.flags, extraFields)
      if (/[\\/]$/.test(name) || isJunk(name)) return
      const inside = safePath(name)
      if (inside === null) {
        outside.push(name)
        return
      }
      packedBytes += packed.bytes
      // many names for the same few bytes are the way to pack petabytes into a small file
      if (packedBytes > size) throw new SourceError('The files in the ZIP lie over each other: it is no export, and is not read.')
      if (files.has(inside)) twice++
      files.set(inside, new ZipEntry(inside, packed, openPacked, read))
      refuseTooMany(files.size)
    },
    end: (): { files: SourceFile[]; notes: string[] } => ({
      files: [...files.values()],
      notes: [
        ...(outside.length > 0
          ? [
              `${outside.length === 1 ? 'A file of the ZIP was' : `${outside.length} files of the ZIP were`} left out, whose name leads out of its folder: ${JSON.stringify(outside[0]?.slice(0, 100))}.`,
            ]
          : []),
        ...(twice > 0 ? [`The ZIP holds ${twice === 1 ? 'a name' : `${twice} names`} twice; of each the later file is read.`] : []),
      ],
    }),
  }
}

/** Most programs write UTF-8 and many do not say so; the rest is the character set of DOS. */
const nameOf = (raw: Buffer, flags: number, extraFields: ExtraFields): string => {
  const says = yauzl.getFileNameLowLevel(flags, raw, extraFields, false)
  return isUtf8(raw) && !extraFields.some(({ id }) => id === UNICODE_PATH) ? raw.toString('utf8') : says
}
const UNICODE_PATH = 0x7075
