import type { FileHandle } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { UPLOAD_PIECE_BYTES, uploadedSchema } from '../../shared/contract/import.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { beginCheck, type ImportRow, touchImport } from '../store/import-steps.ts'
import { IMPORTS_PATH, type ImportParts, idOf, needImport, notNow } from './import-parts.ts'
import { ProblemError } from './problem.ts'

/** A thousand small files are a thousand requests; far above what a page sends of large ones (our judgement). */
const PIECES_PER_MINUTE = 6000

/** `PUT …/files/:no?offset=N`: one piece of a file, streamed to the disk behind what is there already. */
export const uploadRoute =
  (parts: ImportParts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const { db, now, uploads } = parts
    const busy = new Set<string>()
    app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))

    app.put(
      `${IMPORTS_PATH}/:import_id/files/:no`,
      {
        config: { access: MANAGERS, rateLimit: { max: PIECES_PER_MINUTE } },
        schema: {
          summary: `Send a piece of a file, at most ${UPLOAD_PIECE_BYTES / 1024 / 1024} MiB, as application/octet-stream`,
          tags: ['data'],
          params: z.object({ slug: z.string(), import_id: z.uuid(), no: z.coerce.number().int().min(0) }),
          querystring: z.object({ offset: z.coerce.number().int().min(0) }),
          response: { 200: uploadedSchema },
        },
      },
      async (request) => {
        const body = request.body as IncomingMessage | undefined
        const id = idOf(request)
        const { no } = request.params
        const key = `${id.importId}/${no}`
        try {
          const row = await needImport(db, id)
          const file = row.files?.[no]
          if (file === undefined) throw notNow(`This import has ${row.files?.length ?? 0} files, and none is number ${no}.`)
          const kept = row.status === 'uploading' ? await uploads.sizeOf(id.importId, no) : file.size
          if (row.status !== 'uploading' || kept === null) throw notNow('It waits for no more files.', { uploaded: kept ?? 0 })
          if (kept !== request.query.offset || busy.has(key))
            throw new ProblemError({
              status: 409,
              type: 'wrong-offset',
              title: 'This piece does not follow what is there',
              detail: busy.has(key)
                ? 'Another piece of this file is on its way: wait for its answer.'
                : `The server has ${kept} bytes of this file: go on from there.`,
              uploaded: kept,
            })
          busy.add(key)
          try {
            const uploaded = await appendPiece(await uploads.append(id.importId, no), body ?? [], { offset: kept, size: file.size })
            await touchImport(db, id, now())
            if (uploaded === file.size && (await isWhole(parts, row)))
              if (await beginCheck(db, id, { from: ['uploading'], options: null, now: now() })) parts.requestImport(id)
            return { uploaded }
          } finally {
            busy.delete(key)
          }
        } finally {
          // an answer that comes before the end of the body may never be read: the rest of the piece is taken and thrown away
          if (body !== undefined) await drain(body)
        }
      },
    )
  }

const isWhole = async ({ uploads }: ImportParts, { import_id, files }: ImportRow): Promise<boolean> => {
  const sizes = await uploads.sizes(import_id, files?.length ?? 0)
  return (files ?? []).every(({ size }, no) => sizes[no] === size)
}

/** Writes the piece, and gives how many bytes of the file are there; whatever arrived before a connection broke stays. */
const appendPiece = async (
  handle: FileHandle,
  body: AsyncIterable<Buffer> | Iterable<Buffer>,
  { offset, size }: { offset: number; size: number },
): Promise<number> => {
  let at = offset
  try {
    for await (const chunk of body) {
      if (at + chunk.length > size) throw tooMuch('The file is longer than was said when the import began. Begin again.')
      if (at + chunk.length > offset + UPLOAD_PIECE_BYTES)
        throw tooMuch(`A piece may have ${UPLOAD_PIECE_BYTES} bytes: send the file in more of them.`)
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, at)
        done += bytesWritten
        at += bytesWritten
      }
    }
    return at
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new ProblemError({
        status: 507,
        type: 'disk-full',
        title: 'The server’s disk is full',
        detail: 'Ask whoever runs it to make room; then the upload goes on where it stopped.',
        uploaded: at,
      })
    throw error
  } finally {
    await handle.close()
  }
}

const tooMuch = (detail: string) => new ProblemError({ status: 413, type: 'too-large', title: 'This is more than may be sent', detail })

const drain = async (body: IncomingMessage): Promise<void> => {
  let left = UPLOAD_PIECE_BYTES
  try {
    // a body that was read to its end, or whose sender is gone, gives nothing more
    if (!body.readableEnded && !body.destroyed)
      for await (const chunk of body) {
        left -= (chunk as Buffer).length
        if (left < 0) break
      }
  } catch {
    // the sender is gone
  }
}
