import { type FileHandle, mkdir, open, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GivenFile } from '../ingest/sources/open-files.ts'

/**
 * Where the files of imports lie: <folder>/<import id>/<number>, for the server's own user alone. The names that people give them
 * never touch the disk.
 */
export type UploadFolder = {
  path: string
  /** The folder of one import. */
  of: (importId: string) => string
  make: (importId: string, count: number) => Promise<void>
  /** Bytes of each file that are kept. */
  sizes: (importId: string, count: number) => Promise<number[]>
  /** Bytes of one file that are kept; null when its folder is gone. */
  sizeOf: (importId: string, fileNo: number) => Promise<number | null>
  /** Opens a file to append to. */
  append: (importId: string, fileNo: number) => Promise<FileHandle>
  given: (importId: string, names: readonly string[]) => GivenFile[]
  remove: (importId: string) => Promise<void>
  /** Ids of the imports that have files here. */
  list: () => Promise<string[]>
  /** Bytes that are free on its disk. */
  freeBytes: () => Promise<number>
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

export const openUploadFolder = (folder: string): UploadFolder => {
  const of = (importId: string) => {
    if (!UUID.test(importId)) throw new Error(`${importId} is not the id of an import`)
    return join(folder, importId)
  }
  const sizeOf = async (importId: string, fileNo: number) =>
    stat(join(of(importId), String(fileNo))).then(
      ({ size }) => size,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      },
    )
  return {
    path: folder,
    of,
    make: async (importId, count) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await mkdir(of(importId), { mode: 0o700 })
      for (let no = 0; no < count; no++) await writeFile(join(of(importId), String(no)), '', { mode: 0o600, flag: 'wx' })
    },
    sizeOf,
    sizes: async (importId, count) => {
      const sizes: number[] = []
      for (let no = 0; no < count; no++) sizes.push((await sizeOf(importId, no)) ?? 0)
      return sizes
    },
    append: (importId, fileNo) => open(join(of(importId), String(fileNo)), 'r+'),
    given: (importId, names) => names.map((name, no) => ({ path: join(of(importId), String(no)), name })),
    remove: (importId) => rm(of(importId), { recursive: true, force: true }),
    list: async () => (await readdir(folder).catch(() => [])).filter((name) => UUID.test(name)),
    freeBytes: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
  }
}
