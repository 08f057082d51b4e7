import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whom the server runs as; `ids` is empty when that is the user of this process. */
export type ServerUser = { name: string; ids: { uid?: number; gid?: number } }

/**
 * PostgreSQL refuses to run as root. As an ordinary user it runs as that user; as root it runs as the owner of the data if there
 * are some, else as `postgres`, else as a system user `barnraise` made for it, else as `nobody`.
 */
export const findServerUser = async (clusterFolder: string): Promise<ServerUser> => {
  const isRoot = process.getuid?.() === 0
  if (!isRoot) return { name: 'this user', ids: {} }

  const owned = await stat(clusterFolder).catch(() => undefined)
  if (owned && owned.uid !== 0) return { name: `user ${owned.uid}`, ids: { uid: owned.uid, gid: owned.gid } }

  const known = (await lookUp('postgres')) ?? (await lookUp('barnraise'))
  if (known) return known
  // two spellings: shadow-utils, and the one of BusyBox
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'barnraise'])
    .catch(() => run('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', 'barnraise']))
    .catch(() => {})
  const user = (await lookUp('barnraise')) ?? (await lookUp('nobody'))
  if (user) return user
  throw new Error(
    'PostgreSQL does not run as root, and no other user was found or could be made for it. ' +
      'Start Barnraise as an ordinary user, add a user named "barnraise", or set DATABASE_URL.',
  )
}

/** True when that user could work in the folder, which must exist. */
export const canEnter = async (user: ServerUser, folder: string): Promise<boolean> =>
  user.ids.uid === undefined ||
  run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user.ids, cwd: '/' }).then(
    () => true,
    () => false,
  )

const lookUp = async (name: string): Promise<ServerUser | undefined> => {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)))
    return uid ? { name, ids: { uid, gid: gid as number } } : undefined
  } catch {
    return undefined
  }
}
