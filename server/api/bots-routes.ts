import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { accountRulingSchema, botRulingSchema, botSchema, botsSchema } from '../../shared/contract/bot.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { identityKey } from '../ingest/keys.ts'
import { describeBot, describeBots } from '../report/bot-list.ts'
import { listBots, ruleOnBot } from '../store/bots.ts'
import { sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date; requestRefresh: (communityId: string) => void }

const PATH = '/api/v1/communities/:slug/bots'

/** Accounts that look like programs: list, and say what they are. The numbers that depend on it follow some seconds later. */
export const botsRoutes =
  ({ pool, now, requestRefresh }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id

    const rule = async (communityId: string, key: string, ruling: boolean | null, reply: FastifyReply, what: string) => {
      const bot = await ruleOnBot(pool, { communityId, identityKey: key, ruling, now: now() })
      if (bot === null)
        return sendProblem(reply, {
          status: 404,
          type: 'unknown-account',
          title: 'No such account',
          detail: `${what} Give the id that stands in actor.id of the events.`,
        })
      requestRefresh(communityId)
      return describeBot(bot)
    }

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'Accounts that look like bots, and why', tags, params, response: { 200: botsSchema } },
      },
      async (request) => ({ bots: describeBots(await listBots(pool, communityOf(request))) }),
    )

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Say what any account is, found or not: a bot, a person, or nothing any longer',
          tags,
          params,
          body: accountRulingSchema,
          response: { 200: botSchema },
        },
      },
      async (request, reply) => {
        const { source, actor_id, ruling } = request.body
        const what = `No event of "${source}" is by or about "${actor_id}".`
        return rule(communityOf(request), identityKey(source, actor_id), ruling, reply, what)
      },
    )

    app.put(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Say what an account is: a bot, a person, or nothing any longer',
          tags,
          params: params.extend({ id: z.guid() }),
          body: botRulingSchema,
          response: { 200: botSchema },
        },
      },
      async (request, reply) =>
        rule(communityOf(request), request.params.id, request.body.ruling, reply, 'This community has no such account.'),
    )
  }
