import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sharedReportSchema } from '../../shared/contract/shared-report.ts'
import { readSharedReport, type SharedReportParts } from './shared-report.ts'

/** What opens by a link is found by nobody else: not by search engines, not by where a reader goes next, not in a cache on the way. */
export const UNLISTED_HEADERS = {
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-store',
} as const

/**
 * Requests a minute from one address, whatever it sends along. Our judgement: a room of readers behind one address gets through, and
 * whoever tries tokens gets nowhere.
 */
export const SHARED_RATE_LIMIT = { max: 60, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => request.ip }

/** Reports for whoever has the link. */
export const sharedReportsRoutes =
  (parts: SharedReportParts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    fastify.withTypeProvider<ZodTypeProvider>().get(
      '/api/v1/shared-reports/:token',
      {
        config: { access: 'public', rateLimit: SHARED_RATE_LIMIT },
        schema: {
          summary: 'The report that a link opens',
          tags: ['reports'],
          params: z.object({ token: z.string().max(1000) }),
          response: { 200: sharedReportSchema },
        },
      },
      async (request, reply) => {
        // also on the answer that there is none
        reply.headers(UNLISTED_HEADERS)
        return readSharedReport(parts, request.params.token, { isOpening: request.method === 'GET' })
      },
    )
  }
