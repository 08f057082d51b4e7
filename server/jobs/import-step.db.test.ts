import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { ImportStatus } from '../../shared/contract/import.ts'
import { deleteCommunity } from '../store/communities.ts'
import {
  addImport,
  beginCheck,
  beginRun,
  cancelImport,
  findImport,
  type ImportId,
  type ImportRow,
  listRejections,
} from '../store/import-steps.ts'
import { claimImport } from '../store/import-work.ts'
import { ABANDONED_HOURS, createImportWork, type RunStep } from './import-job.ts'
import { type ImportOrder, runImportStep } from './import-step.ts'
import { openUploadFolder, type UploadFolder } from './upload-folder.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string
let uploads: UploadFolder
beforeAll(async () => {
  db = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'barnraise-steps-'))
  uploads = openUploadFolder(join(folder, 'uploads'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const START = new Date('2026-01-01T00:00:00Z')
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000)
const now = () => START
const ROWS = 11_000
const BAD = 3
const table = (rows = ROWS) =>
  `id,type,occurred_at,actor_id,channel\n${Array.from({ length: rows }, (_, no) => `m${no},post.published,2025-03-01T10:00:00Z,p${no % 50},pumps\n`).join('')}${'x,nonsense,2025-03-01T10:00:00Z,p,c\n'.repeat(BAD)}`

let made = 0
/** An import of one CSV file whose bytes are all there, and that is to be checked. */
const prepare = async (content: string, community?: string): Promise<ImportId> => {
  const communityId = community ?? (await addCommunity(db.pool, `step-${++made}`)).community_id
  const importId = (await addImport(db, { communityId, files: [{ name: 'a.csv', size: content.length }], now: START })) as string
  await uploads.make(importId, 1)
  await writeFile(join(uploads.of(importId), '0'), content)
  await beginCheck(db, { communityId, importId }, { from: ['uploading'], options: null, now: START })
  return { communityId, importId }
}
const found = async (id: ImportId): Promise<ImportRow> => (await findImport(db, id)) as ImportRow

/** The work of a server whose steps are ended by `stopReason`; by nothing when left out. */
const serverWith = (stopReason: () => string | null = () => null, clock = now, beatMs?: number) => {
  const refreshed: string[] = []
  const steps: RunStep = {
    run: async (order) => {
      await runImportStep(db, order, clock, stopReason, beatMs)
      return 0
    },
    stop: async () => {},
  }
  const requestRefresh = async (communityId: string) => void refreshed.push(communityId)
  return { refreshed, ...createImportWork({ db, steps, folder: uploads, now: clock, log: pino({ level: 'silent' }), requestRefresh }) }
}
/** Null so many times, then a reason for ever. */
const stopAfter = (times: number) => {
  let asked = 0
  return () => (++asked > times ? 'The server ends.' : null)
}
const countEvents = async ({ communityId }: ImportId) =>
  (await db.pool.query('select from event where community_id = $1', [communityId])).rowCount

const WHOLE = {
  status: 'done',
  accepted_count: ROWS,
  duplicate_count: 0,
  conflict_count: 0,
  rejected_count: BAD,
  kept_rejection_count: BAD,
}

describe('an import whose server ends', () => {
  it('is checked again from the start, and stored from where it was, with counts as if nothing had happened', async () => {
    const id = await prepare(table())
    expect(await serverWith(stopAfter(6000)).work(id)).toBe('again')
    expect(await found(id)).toMatchObject({ status: 'checking', preview: null, accepted_count: 0 })
    await serverWith().work(id)
    expect(await found(id)).toMatchObject({ status: 'checked', preview: { new_events: ROWS, rejected: BAD, member_count: 50 } })
    await beginRun(db, id, START)
    await serverWith(stopAfter(7000)).work(id)
    expect(await found(id)).toMatchObject({ status: 'running', accepted_count: 5000 })
    const server = serverWith()
    expect(await server.work(id)).toBe('over')
    expect(await found(id)).toMatchObject({ ...WHOLE, summary: { by_type: { 'post.published': ROWS } } })
    expect(await countEvents(id)).toBe(ROWS)
    expect(await listRejections(db, id)).toHaveLength(BAD)
    expect(server.refreshed).toEqual([id.communityId])
    expect(await readdir(uploads.path)).not.toContain(id.importId)
  })

  it('by force loses its hold after a while, and goes on as well', async () => {
    const id = await prepare(table())
    await serverWith().work(id)
    await beginRun(db, id, START)
    const child = await startProcess(id)
    await expect.poll(async () => (await found(id)).accepted_count, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await found(id)).status).toBe('running')
    expect(await serverWith(undefined, () => new Date()).work(id)).toBe('again')
    await serverWith(undefined, () => new Date(Date.now() + 60_000)).work(id)
    expect(await found(id)).toMatchObject(WHOLE)
  })

  it('lets go of it when its parent is gone', async () => {
    // far more than it reads until it notices
    const id = await prepare(table(150_000))
    const child = await startProcess(id)
    await expect.poll(async () => (await found(id)).progress_rows, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0)
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await claimImport(db, { ...id, workerId: crypto.randomUUID() }, new Date())).toBe('claimed')
  })
})

