import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { portfolioReportSchema, type PortfolioSubscription, portfolioSubscriptionSchema } from '../../shared/contract/portfolio-report.ts'
import { monthSchema } from '../../shared/contract/value-report.ts'
import { dayInZone } from '../../shared/format.ts'
import type { Person } from '../access/caller.ts'
import { sentBy } from '../jobs/portfolio-mails.ts'
import { buildPortfolioReport } from '../report/portfolio-report.ts'
import { readToken } from '../report/signed-token.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { listReportedMonths } from '../store/portfolio-reports.ts'
import { findPortfolioReader, listSeenCommunities, subscribePortfolio, unsubscribePortfolio } from '../store/portfolio-subscriptions.ts'
import { ProblemError } from './problem.ts'
import { SHARED_RATE_LIMIT } from './shared-reports-routes.ts'
import { type SmallPage, saySmallPage } from './small-page.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const MAX_BODY_BYTES = 16_384
const ENDED: SmallPage = {
  title: 'You get no more of these mails',
  text: 'The reports of all your communities come to you by mail no longer. On their page you can have them again.',
}
const UNKNOWN: SmallPage = {
  title: 'This link ends nothing',
  text: 'It was probably copied without its end. Open the link in the mail itself.',
}

// the door lets only people in
const personOf = (request: FastifyRequest) => request.caller as Person

/** The reports of a month of all communities one may see, side by side, and whether they come by mail. */
export const portfolioReportRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['value report']

    app.get(
      '/api/v1/portfolio-report/:month',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'The frozen reports of a month of the communities one may see, side by side',
          tags,
          params: z.object({ month: z.union([monthSchema, z.literal('latest')]) }),
          response: { 200: portfolioReportSchema },
        },
      },
      async (request) => {
        const seen = await listSeenCommunities(pool, personOf(request).user_id)
        const { month } = request.params
        if (month !== 'latest') return buildPortfolioReport(pool, seen, month, now())
        const [latest] = await listReportedMonths(
          pool,
          seen.map(({ community_id }) => community_id),
        )
        if (latest !== undefined) return buildPortfolioReport(pool, seen, latest, now())
        throw new ProblemError({
          status: 404,
          type: 'no-report',
          title: 'There is no report yet',
          detail: 'None of the communities you may see has a report. One is made of each on the first of every month.',
        })
      },
    )

    const PATH = '/api/v1/portfolio-report/subscription'
    const schema = { tags, response: { 200: portfolioSubscriptionSchema } }
    const readSubscription = async (request: FastifyRequest): Promise<PortfolioSubscription> => {
      const { user_id, email } = personOf(request)
      const reader = await findPortfolioReader(pool, user_id)
      return {
        is_subscribed: reader !== null,
        address: email,
        next_month: reader?.next_month ?? null,
        sent_by: reader === null ? null : sentBy(reader.next_month),
      }
    }
    app.get(
      PATH,
      { config: { access: 'signed_in' }, schema: { summary: 'Whether I get the reports of all my communities by mail', ...schema } },
      readSubscription,
    )
    app.put(
      PATH,
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'Get the reports of all my communities by mail, or no longer',
          body: z.object({ is_subscribed: z.boolean() }),
          ...schema,
        },
      },
      async (request) => {
        const userId = personOf(request).user_id
        const at = now()
        if (request.body.is_subscribed)
          await subscribePortfolio(pool, { userId, nextMonth: dayInZone(at.toISOString(), 'UTC').slice(0, 7), now: at })
        else await inTransaction(pool, (client) => unsubscribePortfolio(client, userId, at))
        return readSubscription(request)
      },
    )
  }

/** The page behind the link that ends the mail: to fetch it does nothing, since scanners fetch every link; its button posts (RFC 8058). */
export const portfolioUnsubscribeRoutes =
  ({ pool, secretKey, now }: { pool: pg.Pool; secretKey: string; now: () => Date }) =>
  async (app: FastifyInstance): Promise<void> => {
    // a mail program may post a form of either kind (RFC 8058, 3.2); nothing of it is read
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) => done(null, body))
    const config = { access: 'public', rateLimit: SHARED_RATE_LIMIT } as const
    const route = { schema: { hide: true } as object, config }
    const userOf = (token: string): string | null => {
      const [userId, ...rest] = readToken(secretKey, 'portfolio', token) ?? []
      return userId === undefined || rest.length > 0 ? null : userId
    }
    app.get<{ Params: { token: string } }>('/unsubscribe/portfolio/:token', route, async (request, reply) => {
      const userId = userOf(request.params.token)
      if (userId === null) return saySmallPage(reply, 404, UNKNOWN)
      if ((await findPortfolioReader(pool, userId)) === null) return saySmallPage(reply, 200, ENDED)
      return saySmallPage(reply, 200, {
        title: 'No more of these mails?',
        text: 'The reports of all your communities are sent to you by mail, once a month. One click ends that.',
        button: { label: 'Unsubscribe', field: 'end' },
      })
    })
    app.post<{ Params: { token: string } }>('/unsubscribe/portfolio/:token', route, async (request, reply) => {
      const userId = userOf(request.params.token)
      if (userId === null) return saySmallPage(reply, 404, UNKNOWN)
      await inTransaction(pool, (client) => unsubscribePortfolio(client, userId, now()))
      return saySmallPage(reply, 200, ENDED)
    })
  }
