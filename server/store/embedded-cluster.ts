import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Installation, programPath, serverEnvironment } from './embedded-binaries.ts'
import type { Place } from './embedded-place.ts'
import { isAlive } from './embedded-postmaster.ts'

const run = promisify(execFile)

export const superuser = 'barnraise'

/** The files of one database server: its data, and the password of its superuser. */
export type Cluster = { folder: string; data: string; password: string }

/**
 * Opens the cluster at `place`, making it first if there is none. It is made under another name and renamed when whole, so that
 * neither a crash in the middle nor a second process doing the same can leave half of one.
 */
export const openCluster = async (place: Place, installation: Installation, isSynced: boolean): Promise<Cluster> => {
  const folder = join(place.folder, 'postgres')
  if (!(await stat(folder).catch(() => undefined))) {
    await removeAbandoned(place.folder)
    await create(folder, place, installation, isSynced)
  }
  const password = await readFile(join(folder, 'password'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    const advice =
      error.code === 'EACCES'
        ? 'it belongs to another user: run this as that user'
        : 'restore that file, or move the folder away to begin with an empty database'
    throw new Error(`The password of the embedded database in ${folder} cannot be read (${error.code}): ${advice}.`)
  })
  return { folder, data: join(folder, 'cluster'), password: password.trim() }
}

/** Throws when the data were written by another major version than the one installed, which can't read them. */
export const refuseOtherVersion = async (cluster: Cluster, installation: Installation): Promise<void> => {
  const found = (await run(programPath(installation, 'postgres'), ['--version'], { env: serverEnvironment })).stdout
  const installed = /(\d+)\.\d+|(\d+)(beta|rc|devel)/.exec(found)?.slice(1).find(Boolean)
  const written = await writtenVersion(cluster)
  if (installed === written) return
  throw new Error(
    `The data in ${cluster.folder} were written by PostgreSQL ${written}; this program brings ${installed}, which cannot read them. ` +
      'Start the earlier version of Barnraise, run its "backup" command, and restore that with this one.',
  )
}

const writtenVersion = async (cluster: Cluster): Promise<string> =>
  // written only by the server's user; root may read it, and so may that user
  (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8')).trim()

const create = async (folder: string, place: Place, installation: Installation, isSynced: boolean): Promise<void> => {
  const partial = `${folder}.${process.pid}.${randomBytes(3).toString('hex')}.partial`
  const data = join(partial, 'cluster')
  const passwordFile = join(partial, 'password')
  await mkdir(data, { recursive: true })
  // the server's user passes through here to its data, and reads nothing else
  await chmod(partial, 0o711)
  await chmod(data, 0o700)
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  const { uid, gid } = place.user.ids
  if (uid !== undefined && gid !== undefined) {
    await chown(data, uid, gid)
    await chown(passwordFile, uid, gid)
  }
  const flags = [
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // the same order of text on every machine: the locale is PostgreSQL's own and not the operating system's
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(isSynced ? [] : ['--no-sync']),
  ]
  try {
    await run(programPath(installation, 'initdb'), flags, { ...place.user.ids, env: serverEnvironment, cwd: '/' })
    if (uid !== undefined && process.getuid && process.getgid) await chown(passwordFile, process.getuid(), process.getgid())
    await rename(partial, folder)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    // another process was quicker; its cluster is as good as this one
    if (
      ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') &&
      (await stat(folder).catch(() => undefined))
    )
      return
    const { stderr, message } = error as Error & { stderr?: string }
    throw new Error(`The database could not be made in ${place.folder}: ${stderr?.trim() || message}`)
  }
}

/** What processes that were killed in the middle of `create` have left. */
const removeAbandoned = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const pid = /^(?:postgres|server-.*)\.(\d+)\.(?:\w+\.)?partial$/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true })
  }
}
