/**
 * The door. Every route declares in `config.access` who may use it, or the server does not start; every request passes here
 * before its body is read.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import type pg from 'pg'
import { sendProblem } from '../api/problem.ts'
import { type Access, judgeAccess } from './access-rule.ts'
import type { Caller } from './caller.ts'
import { type Auth, originsOf } from './create-auth.ts'
import { recogniseCaller } from './recognise-caller.ts'
import { type RefusalReason, refusalProblem } from './refusal-problem.ts'

/** The community a request is about: that of `:slug`, or that of the key. */
type RequestCommunity = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  demo_note: string | null
  created_at: Date
}
type DeclaredRoute = { method: string; url: string; access: Access }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Nobody until the door has let the request in, and on public routes. */
    caller: Caller
    /** Set on routes with `:slug` and on those of a key. */
    community: RequestCommunity | null
  }
  interface FastifyInstance {
    /** Every route there is, with its rule; complete once the app is ready. */
    declaredRoutes: DeclaredRoute[]
  }
}

export type PolicyParts = {
  pool: pg.Pool
  auth: Auth
  baseUrl: string
  now: () => Date
  /** Rules for routes of packages that cannot declare their own, by the prefix of their address. */
  foreignRoutes?: Record<string, Access>
  /** Called for each request let in, before its route; a test ends its walk here. */
  onLetIn?: (request: FastifyRequest, reply: FastifyReply) => unknown
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Whether a browser says that one of our own pages sends this: Fetch Metadata where sent, else Origin. */
const isFromOwnPage = (request: FastifyRequest, baseUrl: string): boolean => {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const origin = request.headers.origin
  return origin !== undefined && [new URL(baseUrl).origin, ...originsOf(request.host)].includes(origin)
}

const COMMUNITY_COLUMNS = 'community_id, slug, name, time_zone, is_demo, demo_note, created_at'

const findCommunity = async (pool: pg.Pool, column: 'slug' | 'community_id', value: string): Promise<RequestCommunity | null> => {
  // PostgreSQL has no text with this character, and an address may hold it
  if (value.includes('\0')) return null
  const found = await pool.query<RequestCommunity>(`select ${COMMUNITY_COLUMNS} from community where ${column} = $1`, [value])
  return found.rows[0] ?? null
}

const refuse = (reply: FastifyReply, refusal: RefusalReason): FastifyReply => {
  const { problem, challenge } = refusalProblem(refusal)
  if (challenge !== null) reply.header('www-authenticate', challenge)
  return sendProblem(reply, problem)
}

const ruleOf = (route: RouteOptions, foreignRoutes: Record<string, Access>): Access => {
  const declared =
    route.config?.access ??
    Object.entries(foreignRoutes).find(([prefix]) => route.url === prefix || route.url.startsWith(`${prefix}/`))?.[1]
  if (declared === undefined) throw new Error(`${String(route.method)} ${route.url} declares no config.access: who may use it?`)
  if (typeof declared === 'object' && 'community' in declared && !route.url.split('/').includes(':slug')) {
    throw new Error(`${String(route.method)} ${route.url} is for the people of a community, and has no :slug to tell which`)
  }
  return declared
}

const addPolicy = async (app: FastifyInstance, parts: PolicyParts): Promise<void> => {
  // a route from before the door would be refused to everyone, and missing from the walk of all routes
  if (app.printRoutes() !== '(empty tree)')
    throw new Error(`register the access policy before any route; there is already\n${app.printRoutes()}`)
  const foreignRoutes = parts.foreignRoutes ?? {}
  const declaredRoutes: DeclaredRoute[] = []
  app.decorate('declaredRoutes', declaredRoutes)
  app.decorateRequest('caller')
  app.decorateRequest('community', null)

  app.addHook('onRoute', (route) => {
    const access = ruleOf(route, foreignRoutes)
    route.config = { ...route.config, access }
    for (const method of [route.method].flat()) declaredRoutes.push({ method, url: route.url, access })
  })

  app.addHook('onRequest', async (request, reply) => {
    request.caller = { kind: 'nobody' }
    if (request.is404) return
    const access = request.routeOptions.config.access
    // onRoute has seen every route; one that it has not is nobody's
    if (access === undefined) return refuse(reply, { status: 403, reason: 'role' })
    if (access !== 'public') {
      const caller = await recogniseCaller(parts, request, reply)
      if (caller === 'bad_key') return refuse(reply, { status: 401, reason: 'bad_key' })
      const slug = (request.params as { slug?: string } | undefined)?.slug
      let community: RequestCommunity | null = null
      if (caller.kind === 'key') community = await findCommunity(parts.pool, 'community_id', caller.community_id)
      else if (caller.kind === 'person' && slug !== undefined) community = await findCommunity(parts.pool, 'slug', slug)
      if (slug !== undefined && community?.slug !== slug) community = null
      const refusal = judgeAccess(access, caller, community?.community_id ?? null)
      if (refusal !== null) return refuse(reply, refusal)
      if (caller.kind === 'person' && !SAFE_METHODS.has(request.method) && !isFromOwnPage(request, parts.baseUrl)) {
        return refuse(reply, { status: 403, reason: 'other_site' })
      }
      request.caller = caller
      request.community = community
      // what one person may see is not for a cache on the way
      reply.header('cache-control', 'private, no-store')
    }
    return parts.onLetIn?.(request, reply)
  })
}

export const accessPolicy = fp(addPolicy, { name: 'access-policy' })
