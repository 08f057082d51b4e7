import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { linkInputSchema, MAX_LINKS, type ReportLink, reportLinkSchema, reportLinksSchema } from '../../shared/contract/report-link.ts'
import { formatPeriod } from '../../shared/format.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { makeReportToken } from '../report/report-token.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { addReportLink, listReportLinks, revokeReportLink, type StoredLink } from '../store/report-links.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'
import { goneProblem } from './reports-routes.ts'

type Parts = { pool: pg.Pool; now: () => Date; secretKey: string; baseUrl: string }

const PATH = '/api/v1/communities/:slug/report-links'
const DAY_MS = 86_400_000

/** Links that open a community's reports without signing in: list, make, revoke. */
export const reportLinksRoutes =
  ({ pool, now, secretKey, baseUrl }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['reports']
    const params = z.object({ slug: z.string() })
    const toContract = (communityId: string, { link_id, created_at, expires_at, ...stored }: StoredLink): ReportLink => ({
      ...stored,
      id: link_id,
      url: `${baseUrl}/r/${makeReportToken(secretKey, { of: 'link', communityId, linkId: link_id })}`,
      created_at: created_at.toISOString(),
      expires_at: expires_at?.toISOString() ?? null,
      is_ended: expires_at !== null && expires_at <= now(),
    })

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'Links that open reports without signing in', tags, params, response: { 200: reportLinksSchema } },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        return { links: (await listReportLinks(pool, communityId)).map((one) => toContract(communityId, one)) }
      },
    )

    app.post(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Make a link to a month’s report, or to whichever is the latest',
          tags,
          params,
          body: linkInputSchema,
          response: { 201: reportLinkSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { label, month, days } = request.body
        if (month !== null && (await readFrozenReport(pool, community, month)) === null)
          throw new ProblemError({
            status: 422,
            type: 'no-report',
            title: 'This report is not made',
            detail: `There is no report of ${formatPeriod(month)} to open. Make it first, or make a link to the latest.`,
          })
        const at = now()
        const expiresAt = days === null ? null : new Date(at.getTime() + days * DAY_MS)
        const { community_id: communityId } = community
        const added = await addReportLink(pool, { communityId, label, month, expiresAt, userId: userOf(request), now: at })
        if (added === 'gone') throw goneProblem()
        if (added === 'too_many')
          throw new ProblemError({
            status: 422,
            type: 'too-many-links',
            title: 'Too many links',
            detail: `A community has at most ${MAX_LINKS} links. Revoke one that nobody needs any more.`,
          })
        return reply.status(201).send(toContract(communityId, added))
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Revoke a link: it opens nothing any more',
          tags,
          params: params.extend({ id: z.guid() }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        if (await revokeReportLink(pool, communityOf(request).community_id, request.params.id)) return reply.status(204).send(null)
        throw new ProblemError({
          status: 404,
          type: 'unknown-link',
          title: 'No such link',
          detail: 'This community has no such link; it may be revoked already.',
        })
      },
    )
  }
