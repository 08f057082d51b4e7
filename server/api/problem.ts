/** Errors as they leave over HTTP: RFC 9457 problem documents, made in one place. */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../shared/contract/problem.ts'
import { isDatabaseAway } from '../store/database-errors.ts'

export const PROBLEM_TYPE = 'application/problem+json'
/** How long a sender is asked to wait while the database is away; our judgement: a restart takes about this long. */
export const AWAY_RETRY_SECONDS = 5

/** A problem to send: `type` is its short name (`too-large`), kept stable; other members are sent as they are. */
export type ProblemInput = {
  status: number
  type: string
  title: string
  detail: string
  /** Seconds for `Retry-After`. */
  retryAfter?: number
  [member: string]: unknown
}

/** Thrown anywhere below a route, it leaves as its problem document. */
export class ProblemError extends Error {
  readonly problem: ProblemInput
  constructor(problem: ProblemInput) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The document of a problem, as its schema in the contract says. */
export const problemDocument = ({ type, retryAfter: _, ...rest }: ProblemInput): Problem => ({
  type: type.startsWith('/') ? type : `/problems/${type}`,
  ...rest,
})

/** Answers with the problem document; sets `Retry-After` where the problem says when to come again. */
export const sendProblem = (reply: FastifyReply, problem: ProblemInput): FastifyReply => {
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter))
  // sent as text: a response schema of the route must not cut the document down
  return reply
    .status(problem.status)
    .type(PROBLEM_TYPE)
    .serializer(String)
    .send(JSON.stringify(problemDocument(problem)))
}

type Issue = { instancePath?: string; message?: string }

/** What an error means to the caller. An error nobody foresaw says nothing of its inside; the log has it. */
export const problemOf = (error: unknown): ProblemInput => {
  if (error instanceof ProblemError) return error.problem
  if (isDatabaseAway(error))
    return {
      status: 503,
      type: 'database-away',
      title: 'The database cannot be reached',
      detail: `Nothing of this request is lost or half done. Send it again in ${AWAY_RETRY_SECONDS} seconds.`,
      retryAfter: AWAY_RETRY_SECONDS,
    }
  const {
    statusCode = 500,
    message = '',
    validation,
    validationContext,
  } = (error ?? {}) as Partial<FastifyError> & { validation?: Issue[] }
  if (validation) {
    const errors = validation.map((issue) => ({ pointer: issue.instancePath ?? '', message: issue.message ?? 'is not valid' }))
    const list = errors.map((e) => `${e.pointer || 'the whole'}: ${e.message}`).join('; ')
    return {
      status: 400,
      type: 'invalid-request',
      title: 'The request is not valid',
      detail: `In the ${validationContext ?? 'request'}: ${list}`,
      errors,
    }
  }
  if (statusCode >= 400 && statusCode < 500) {
    const title = STATUS_CODES[statusCode] ?? 'Bad request'
    const seconds = /retry in (\d+)/i.exec(message)?.[1]
    const retryAfter = statusCode === 429 ? Number(seconds ?? 60) : undefined
    return {
      status: statusCode,
      type: title.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
      title,
      detail: message || title,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    }
  }
  if (statusCode === 503)
    return {
      status: 503,
      type: 'busy',
      title: 'The server is busy',
      detail: 'Send the request again after the time that Retry-After gives.',
      retryAfter: AWAY_RETRY_SECONDS,
    }
  return {
    status: 500,
    type: 'internal',
    title: 'Something went wrong on the server',
    detail: 'The server has logged what happened. Sending the same again is safe.',
  }
}

/** What the log may hold of an error: the driver's own errors carry rows, and with them names, in their details. */
export const describeFailure = (error: unknown): Record<string, unknown> => {
  const { name, message, code, stack } = (error instanceof Error ? error : new Error(String(error))) as Error & { code?: unknown }
  return { type: name, message, code, stack }
}

/** Fastify's error handler: `app.setErrorHandler(problemHandler)`. */
export const problemHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const problem = problemOf(error)
  if (problem.status >= 500) request.log.error({ err: describeFailure(error) }, 'request failed')
  // a limiter has already said how long; its word counts
  if (reply.hasHeader('retry-after')) delete problem.retryAfter
  return sendProblem(reply, problem)
}

/** Fastify's answer to an unknown address: `app.setNotFoundHandler(notFoundHandler)`. */
export const notFoundHandler = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(reply, {
    status: 404,
    type: 'not-found',
    title: 'Not found',
    detail: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
  })
