import type { FastifyRequest } from 'fastify'
import type { UploadFolder } from '../jobs/upload-folder.ts'
import type { Database } from '../store/connection.ts'
import type { ImportId } from '../store/import-steps.ts'
import { findImport, type ImportRow } from '../store/import-steps.ts'
import { ProblemError } from './problem.ts'

export type ImportParts = {
  db: Database
  now: () => Date
  /** Where the files of imports lie. */
  uploads: UploadFolder
  /** Bytes of all imports that wait for their files or still need them. */
  maxUploadBytes: number
  /** Asked when an import is to be checked or run; must not throw. */
  requestImport: (id: ImportId) => void
}

export const IMPORTS_PATH = '/api/v1/communities/:slug/imports'

/** The community that the door has found. */
export const communityOf = (request: unknown): { community_id: string } => (request as { community: { community_id: string } }).community

export const idOf = (request: FastifyRequest): ImportId => ({
  communityId: communityOf(request).community_id,
  importId: (request.params as { import_id: string }).import_id,
})

/** Throws the 404 of an import that is not this community's. */
export const needImport = async (db: Database, id: ImportId): Promise<ImportRow> => {
  const row = await findImport(db, id)
  if (row === null)
    throw new ProblemError({
      status: 404,
      type: 'not-found',
      title: 'There is no such import',
      detail: 'It may have gone with its community. Begin a new one.',
    })
  return row
}

/** The problem of an import that is not in the state for this; `detail` says what to do. */
export const notNow = (detail: string, members: Record<string, unknown> = {}): ProblemError =>
  new ProblemError({ status: 409, type: 'not-now', title: 'This import is at another step', detail, ...members })
