import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { channelInputSchema, channelsSchema } from '../../shared/contract/channel.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { describeChannels } from '../ingest/classify/describe-channels.ts'
import { countChannels, MAX_CHANNEL_RULES, setChannelRule } from '../store/channel-rules.ts'
import { sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const PATH = '/api/v1/communities/:slug/channels'
/** So many are listed, the mapped ones first of all. */
const MAX_LISTED = 500

/** What the messages of each channel were found to be, and what the community says they are. Changing that changes nothing received before. */
export const channelsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['communities']
    const params = z.object({ slug: z.string() })
    const communityOf = (request: { community: { community_id: string } | null }) =>
      (request.community as { community_id: string }).community_id
    const list = async (communityId: string) => describeChannels(await countChannels(pool, communityId, MAX_LISTED))

    app.get(
      PATH,
      {
        config: { access: READERS },
        schema: {
          summary: 'What the messages of each channel were found to be, and by which rules',
          tags,
          params,
          response: { 200: channelsSchema },
        },
      },
      async (request) => list(communityOf(request)),
    )

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Say what the messages of a channel are, before what their text says; with null take it back',
          tags,
          params,
          body: channelInputSchema,
          response: { 200: channelsSchema },
        },
      },
      async (request, reply) => {
        const communityId = communityOf(request)
        const set = await setChannelRule(pool, { communityId, ...request.body, now: now() })
        // deleted since the door let this in
        if (set === 'no_community') return sendProblem(reply, refusalProblem({ status: 404, reason: 'community' }).problem)
        if (set === 'too_many')
          return sendProblem(reply, {
            status: 422,
            type: 'too-many-channels',
            title: 'Too many channels',
            detail: `A community maps at most ${MAX_CHANNEL_RULES} channels. Take one back first.`,
          })
        return list(communityId)
      },
    )
  }
