/**
 * The few ways in and out of better-auth that this house uses; everything else of its is not reachable. Its answers are
 * put in our words: problem documents, no session token in a body, addresses that stay on the host they were asked for.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFoundHandler, type ProblemInput, sendProblem } from '../../api/problem.ts'
import { CLIENT_ADDRESS_HEADER } from '../create-auth.ts'
import { AUTH_BASE_PATH } from '../one-time-link.ts'
import type { AccessParts } from './access-routes.ts'

/** An e-mail address, a password and a path fit in this many times over. */
const BODY_LIMIT_BYTES = 16 * 1024
/** What better-auth reads; anything else a client sends stays outside. */
const PASSED_HEADERS = ['cookie', 'content-type', 'origin', 'referer', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

const bodySchema = z.union([z.instanceof(Buffer), z.undefined(), z.null()])

const toWebRequest = (request: FastifyRequest, baseUrl: string): Request => {
  const headers = new Headers()
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  headers.set(CLIENT_ADDRESS_HEADER, request.ip)
  const origin = `${request.protocol}://${request.host}`
  const url = new URL(request.url, URL.canParse(origin) ? origin : new URL(baseUrl).origin)
  // without a landing place better-auth would answer with the session's token as JSON
  if (url.pathname.endsWith('/verify') && !url.searchParams.get('callbackURL')) url.searchParams.set('callbackURL', '/')
  const body = bodySchema.parse(request.body)
  return new Request(url, { method: request.method, headers, body: body === undefined || body === null ? null : new Uint8Array(body) })
}

type AuthError = { code?: string; message?: string }

const PROBLEMS: Record<string, Omit<ProblemInput, 'status'>> = {
  INVALID_EMAIL_OR_PASSWORD: {
    type: 'wrong-password',
    title: 'Not signed in',
    detail: 'The e-mail address and the password do not belong together. Without a password yet, ask an administrator for a sign-in link.',
  },
  INVALID_ORIGIN: {
    type: 'other-site',
    title: 'Sent from another site',
    detail: 'Signing in works from our own pages only. Behind a proxy, set BASE_URL to the address people use.',
  },
}

const authProblem = (status: number, { code, message }: AuthError, retryAfter: number | null): ProblemInput => {
  if (status === 429) {
    const seconds = retryAfter ?? 60
    return {
      status,
      type: 'too-many-attempts',
      title: 'Too many attempts',
      detail: `Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} and try again.`,
      retryAfter: seconds,
    }
  }
  const known = code === undefined ? undefined : PROBLEMS[code]
  if (known !== undefined) return { status, ...known } as ProblemInput
  if (status >= 500)
    return {
      status: 500,
      type: 'internal',
      title: 'Something went wrong on the server',
      detail: 'Try again; if it stays so, the server log says why.',
    }
  return { status, type: 'invalid-request', title: 'The request is not valid', detail: message ?? 'The request could not be understood.' }
}

const readJson = async (response: Response): Promise<AuthError> => {
  const parsed: unknown = await response.json().catch(() => null)
  return typeof parsed === 'object' && parsed !== null ? parsed : {}
}

/** A path on the host the browser already talks to: our links may be opened by another name of this server. */
const toOwnPath = (location: string, origins: string[]): string => {
  const origin = origins.find((own) => location === own || location.startsWith(`${own}/`) || location.startsWith(`${own}?`))
  if (origin === undefined) return '/'
  const path = location.slice(origin.length)
  return path.startsWith('/') ? path : `/${path}`
}

const sendWebResponse = async (reply: FastifyReply, response: Response, origins: string[], done: object): Promise<FastifyReply> => {
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
  const location = response.headers.get('location')
  if (location !== null) return reply.status(302).header('location', toOwnPath(location, origins)).send()
  if (response.ok) return reply.status(200).send(done)
  const retryAfter = Number(response.headers.get('x-retry-after') ?? Number.NaN)
  return sendProblem(reply, authProblem(response.status, await readJson(response), Number.isFinite(retryAfter) ? retryAfter : null))
}

/** Signing in by password or one-time link, and signing out, below /api/auth. */
export const authRoutes = async (app: FastifyInstance, { auth, baseUrl, sendMail }: AccessParts): Promise<void> => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => done(null, body))

  const pass = (done: object) => async (request: FastifyRequest, reply: FastifyReply) => {
    const webRequest = toWebRequest(request, baseUrl)
    const response = await auth.handler(webRequest)
    return sendWebResponse(reply, response, [new URL(baseUrl).origin, new URL(webRequest.url).origin], done)
  }
  const hidden = { schema: { hide: true } as object, config: { access: 'public' } } as const

  app.post(`${AUTH_BASE_PATH}/sign-in/email`, hidden, pass({ is_signed_in: true }))
  app.post(`${AUTH_BASE_PATH}/sign-out`, hidden, pass({ is_signed_in: false }))
  app.get(`${AUTH_BASE_PATH}/magic-link/verify`, { ...hidden, exposeHeadRoute: false }, pass({ is_signed_in: true }))
  app.post(`${AUTH_BASE_PATH}/sign-in/magic-link`, hidden, async (request, reply) => {
    if (sendMail === null) {
      return sendProblem(reply, {
        status: 404,
        type: 'no-mail',
        title: 'This server sends no mail',
        detail: 'Ask an administrator for a sign-in link; the operator makes one with: npm run cli -- sign-in-link <e-mail>',
      })
    }
    // the same answer whether or not there is such a person
    return pass({ is_mailed_if_known: true })(request, reply)
  })
  app.route({ ...hidden, method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: `${AUTH_BASE_PATH}/*`, handler: notFoundHandler })
}
