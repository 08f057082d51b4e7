/** The whole server with its jobs on a database of its own, and a manager who imports files as the page does, for tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { expect } from 'vitest'
import type { z } from 'zod'
import { createAuth } from '../server/access/create-auth.ts'
import { createLiveRevisions } from '../server/api/live-route.ts'
import { createMeters } from '../server/api/operations-routes.ts'
import { buildApp } from '../server/app.ts'
import { createImportWork, type RunStep } from '../server/jobs/import-job.ts'
import { runImportStep } from '../server/jobs/import-step.ts'
import { openUploadFolder, type UploadFolder } from '../server/jobs/upload-folder.ts'
import type { Database } from '../server/store/connection.ts'
import type { ImportId } from '../server/store/import-steps.ts'
import { type Import, type ImportOptions, type ImportStatus, type rejectionsSchema, UPLOAD_PIECE_BYTES } from '../shared/contract/import.ts'
import { addCommunity, addPerson, asBrowser, signIn, TEST_ORIGIN, TEST_SECRET, type TestCommunity } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'

const now = () => new Date()

/** `body`: of JSON, whichever of these was asked for. */
export type Answer = {
  status: number
  body: Import & { imports: Import[]; uploaded: number; detail: string } & Pick<
      z.infer<typeof rejectionsSchema>,
      'rejections' | 'total' | 'kept'
    >
  text: string
  type: string
}
export type Manager = ReturnType<typeof importAs>

/** Talks to a server as a signed-in manager of a community. */
export const importAs = (address: string, community: TestCommunity, cookie: string) => {
  const path = `/api/v1/communities/${community.slug}/imports`
  const ask = async (method: string, url: string, body?: object | Uint8Array): Promise<Answer> => {
    const isBytes = body instanceof Uint8Array
    const answer = await fetch(`${address}${url}`, {
      method,
      headers: {
        ...asBrowser(cookie),
        ...(body ? { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' } : {}),
      },
      body: body === undefined ? undefined : isBytes ? new Uint8Array(body) : JSON.stringify(body),
    })
    const text = await answer.text()
    const type = answer.headers.get('content-type') ?? ''
    return { status: answer.status, type, text, body: /json/.test(type) ? JSON.parse(text) : null }
  }
  const manager = {
    community,
    headers: asBrowser(cookie),
    ask,
    begin: (files: { name: string; size: number }[]) => ask('POST', path, { files }),
    get: async (id: string): Promise<Import> => (await ask('GET', `${path}/${id}`)).body,
    list: async (): Promise<Import[]> => (await ask('GET', path)).body.imports,
    put: (id: string, no: number, offset: number, bytes: Uint8Array) => ask('PUT', `${path}/${id}/files/${no}?offset=${offset}`, bytes),
    check: (id: string, options: ImportOptions = {}) => ask('POST', `${path}/${id}/check`, options),
    start: (id: string) => ask('POST', `${path}/${id}/start`, {}),
    cancel: (id: string) => ask('POST', `${path}/${id}/cancel`, {}),
    rejections: (id: string, ending = '') => ask('GET', `${path}/${id}/rejections${ending}`),
    /** Sends files whole; gives the id. */
    drop: async (files: Record<string, string | Uint8Array>): Promise<string> => {
      const contents = Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content as string) }))
      const { body } = await manager.begin(contents.map(({ name, bytes }) => ({ name, size: bytes.length })))
      for (const [no, { bytes }] of contents.entries())
        for (let at = 0; at < bytes.length; at += UPLOAD_PIECE_BYTES)
          expect((await manager.put(body.id, no, at, bytes.subarray(at, at + UPLOAD_PIECE_BYTES))).status).toBe(200)
      return body.id
    },
    /** Bytes that are kept of its first file, once no piece of it is being written. */
    settled: async (id: string): Promise<number> => {
      for (let before = -1; ; await wait(100)) {
        const { uploaded = 0 } = (await manager.get(id)).files[0] ?? {}
        if (uploaded === before) return uploaded
        before = uploaded
      }
    },
    /** Asks as the page does until the import is in one of these states. */
    until: async (id: string, ...statuses: ImportStatus[]): Promise<Import> => {
      for (;;) {
        const found = await manager.get(id)
        if (statuses.includes(found.status)) return found
        await wait(20)
      }
    },
    importWhole: async (files: Record<string, string | Uint8Array>): Promise<Import> => {
      const id = await manager.drop(files)
      await manager.until(id, 'checked')
      expect(await manager.start(id)).toMatchObject({ status: 200 })
      return manager.until(id, 'done', 'failed')
    },
  }
  return manager
}

/** What the jobs do, done at once and in this process: one import of a community after the other. */
const workHere = (db: Database, uploads: UploadFolder, requestRefresh: (communityId: string) => Promise<void>) => {
  let stopReason: string | null = null
  const steps: RunStep = {
    run: async (order) => {
      await runImportStep(db, order, now, () => stopReason)
      return 0
    },
    stop: async () => {
      stopReason = 'The server ends.'
    },
  }
  const log = pino({ level: 'silent' })
  const { work, sweep } = createImportWork({ db, steps, folder: uploads, now, log, requestRefresh })
  const working = new Set<Promise<void>>()
  return {
    sweep,
    requestImport: (id: ImportId) => {
      const one = (async () => {
        while ((await work(id)) === 'again') await wait(20)
      })()
      working.add(one)
      void one.finally(() => working.delete(one))
    },
    stop: async () => {
      await steps.stop()
      await Promise.all(working)
    },
  }
}

type Settings = {
  maxBytes?: number
  /** Where the built pages lie; nowhere for tests that open none. */
  webRoot?: string
  /** Any free one when left out; pages need to know it. */
  port?: number
  requestRefresh?: (db: Database, communityId: string) => Promise<void>
}
const noRefresh = async () => {}

/** In this process, also what reads. */
export const startImportServer = async ({
  maxBytes = 1024 ** 3,
  webRoot = '/nowhere',
  port = 0,
  requestRefresh = noRefresh,
}: Settings = {}) => {
  const baseUrl = port === 0 ? TEST_ORIGIN : `http://localhost:${port}`
  const db = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-uploads-'))
  const uploads = openUploadFolder(join(folder, 'uploads'))
  const logger = pino({ level: 'silent' })
  const auth = createAuth({ pool: db.pool, secret: TEST_SECRET, baseUrl, sendMail: null, now, onMailFailure: () => {} })
  const jobs = workHere(db, uploads, (communityId) => requestRefresh(db, communityId))
  const app = await buildApp({
    db,
    auth,
    secretKey: '9f2d61b7c05e4a83b1d7f60e29c4853ad8',
    now,
    logger,
    meters: createMeters(),
    live: createLiveRevisions(db.pool, logger),
    baseUrl,
    version: 'test',
    sendMail: null,
    webRoot,
    // a page asks more often in a minute than an office does
    requestsPerMinute: 100_000,
    requestRefresh: () => {},
    imports: { folder: uploads, maxBytes, request: jobs.requestImport },
    removeDemo: async () => 0,
  })
  const address = await app.listen({ port, host: '127.0.0.1' })
  return {
    app,
    db,
    folder: uploads,
    sweep: jobs.sweep,
    address,
    /** A community of its own, and its manager. */
    addManager: async (slug: string): Promise<Manager> => {
      const community = await addCommunity(db.pool, slug)
      const email = `manager-${slug}@example.org`
      await addPerson(db.pool, email, 'manager', community)
      return importAs(address, community, await signIn(app, db.pool, email))
    },
    close: async () => {
      await app.close()
      await jobs.stop()
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
