import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../store/connection.ts'
import { cancelImport, findImport, type ImportId } from '../store/import-steps.ts'
import { claimImport, failImport, listOpenImports, releaseImport } from '../store/import-work.ts'
import type { ImportOrder } from './import-step.ts'
import type { UploadFolder } from './upload-folder.ts'

/** Does one step, and gives 0, or what its process ended with. */
export type RunStep = { run: (order: ImportOrder) => Promise<number | null>; stop: () => Promise<void> }

type Parts = {
  db: Database
  steps: RunStep
  folder: UploadFolder
  now: () => Date
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  /** After something was stored. */
  requestRefresh: (communityId: string) => Promise<void>
}

/** `again`: somebody has hold of this import, or of another one of the community. */
export type WorkOutcome = 'over' | 'again'

export type ImportWork = {
  /** Checks or runs an import to the end of its step. */
  work: (id: ImportId) => Promise<WorkOutcome>
  /** Cancels what was abandoned, removes files nobody needs, and gives the imports that are to be worked on. */
  sweep: () => Promise<ImportId[]>
  /** Ends the processes, which let go of what they do. */
  stop: () => Promise<void>
}

/** The process is given this much; reading must stay under 300 MB, whatever the file. */
const PROCESS_FLAGS = ['--max-old-space-size=200', '--max-semi-space-size=8']
/** A process that broke down so often will do so again; our judgement. */
const MAX_BREAKDOWNS = 3
/** Files nobody has done anything with for so long are removed; our judgement: a day to come back with a better connection. */
export const ABANDONED_HOURS = 24

/** Steps in processes of their own; `stop` ends them, and they let go of what they do. */
export const createImportProcesses = (databaseUrl: string): RunStep => {
  const running = new Set<ChildProcess>()
  return {
    run: async (order) => {
      const child = fork(new URL('./import-process.ts', import.meta.url), [], {
        execArgv: PROCESS_FLAGS,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      running.add(child)
      try {
        const ended = once(child, 'exit') as Promise<[number | null]>
        // by message and not by argument: a list of processes shows those to everyone
        child.send({ ...order, databaseUrl })
        return (await ended)[0]
      } finally {
        running.delete(child)
      }
    },
    stop: async () => {
      const ending = [...running].map(async (child) => {
        const ended = once(child, 'exit')
        child.send('stop', () => {})
        await ended
      })
      await Promise.all(ending)
    },
  }
}

export const createImportWork = ({ db, steps, folder, now, log, requestRefresh }: Parts): ImportWork => {
  let isStopping = false

  const work = async ({ communityId, importId }: ImportId): Promise<WorkOutcome> => {
    const id = { communityId, importId, workerId: randomUUID() }
    if (isStopping) return 'over'
    const claim = await claimImport(db, id, now())
    if (claim === 'busy') return 'again'
    if (claim === 'claimed') {
      const began = performance.now()
      const code = await steps.run({ folder: folder.path, ...id })
      log.info(
        { community_id: communityId, import_id: importId, code, seconds: (performance.now() - began) / 1000 },
        'import: a step ended',
      )
      if (code !== 0 && !isStopping) {
        const breakdowns = await releaseImport(db, id, true)
        if (breakdowns !== null && breakdowns >= MAX_BREAKDOWNS)
          await failImport(db, id, {
            message: `Reading broke off ${breakdowns} times, and the server’s log says why. What was stored stays.`,
            now: now(),
          })
      }
    }
    const row = await findImport(db, id)
    const isOver = row === null || ['done', 'failed', 'cancelled'].includes(row.status)
    if (isOver) await folder.remove(importId)
    if (row !== null && claim === 'claimed' && row.accepted_count > 0) await requestRefresh(communityId)
    return row !== null && ['checking', 'running'].includes(row.status) && !isStopping ? 'again' : 'over'
  }

  const sweep = async (): Promise<ImportId[]> => {
    const found = await listOpenImports(db)
    const abandonedBefore = new Date(now().getTime() - ABANDONED_HOURS * 3_600_000)
    const needed = new Set<string>()
    const toWork: ImportId[] = []
    for (const { community_id: communityId, import_id: importId, status, touched_at } of found) {
      const isWaiting = status === 'uploading' || status === 'checked'
      if (isWaiting && touched_at < abandonedBefore) {
        const message = `Nobody went on with it for ${ABANDONED_HOURS} hours, so its files were removed.`
        await cancelImport(db, { communityId, importId }, { message, now: now() })
        continue
      }
      needed.add(importId)
      if (!isWaiting) toWork.push({ communityId, importId })
    }
    // one that was begun while this looked has its row before its files
    const lying = await folder.list()
    const open = new Set((await listOpenImports(db)).map((row) => row.import_id))
    for (const importId of lying) if (!needed.has(importId) && !open.has(importId)) await folder.remove(importId)
    return toWork
  }

  const stop = async () => {
    isStopping = true
    await steps.stop()
  }
  return { work, sweep, stop }
}