/** As createImportProcesses starts one, in the test's hands. */
const startProcess = async (id: ImportId): Promise<ChildProcess> => {
  const workerId = crypto.randomUUID()
  expect(await claimImport(db, { ...id, workerId }, new Date())).toBe('claimed')
  const child = fork(new URL('./import-process.ts', import.meta.url), [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send({ ...id, workerId, folder: uploads.path, databaseUrl: db.url } satisfies ImportOrder & { databaseUrl: string })
  return child
}

describe('an import that is cancelled', () => {
  it('while running stops after the batch being stored, and keeps what is stored', async () => {
    const id = await prepare(table(60_000))
    await serverWith().work(id)
    await beginRun(db, id, START)
    const cancelWhen = (reached: () => boolean) => {
      let isAsked = false
      return () => {
        if (reached() && !isAsked) {
          isAsked = true
          void cancelImport(db, id, { message: 'Cancelled.', now: START })
        }
        return null
      }
    }
    let asked = 0
    await serverWith(
      cancelWhen(() => ++asked > 5100),
      now,
      1,
    ).work(id)
    const row = await found(id)
    expect(row).toMatchObject({ status: 'cancelled', message: 'Cancelled.', progress_share: null })
    expect(row.accepted_count).toBe(await countEvents(id))
    expect(row.accepted_count).toBeGreaterThanOrEqual(5000)
    expect(row.accepted_count).toBeLessThan(60_000)
    expect(await readdir(uploads.path)).not.toContain(id.importId)
  })

  it('with its community is gone, files and all', async () => {
    const id = await prepare(table(12_000))
    let asked = 0
    const deleting = { done: null as Promise<boolean> | null }
    const server = serverWith(() => {
      if (++asked === 100) deleting.done = deleteCommunity(db, id.communityId)
      return null
    })
    expect(await server.work(id)).toBe('over')
    await deleting.done
    expect(await findImport(db, id)).toBeNull()
    expect(await readdir(uploads.path)).not.toContain(id.importId)
    const running = await prepare(table(12_000))
    await serverWith().work(running)
    await beginRun(db, running, START)
    let rows = 0
    const other = serverWith(() => {
      if (++rows === 6000) deleting.done = deleteCommunity(db, running.communityId)
      return null
    })
    await other.work(running).catch(() => {})
    await deleting.done
    await serverWith().work(running)
    expect(await countEvents(running)).toBe(0)
    expect(await readdir(uploads.path)).not.toContain(running.importId)
  })
})

describe('imports of a community', () => {
  it('are worked on one at a time, by one process each', async () => {
    const one = await prepare(table(10))
    const other = await prepare(table(20), one.communityId)
    const workerId = crypto.randomUUID()
    const claims = await Promise.all([one, other, one].map((id) => claimImport(db, { ...id, workerId }, START)))
    expect(claims.sort()).toEqual(['busy', 'busy', 'claimed'])
    expect(await serverWith().work(other)).toBe('again')
    // the hold of one who says nothing any more is over
    expect(await serverWith(undefined, () => minutesLater(1)).work(other)).toBe('over')
    expect(await found(other)).toMatchObject({ status: 'checked', preview: { new_events: 20 } })
  })

  it('that break down again and again end with a word', async () => {
    const id = await prepare(table(10))
    const steps: RunStep = { run: async () => 134, stop: async () => {} }
    const { work } = createImportWork({ db, steps, folder: uploads, now, log: pino({ level: 'silent' }), requestRefresh: async () => {} })
    expect([await work(id), await work(id), await work(id)]).toEqual(['again', 'again', 'over'])
    expect(await found(id)).toMatchObject({ status: 'failed', message: expect.stringMatching(/broke off 3 times/) })
  })

  it('that are abandoned are swept away with their files, and those that were interrupted taken up', async () => {
    const waiting = await prepare(table(10))
    await serverWith().work(waiting)
    const due = await prepare(table(10))
    const late = minutesLater(ABANDONED_HOURS * 60 + 1)
    const stray = crypto.randomUUID()
    await uploads.make(stray, 1)
    const statusOf = async (id: ImportId): Promise<ImportStatus> => (await found(id)).status
    expect(await serverWith(undefined, () => minutesLater(60)).sweep()).toContainEqual(due)
    expect(await statusOf(waiting)).toBe('checked')
    expect(await readdir(uploads.path)).toContain(waiting.importId)
    expect(await readdir(uploads.path)).not.toContain(stray)
    expect(await serverWith(undefined, () => late).sweep()).toContainEqual(due)
    expect(await statusOf(waiting)).toBe('cancelled')
    expect(await readdir(uploads.path)).not.toContain(waiting.importId)
    expect(await readdir(uploads.path)).toContain(due.importId)
  })
})
