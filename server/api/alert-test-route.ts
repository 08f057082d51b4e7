import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { addressKey, MAX_TESTS_AN_HOUR, testAnswerSchema } from '../../shared/contract/report-subscription.ts'
import { dayInZone } from '../../shared/format.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { alertLinksOf } from '../jobs/alert-mails.ts'
import { composeAlertMail } from '../mail/alert-mail.ts'
import { exampleAlert } from '../mail/example-alert.ts'
import { findAlertRecipient } from '../store/alert-recipients.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { putInOutbox } from '../store/outbox.ts'
import { alertTestKey, countAlertTests } from '../store/set-alert-recipient.ts'
import { noAddress, RECIPIENTS_PATH, recipientParams, unknownRecipient, wantsNone } from './alert-recipients-routes.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'

type Parts = { pool: pg.Pool; now: () => Date; secretKey: string; baseUrl: string; requestDelivery: () => void }

const HOUR_MS = 3_600_000

/** Whether alerts get there, and how they look. */
export const alertTestRoute =
  ({ pool, now, secretKey, baseUrl, requestDelivery }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    fastify.withTypeProvider<ZodTypeProvider>().post(
      `${RECIPIENTS_PATH}/:id/test`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Send an example of an alert, with made-up numbers, to this recipient alone, marked as a test',
          tags: ['alerts'],
          params: recipientParams,
          response: { 202: testAnswerSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { community_id: communityId, slug, name, time_zone } = community
        const to = await findAlertRecipient(pool, communityId, request.params.id)
        if (to === null) throw unknownRecipient()
        if (to.said_no_at !== null) throw wantsNone()
        if (addressKey(to.address) === null) throw noAddress()
        const at = now()
        const { links, headers } = alertLinksOf(community, to, null, { secretKey, baseUrl })
        const content = exampleAlert({ slug, name, time_zone }, dayInZone(at.toISOString(), time_zone))
        const mail = await composeAlertMail(content, { baseUrl, alertPath: null }, { ...links, isTest: true })
        await inTransaction(pool, async (client) => {
          // one at a time: two at once would both find room for one more
          await client.query('select from community where community_id = $1 for no key update', [communityId])
          if ((await countAlertTests(client, communityId, to.key, new Date(at.getTime() - HOUR_MS))) >= MAX_TESTS_AN_HOUR)
            throw new ProblemError({
              status: 429,
              type: 'too-many-tests',
              title: 'That were enough tests for now',
              detail: `An address gets at most ${MAX_TESTS_AN_HOUR} tests an hour. Try again later.`,
              retryAfter: HOUR_MS / 1000,
            })
          const mailKey = alertTestKey(communityId, randomUUID(), to.key)
          const address = { address: to.address, name: to.name }
          await putInOutbox(client, { mail_key: mailKey, community_id: communityId, kind: 'test', to: address, ...mail, headers }, at)
        })
        requestDelivery()
        return reply.status(202).send({ address: to.address, subject: mail.subject })
      },
    )
  }
