import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canEnter, findServerUser, type ServerUser } from './embedded-user.ts'

/** Where the embedded server keeps its things, and as whom it works there. */
export type Place = { folder: string; user: ServerUser }

/**
 * The data folder itself, or, when the server's user can't enter it (root's own checkout under /root), a folder of its own in
 * /var/lib whose path is kept in the data folder. So deleting the data folder always means starting anew.
 */
export const findPlace = async (dataDir: string, log: (line: string) => void): Promise<Place> => {
  if (await mkdir(dataDir, { recursive: true })) await chmod(dataDir, 0o711)
  const pointer = join(dataDir, 'postgres-is-in')
  const elsewhere = (await readFile(pointer, 'utf8').catch(() => '')).trim()
  const folder = elsewhere || dataDir
  const user = await findServerUser(join(folder, 'postgres', 'cluster'))
  if (!elsewhere && (await canEnter(user, dataDir))) return { folder, user }

  const other = elsewhere || (await claim(pointer, `/var/lib/barnraise-${randomBytes(6).toString('hex')}`))
  await mkdir(other, { recursive: true })
  await chmod(other, 0o711)
  log(`PostgreSQL runs as ${user.name}, who cannot enter ${dataDir}: its data are in ${other}`)
  return { folder: other, user }
}

/** The first of two processes to write decides; both get its answer. */
const claim = async (pointer: string, folder: string): Promise<string> => {
  await writeFile(pointer, folder, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return (await readFile(pointer, 'utf8')).trim()
}
