import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Installation, programPath, serverEnvironment } from './embedded-binaries.ts'
import type { Cluster } from './embedded-cluster.ts'
import type { ServerSettings } from './embedded-settings.ts'
import type { ServerUser } from './embedded-user.ts'

const run = promisify(execFile)

/** A server process: the one whose pid and port stand in the cluster's lock file. */
export type Postmaster = { pid: number; port: number }

/** A process that ended and that nobody has taken note of (a container's first process often takes none) is not alive. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: alive, and someone else's
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/**
 * The server running on the cluster, started by whomever. PostgreSQL clears away a dead server's lock file by itself, but takes a
 * number that now belongs to another program (as after a container's restart) for a running server: such a file is removed here.
 */
export const findPostmaster = async (cluster: Cluster): Promise<Postmaster | undefined> => {
  const lockFile = join(cluster.data, 'postmaster.pid')
  const lines = (await readFile(lockFile, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!pid) return undefined
  if (!isAlive(pid) || !(await isPostgres(pid))) {
    if (isNumberTaken(pid)) await rm(lockFile, { force: true })
    return undefined
  }
  const port = Number(lines[3])
  return port ? { pid, port } : undefined
}

type Start = { cluster: Cluster; installation: Installation; user: ServerUser; settings: ServerSettings }

/**
 * Starts a server and waits until it has written its lock file; undefined when another process has just started one. It listens
 * on `port`, or, where none is given, on the one it had before or, if that is taken, on any that is free.
 */
export const startPostmaster = async ({ cluster, installation, user, settings }: Start, port?: number): Promise<Postmaster | undefined> => {
  const logFile = join(cluster.folder, 'log')
  const portFile = join(cluster.folder, 'port')
  let choice = port ?? (Number(await readFile(portFile, 'utf8').catch(() => '')) || (await freePort()))
  for (let attempt = 1; ; attempt++) {
    const log = await openLog(logFile)
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(programPath(installation, 'postgres'), ['-D', cluster.data, '-p', String(choice), ...flags], {
      ...user.ids,
      env: serverEnvironment,
      cwd: '/',
      // out of the terminal's reach: Ctrl-C must let this program finish its work before the server goes
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.file.fd, log.file.fd],
    })
    await log.file.close()
    let hasEnded = false
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    }).then(() => {
      hasEnded = true
    })
    child.unref()

    while (!hasEnded) {
      const found = await readReady(cluster)
      if (found && found.pid === child.pid) {
        await writeFile(portFile, String(found.port))
        return found
      }
      await Promise.race([ended, wait(20)])
    }
    const said = (await readFile(logFile, 'utf8')).slice(log.size)
    if (/lock file ".*postmaster\.pid" already exists/.test(said)) return undefined
    const isPortTaken = /could not bind|could not create any TCP\/IP sockets/.test(said)
    // workers of a killed server take a moment to notice that it is gone
    const isMemoryInUse = /pre-existing shared memory block/.test(said)
    if (attempt >= 60 || !((isPortTaken && !port) || isMemoryInUse)) {
      throw new Error(`The embedded PostgreSQL did not start. It says (${logFile}):\n${said.trim().split('\n').slice(-12).join('\n')}`)
    }
    if (isMemoryInUse) await wait(500)
    else choice = await freePort()
  }
}

/** Asks the server to end its connections and stop, and waits until it has. */
export const stopPostmaster = async (cluster: Cluster, postmaster: Postmaster): Promise<void> => {
  // SIGINT is PostgreSQL's "fast" stop: clean, and without waiting for others to hang up
  if (process.platform === 'win32') await run('taskkill', ['/pid', String(postmaster.pid), '/f', '/t']).catch(() => {})
  else process.kill(postmaster.pid, 'SIGINT')
  while (isAlive(postmaster.pid) && (await stat(join(cluster.data, 'postmaster.pid')).catch(() => undefined))) await wait(20)
}

/** The lock file once its port is in it; it stands there before the server takes connections. */
const readReady = async (cluster: Cluster): Promise<Postmaster | undefined> => {
  const lines = (await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  // the eighth line says how far it is; before it stands there the port is not yet bound
  return lines.length >= 8 && lines[7] ? { pid: Number(lines[0]), port: Number(lines[3]) } : undefined
}

const isNumberTaken = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const isPostgres = async (pid: number): Promise<boolean> => {
  if (process.platform === 'win32') return true
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
    if (command !== undefined) return command.includes('postgres')
  }
  return run('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout.includes('postgres'),
    () => false,
  )
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })

const openLog = async (path: string) => {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  const isLong = size > 5 * 1024 * 1024
  return { file: await open(path, isLong ? 'w' : 'a', 0o600), size: isLong ? 0 : size }
}
