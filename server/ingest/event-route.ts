/** `POST /api/v1/events`: the door for events. Everything answered as accepted is durable; nothing is dropped behind a 200. */
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { describeFailure, PROBLEM_TYPE, ProblemError, type ProblemInput, problemDocument, problemOf, sendProblem } from '../api/problem.ts'
import { eventRouteSchema } from './event-route-schema.ts'
import { ingestCloudEvents, ingestJson, ingestLines } from './ingest-bodies.ts'
import { IngestRun, type RunParts } from './ingest-run.ts'
import { BrokenBodyError, readBody } from './request-body.ts'
import type { TextReading } from './text-reading.ts'

export type EventRouteParts = Omit<RunParts, 'spoolDirectory'> & {
  /** The community of the caller's key, by default the one that access has found; it has checked the key and its scope before. */
  communityOf?: (request: FastifyRequest) => string
  /** How a community has its texts read, asked once a request; by default when left out. */
  readingOf?: (communityId: string) => Promise<TextReading>
  /** Where the list of what was not accepted goes, should it be long; the system's folder for such by default. */
  spoolDirectory?: string
}

const communityOfKey = (request: FastifyRequest): string => {
  const { community } = request as { community?: { community_id: string } | null }
  if (!community) throw new Error('The event route stands without access before it: no community is known')
  return community.community_id
}

const FORMS: Record<string, (run: IngestRun, body: AsyncIterable<Buffer>) => Promise<void>> = {
  'application/json': ingestJson,
  'application/x-ndjson': ingestLines,
  'application/cloudevents-batch+json': ingestCloudEvents,
}
const ENCODINGS = ['identity', 'gzip', 'x-gzip']
/** After an early answer so much more is read and thrown away, that the sender can get to read it. */
const DRAIN_BYTES = 16 * 1024 * 1024

const flag = z
  .enum(['true', 'false', '1', '0', ''], { error: 'must be true or false' })
  .transform((text) => text !== 'false' && text !== '0')
const querySchema = z.strictObject({
  dry_run: flag.optional(),
  on_conflict: z.enum(['report', 'replace'], { error: 'must be report or replace' }).optional(),
})

