import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  MAX_SUBSCRIPTIONS,
  MAX_TESTS_AN_HOUR,
  type Subscription,
  subscriptionInputSchema,
  subscriptionSchema,
  subscriptionsSchema,
  testAnswerSchema,
} from '../../shared/contract/report-subscription.ts'
import { formatDay, dayInZone } from '../../shared/format.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { linksOf, showToReader } from '../jobs/report-mails.ts'
import { composeReportMail } from '../mail/value-report-mail.ts'
import { previewReport } from '../report/value/preview-report.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import { runningMonth } from '../report/value/report-calendar.ts'
import type { Database } from '../store/connection.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { putInOutbox } from '../store/outbox.ts'
import {
  addSubscription,
  countTests,
  findSubscription,
  type LastMail,
  listSubscriptions,
  lockSubscription,
  readLastMails,
  removeSubscription,
  type StoredSubscription,
} from '../store/report-subscriptions.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'
import { goneProblem } from './reports-routes.ts'

export type SubscriptionParts = { db: Database; now: () => Date; secretKey: string; baseUrl: string; requestDelivery: () => void }

const PATH = '/api/v1/communities/:slug/subscriptions'
const HOUR_MS = 3_600_000

const toContract = (stored: StoredSubscription, last: LastMail | undefined): Subscription => ({
  id: stored.subscription_id,
  address: stored.address,
  name: stored.name,
  state: stored.unsubscribed_at !== null ? 'unsubscribed' : last?.state === 'refused' ? 'refused' : 'active',
  is_own: stored.user_id !== null,
  created_at: stored.created_at.toISOString(),
  created_by: stored.created_by,
  unsubscribed_at: stored.unsubscribed_at?.toISOString() ?? null,
  last_sent_at: last?.sent_at?.toISOString() ?? null,
  refusal: last?.state === 'refused' ? { at: last.at.toISOString(), answer: last.answer ?? '' } : null,
})

const unknown = () =>
  new ProblemError({
    status: 404,
    type: 'unknown-subscription',
    title: 'No such subscription',
    detail: 'This community has no such subscription; it may be removed already.',
  })

export const tooManySubscriptions = () =>
  new ProblemError({
    status: 422,
    type: 'too-many-subscriptions',
    title: 'The list is full',
    detail: `At most ${MAX_SUBSCRIPTIONS} addresses get the report of a community. Put the address of a mailing list on it, or remove some.`,
  })

/** Who gets the report by mail: for those who run the community. */
export const reportSubscriptionsRoutes =
  ({ db, now, secretKey, baseUrl, requestDelivery }: SubscriptionParts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['reports']
    const params = z.object({ slug: z.string() })
    const oneParams = params.extend({ id: z.guid() })
    const describe = async (request: FastifyRequest, stored: StoredSubscription) =>
      toContract(stored, (await readLastMails(db.pool, communityOf(request).community_id)).get(stored.subscription_id))

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'Who gets the report by mail, and what became of it', tags, params, response: { 200: subscriptionsSchema } },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const last = await readLastMails(db.pool, communityId)
        const stored = await listSubscriptions(db.pool, communityId)
        return { subscriptions: stored.map((one) => toContract(one, last.get(one.subscription_id))), limit: MAX_SUBSCRIPTIONS }
      },
    )

    app.post(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Put an address on the list; one that is on it already stays as it is',
          tags,
          params,
          body: subscriptionInputSchema,
          response: { 200: subscriptionSchema },
        },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const { address, name, is_again: isAgain } = request.body
        const adding = { communityId, address, name, byUserId: userOf(request), isAgain, isOwn: false, now: now() }
        const added = await addSubscription(db.pool, adding)
        if (added === 'gone') throw goneProblem()
        if (added === 'too_many') throw tooManySubscriptions()
        if (added === 'said_no')
          throw new ProblemError({
            status: 409,
            type: 'said-no',
            title: 'This address has unsubscribed',
            detail: 'Whoever reads it said that they want no more reports. Put it on the list again only if they have told you otherwise.',
          })
        return describe(request, added)
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Take an address off the list; links that were mailed to it open nothing any more',
          tags,
          params: oneParams,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        if (!(await removeSubscription(db.pool, communityOf(request).community_id, request.params.id, now()))) throw unknown()
        return reply.status(204).send(null)
      },
    )

    app.post(
      `${PATH}/:id/test`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Send the last report, or a preview where there is none, to this address alone, marked as a test',
          tags,
          params: oneParams,
          response: { 202: testAnswerSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { community_id: communityId } = community
        const to = await findSubscription(db.pool, communityId, request.params.id)
        if (to === null) throw unknown()
        if (to.unsubscribed_at !== null)
          throw new ProblemError({
            status: 409,
            type: 'said-no',
            title: 'This address has unsubscribed',
            detail: `It has wanted no mail since ${formatDay(dayInZone(to.unsubscribed_at.toISOString(), community.time_zone))}.`,
          })
        const at = now()
        const frozen = await readFrozenReport(db.pool, community, 'latest')
        const report = frozen ?? (await previewReport(db.pool, community, runningMonth(at, community.time_zone), at, { withDraft: false }))
        const shown = showToReader(report, to)
        const { links, headers } = linksOf(community, shown, to, { secretKey, baseUrl })
        const mail = await composeReportMail(shown, { ...links, isTest: true })
        await inTransaction(db.pool, async (client) => {
          // one at a time: two at once would both find room for one more
          await lockSubscription(client, communityId, to.subscription_id)
          if ((await countTests(client, communityId, to.subscription_id, new Date(at.getTime() - HOUR_MS))) >= MAX_TESTS_AN_HOUR)
            throw new ProblemError({
              status: 429,
              type: 'too-many-tests',
              title: 'That were enough tests for now',
              detail: `An address gets at most ${MAX_TESTS_AN_HOUR} tests an hour. Try again later.`,
              retryAfter: HOUR_MS / 1000,
            })
          const mailKey = `test:${communityId}:${randomUUID()}:${to.subscription_id}`
          const address = { address: to.address, name: to.name }
          await putInOutbox(client, { mail_key: mailKey, community_id: communityId, kind: 'test', to: address, ...mail, headers }, at)
        })
        requestDelivery()
        return reply.status(202).send({ address: to.address, subject: mail.subject })
      },
    )
  }
