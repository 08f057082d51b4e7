import type { Command } from 'commander'
import type { Config } from '../config.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { findCommunity } from '../store/communities.ts'
import { type Database, openDatabase } from '../store/connection.ts'
import { startOrJoinEmbedded } from '../store/embedded-postgres.ts'
import { migrate } from '../store/migrate.ts'

/** 0: done; 1: failed; 2: not understood; 3: done, but some rows were rejected. */
export const EXIT = { done: 0, failed: 1, usage: 2, rejected: 3 } as const

/** A command cannot do what it was asked; the message says what to do. */
export class CommandError extends Error {
  override name = 'CommandError'
  exitCode: number
  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message)
    this.exitCode = exitCode
  }
}

export type Store = { db: Database; config: Config }

/** What every command is given: the settings, the clock, where it writes, and how it ends. */
export type Operator = {
  readConfig: () => Config
  now: () => Date
  /** One line to standard error. */
  say: (line: string) => void
  /** The result: `data` as one JSON object with --json, else `text`. Standard output holds nothing else. */
  answer: (data: Record<string, unknown>, text: string) => void
  isJson: () => boolean
  /** Data for standard output, waiting while its reader is slow. */
  write: (text: string) => Promise<void>
  setExitCode: (code: number) => void
  /** Called on Ctrl-C instead of ending at once; a second Ctrl-C ends. */
  onInterrupt: (stop: () => void) => void
}

/** Opens the database, starting or joining the embedded one, brings it up to date, and closes it whatever happens. */
export const withStore = async <T>(operator: Operator, work: (store: Store) => Promise<T>): Promise<T> => {
  const config = operator.readConfig()
  const embedded = config.databaseUrl === undefined ? await startOrJoinEmbedded(config.dataDir) : null
  try {
    const url = config.databaseUrl ?? (embedded as { url: string }).url
    await migrate(config.migrationDatabaseUrl ?? url)
    const db = openDatabase(url, 4)
    try {
      return await work({ db, config })
    } finally {
      await db.close()
    }
  } finally {
    await embedded?.stop()
  }
}

export const needCommunity = async (db: Database, slug: string): Promise<StoredCommunity> => {
  const community = await findCommunity(db, slug)
  if (!community)
    throw new CommandError(
      `There is no community "${slug}". See them with: community list; make it with: community create ${slug} --name … --time-zone …`,
    )
  return community
}

/** Adds commands to the program. */
export type AddCommands = (program: Command, operator: Operator) => void