const readQuery = (query: unknown): { onConflict: 'report' | 'replace'; dryRun: boolean } => {
  const parsed = querySchema.safeParse(query)
  if (parsed.success) return { onConflict: parsed.data.on_conflict ?? 'report', dryRun: parsed.data.dry_run ?? false }
  const sentences = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is not known` : `${issue.path.join('.')} ${issue.message}`,
  )
  throw new ProblemError({
    status: 400,
    type: 'invalid-query',
    title: 'The address is not valid',
    detail: `In the query: ${sentences.join('; ')}. It may say dry_run=true and on_conflict=replace. Nothing was stored.`,
  })
}

const unsupportedType = (sent: string | undefined): ProblemInput => ({
  status: 415,
  type: 'unsupported-content-type',
  title: 'This kind of body is not read here',
  detail: `Content-Type was ${sent ? `"${sent.slice(0, 100)}"` : 'missing'}; send ${Object.keys(FORMS).join(', ')}, in UTF-8. Nothing was stored.`,
  accepted: Object.keys(FORMS),
})

const readForm = (headers: IncomingMessage['headers']) => {
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  const form = Object.hasOwn(FORMS, mediaType) ? FORMS[mediaType] : undefined
  if (!form || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii'))
    throw new ProblemError(unsupportedType(headers['content-type']))
  return form
}

const readEncoding = (headers: IncomingMessage['headers']): boolean => {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (ENCODINGS.includes(encoding)) return encoding !== 'identity'
  throw new ProblemError({
    status: 415,
    type: 'unsupported-content-encoding',
    title: 'This compression is not read here',
    detail: `Content-Encoding was "${encoding.slice(0, 100)}"; send gzip, or none. Nothing was stored.`,
    accepted: ['gzip', 'identity'],
  })
}

const AGAIN = 'Send the whole again: what is stored is recognised and counted as duplicate.'

/** An error in the middle, with how far things had come. */
const interruption = (error: unknown, run: IngestRun): ProblemInput => {
  const { accepted, duplicate } = run.counts
  const sofar = run.options.dryRun
    ? 'It was a dry run: nothing was stored.'
    : `${accepted} of its events are stored${duplicate > 0 ? ` and ${duplicate} were there before` : ''}. ${AGAIN}`
  if (error instanceof BrokenBodyError) {
    const title = error.kind === 'gzip' ? 'The gzip data is broken' : 'The connection was cut'
    return {
      status: 400,
      type: error.kind === 'gzip' ? 'broken-gzip' : 'cut-connection',
      title,
      detail: `${error.message}. ${sofar}`,
      ...run.answerHead(),
    }
  }
  const problem = problemOf(error)
  return { ...problem, detail: problem.status >= 500 || accepted > 0 ? `${problem.detail} ${sofar}` : problem.detail, ...run.answerHead() }
}

/** 200 all well, 207 some not, 422 or 409 none: a sender that looks at the status alone is never misled. */
const statusOf = ({ accepted, duplicate, conflict, rejected }: IngestRun['counts']): number => {
  if (conflict + rejected === 0) return 200
  if (accepted + duplicate > 0) return 207
  return rejected > 0 ? 422 : 409
}

const outcome = (run: IngestRun): { status: number; head: Record<string, unknown> } => {
  const status = statusOf(run.counts)
  if (status < 300) return { status, head: run.answerHead() }
  const problem =
    status === 422
      ? { type: 'all-rejected', title: 'No event was accepted' }
      : { type: 'all-conflict', title: 'Every event contradicts a stored one' }
  return {
    status,
    head: {
      ...problemDocument({ status, ...problem, detail: 'events lists each with its place and what to do. Nothing was stored.' }),
      ...run.answerHead(),
    },
  }
}

/** Counts first, then the list, from the file where it is long. */
async function* answerText(head: Record<string, unknown>, run: IngestRun): AsyncGenerator<string | Buffer> {
  try {
    yield `${JSON.stringify(head).slice(0, -1)},"events":[`
    yield* run.notAccepted.json()
    yield ']}'
  } finally {
    await run.notAccepted.close()
  }
}

const sendAnswer = async (reply: FastifyReply, run: IngestRun): Promise<FastifyReply> => {
  const { status, head } = outcome(run)
  reply.status(status).type(status < 300 ? 'application/json; charset=utf-8' : PROBLEM_TYPE)
  const text = answerText(head, run)
  if (run.notAccepted.isLarge) return reply.send(Readable.from(text, { objectMode: false }))
  return reply.serializer(String).send((await Array.fromAsync(text)).join(''))
}

/** Reads on for a while what the sender still sends, so that the answer is not lost in a reset connection, then ends it. */
const drain = (request: IncomingMessage): void => {
  let left = DRAIN_BYTES
  request.on('error', () => {})
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) request.socket.destroy()
  })
  request.resume()
}

const refuse = (request: FastifyRequest, reply: FastifyReply, problem: ProblemInput): FastifyReply => {
  if (!request.raw.readableEnded) {
    reply.header('connection', 'close')
    drain(request.raw)
  }
  if (problem.type === 'unsupported-content-encoding') reply.header('accept-encoding', 'gzip')
  return sendProblem(reply, problem)
}

/** The plugin with the route. It reads bodies itself, so its parsers stay its own. */
export const eventRoute =
  ({ communityOf = communityOfKey, readingOf, spoolDirectory = tmpdir(), ...parts }: EventRouteParts): FastifyPluginAsync =>
  async (app: FastifyInstance) => {
    const runParts: RunParts = { ...parts, spoolDirectory }
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.route({
      method: 'POST',
      url: '/api/v1/events',
      config: { access: { scope: 'ingest' } } as object,
      schema: eventRouteSchema,
      validatorCompiler: () => (value) => ({ value }),
      serializerCompiler: () => JSON.stringify,
      // Fastify looks at the content type itself, and refuses one that it cannot read
      errorHandler: (error, request, reply) =>
        refuse(
          request,
          reply,
          error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ? unsupportedType(request.headers['content-type']) : problemOf(error),
        ),
      handler: async (request, reply) => {
        let run: IngestRun | undefined
        try {
          const communityId = communityOf(request)
          const query = readQuery(request.query)
          const ingest = readForm(request.headers)
          const encoding = readEncoding(request.headers)
          run = new IngestRun(runParts, { communityId, ...query })
          if (readingOf) run.readBy(await readingOf(communityId))
          await ingest(run, readBody(request.raw, encoding))
          return await sendAnswer(reply, run)
        } catch (error) {
          await run?.abandon()
          await run?.notAccepted.close()
          const problem = run ? interruption(error, run) : problemOf(error)
          if (problem.status >= 500) request.log.error({ err: describeFailure(error), ...run?.counts }, 'events could not be stored')
          return refuse(request, reply, problem)
        }
      },
    })
  }
