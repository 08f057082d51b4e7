import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { importInputSchema, type ImportOptions, importOptionsSchema, importSchema, importsSchema } from '../../shared/contract/import.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { KNOWN_SOURCES } from '../ingest/sources/known-sources.ts'
import { isTimeZone } from '../store/communities.ts'
import { addImport, beginCheck, beginRun, cancelImport, countUploadBytes, listImports } from '../store/import-steps.ts'
import { describeImport, describeImportInList, uploadedOf } from './describe-import.ts'
import { communityOf, IMPORTS_PATH, type ImportParts, idOf, needImport, notNow } from './import-parts.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { rejectionsRoutes } from './rejections-routes.ts'
import { uploadRoute } from './upload-route.ts'

const tags = ['data']
const params = z.object({ slug: z.string() })
const importParams = params.extend({ import_id: z.uuid() })
const GIGABYTE = 1024 ** 3
/** Left free for the database, which may lie on the same disk; our judgement. */
const RESERVED_BYTES = GIGABYTE / 4

/** Imports of a community: from the files that people drop, by a check of what they would bring, to what came of them. */
export const importsRoutes =
  (parts: ImportParts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const { db, now, uploads } = parts
    const describe = async (request: FastifyRequest) => describeImport(uploads, await needImport(db, idOf(request)))
    const summary = (text: string) => ({ summary: text, tags })

    app.get(
      IMPORTS_PATH,
      { config: { access: MANAGERS }, schema: { ...summary('Imports of a community'), params, response: { 200: importsSchema } } },
      async (request) => {
        const rows = await listImports(db, communityOf(request).community_id)
        return { imports: await Promise.all(rows.map(async (row) => describeImportInList(row, await uploadedOf(uploads, row)))) }
      },
    )

    app.post(
      IMPORTS_PATH,
      {
        config: { access: MANAGERS },
        schema: {
          ...summary('Begin an import by naming the files that will be sent'),
          params,
          body: importInputSchema,
          response: { 201: importSchema },
        },
      },
      async (request, reply) => {
        const { files } = request.body
        await needRoom(
          parts,
          files.reduce((sum, { size }) => sum + size, 0),
        )
        const communityId = communityOf(request).community_id
        const importId = await addImport(db, { communityId, files, now: now() })
        // deleted since the door let this in
        if (importId === null) return sendProblem(reply, refusalProblem({ status: 404, reason: 'community' }).problem)
        const id = { communityId, importId }
        try {
          await uploads.make(importId, files.length)
        } catch (error) {
          await cancelImport(db, id, { message: 'The server could not make room for its files.', now: now() })
          throw error
        }
        if (files.every(({ size }) => size === 0) && (await beginCheck(db, id, { from: ['uploading'], options: null, now: now() })))
          parts.requestImport(id)
        return reply.status(201).send(await describeImport(uploads, await needImport(db, id)))
      },
    )

    app.get(
      `${IMPORTS_PATH}/:import_id`,
      {
        config: { access: MANAGERS },
        schema: { ...summary('One import: how far it is, and what it found'), params: importParams, response: { 200: importSchema } },
      },
      (request) => describe(request),
    )

    app.post(
      `${IMPORTS_PATH}/:import_id/check`,
      {
        config: { access: MANAGERS },
        schema: {
          ...summary('Read the files once more, in another way, and store nothing'),
          params: importParams,
          body: importOptionsSchema,
          response: { 200: importSchema },
        },
      },
      async (request) => {
        const id = idOf(request)
        await needImport(db, id)
        needUsable(request.body)
        if (!(await beginCheck(db, id, { from: ['checked'], options: request.body, now: now() })))
          throw notNow('It can be checked again when all files are there, the last check is over and the import has not begun.')
        parts.requestImport(id)
        return describe(request)
      },
    )

    app.post(
      `${IMPORTS_PATH}/:import_id/start`,
      {
        config: { access: MANAGERS },
        schema: { ...summary('Store what was checked, read as it was checked'), params: importParams, response: { 200: importSchema } },
      },
      async (request) => {
        const id = idOf(request)
        const row = await needImport(db, id)
        const obstacle =
          row.status !== 'checked' ? null : row.preview === null ? row.message : row.preview.csv.find((one) => one.problem)?.problem
        if (obstacle)
          throw new ProblemError({
            status: 422,
            type: 'not-readable',
            title: 'These files cannot be imported as they are',
            detail: obstacle,
          })
        if (!(await beginRun(db, id, now()))) throw notNow('It can be started when its files are checked, and once.')
        parts.requestImport(id)
        return describe(request)
      },
    )

    app.post(
      `${IMPORTS_PATH}/:import_id/cancel`,
      {
        config: { access: MANAGERS },
        schema: {
          ...summary('End an import that is not over; what was stored stays'),
          params: importParams,
          response: { 200: importSchema },
        },
      },
      async (request) => {
        const id = idOf(request)
        const { status } = await needImport(db, id)
        const message =
          status === 'running'
            ? 'Cancelled. What was stored stays; the same files again go on from there.'
            : 'Cancelled. Nothing was stored.'
        if (!(await cancelImport(db, id, { message, now: now() }))) throw notNow('It is over already.')
        // of one that is being read, whoever reads it removes the files
        if (status === 'uploading' || status === 'checked') await uploads.remove(id.importId)
        return describe(request)
      },
    )

    await app.register(uploadRoute(parts))
    await app.register(rejectionsRoutes(parts))
  }

/** Throws what stands in the way of keeping so many bytes more. */
const needRoom = async ({ db, uploads, maxUploadBytes }: ImportParts, bytes: number): Promise<void> => {
  const kept = await countUploadBytes(db)
  const gigabytes = (count: number) => `${(count / GIGABYTE).toFixed(1)} GB`
  if (kept + bytes > maxUploadBytes)
    throw new ProblemError({
      status: 413,
      type: 'too-large',
      title: 'These files are too large for this server',
      detail: `They have ${gigabytes(bytes)}, and of the ${gigabytes(maxUploadBytes)} that imports may take together ${gigabytes(Math.max(0, maxUploadBytes - kept))} are left. Cancel imports nobody needs, raise MAX_UPLOAD_GB, or import them on the server itself: npm run cli -- import.`,
    })
  if (bytes + RESERVED_BYTES > (await uploads.freeBytes()))
    throw new ProblemError({
      status: 507,
      type: 'disk-full',
      title: 'There is no room for these files',
      detail: `They have ${gigabytes(bytes)}, and the server’s disk has less than that left. Ask whoever runs it to make room.`,
    })
}

/** Throws the problem of options that no check could begin with. */
const needUsable = ({ format, time_zone, encoding }: ImportOptions): void => {
  const refuse = (detail: string) => {
    throw new ProblemError({ status: 422, type: 'unknown-option', title: 'The files cannot be read that way', detail })
  }
  if (format && !KNOWN_SOURCES.some(({ name }) => name === format))
    refuse(`There is no format "${format}". Known: ${KNOWN_SOURCES.map(({ name }) => name).join(', ')}.`)
  if (time_zone && !isTimeZone(time_zone)) refuse(`"${time_zone}" is not a time zone; use a name such as Europe/Berlin.`)
  if (encoding && !isEncoding(encoding)) refuse(`"${encoding}" is not an encoding this program knows: try utf-8, windows-1252 or utf-16le.`)
}

const isEncoding = (name: string): boolean => {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}
