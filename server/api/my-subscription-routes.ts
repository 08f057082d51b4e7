import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { addressKey, type MySubscription, mySubscriptionSchema } from '../../shared/contract/report-subscription.ts'
import { type Access, READERS } from '../access/access-rule.ts'
import type { Person } from '../access/caller.ts'
import {
  addSubscription,
  endSubscription,
  findOwnSubscription,
  removeSubscription,
  type StoredSubscription,
} from '../store/report-subscriptions.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'
import { tooManySubscriptions } from './report-subscriptions-routes.ts'
import { goneProblem } from './reports-routes.ts'

const PATH = '/api/v1/communities/:slug/my-subscription'
/** Everybody who may see the community; a key is nobody who reads mail. */
const PEOPLE: Access = { community: READERS.community }

// the door lets only people in
const personOf = (request: FastifyRequest) => request.caller as Person

/** Whether I get the report by mail: each person for themself. */
export const mySubscriptionRoutes =
  ({ pool, now }: { pool: pg.Pool; now: () => Date }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const schema = { tags: ['reports'], params: z.object({ slug: z.string() }), response: { 200: mySubscriptionSchema } }
    const find = (request: FastifyRequest) =>
      findOwnSubscription(pool, communityOf(request).community_id, { userId: personOf(request).user_id, address: personOf(request).email })
    const toContract = (request: FastifyRequest, found: StoredSubscription | null): MySubscription => {
      const isActive = found !== null && found.unsubscribed_at === null
      return {
        address: isActive ? found.address : personOf(request).email,
        is_active: isActive,
        since: isActive ? found.created_at.toISOString() : null,
        unsubscribed_at: found?.unsubscribed_at?.toISOString() ?? null,
      }
    }

    app.get(PATH, { config: { access: PEOPLE }, schema: { summary: 'Whether I get the report by mail', ...schema } }, async (request) =>
      toContract(request, await find(request)),
    )

    app.put(
      PATH,
      { config: { access: PEOPLE }, schema: { summary: 'Get the report by mail, as long as I may see the community', ...schema } },
      async (request) => {
        const { user_id: userId, email, name } = personOf(request)
        if (addressKey(email) === null)
          throw new ProblemError({
            status: 422,
            type: 'bad-address',
            title: 'Your account has no address that mail can go to',
            detail: 'Change the e-mail address of your account first.',
          })
        const { community_id: communityId } = communityOf(request)
        const before = await find(request)
        // an account that has changed its address gets it at the new one alone
        if (before !== null && before.user_id === userId && addressKey(before.address) !== addressKey(email))
          await removeSubscription(pool, communityId, before.subscription_id, now())
        const adding = { communityId, address: email, name, byUserId: userId, isAgain: true, isOwn: true, now: now() }
        const added = await addSubscription(pool, adding)
        if (added === 'too_many') throw tooManySubscriptions()
        // who says so themself has said no to nothing
        if (added === 'gone' || added === 'said_no') throw goneProblem()
        return toContract(request, added)
      },
    )

    app.delete(PATH, { config: { access: PEOPLE }, schema: { summary: 'Get it no longer', ...schema } }, async (request) => {
      const found = await find(request)
      if (found === null) return toContract(request, null)
      return toContract(request, await endSubscription(pool, communityOf(request).community_id, found.subscription_id, now()))
    })
  }
