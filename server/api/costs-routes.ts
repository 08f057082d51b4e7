import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import {
  type Cost,
  costChangeSchema,
  costInputSchema,
  costSchema,
  costsSchema,
  EARLIEST_COST_ON,
  MOST_COST_DAYS_AHEAD,
  MOST_COSTS,
} from '../../shared/contract/cost.ts'
import { dayInZone, formatDay, formatInstant } from '../../shared/format.ts'
import { addDays } from '../../shared/period.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { costPerMonth } from '../report/value/prorate-cost.ts'
import { addCost, type ChangedCost, changeCost, listCosts, removeCost, type StoredCost } from '../store/costs.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { communityOf } from './reading-request.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const PATH = '/api/v1/communities/:slug/costs'

/** All of them, the newest first: each holds until the day before the next one. */
const toContracts = (stored: readonly StoredCost[]): Cost[] =>
  stored.map((cost, i) => ({
    ...cost,
    updated_at: cost.updated_at.toISOString(),
    until_on: stored[i - 1] === undefined ? null : addDays((stored[i - 1] as StoredCost).from_on, -1),
    per_month: costPerMonth(cost),
  }))

const checkDay = (day: string, today: string): void => {
  const refuse = (detail: string) => {
    throw new ProblemError({ status: 422, type: 'bad-cost', title: 'This cost cannot be kept as it is', detail })
  }
  if (day < EARLIEST_COST_ON) refuse(`${formatDay(day)} lies before ${formatDay(EARLIEST_COST_ON)}; check the year.`)
  if (day > addDays(today, MOST_COST_DAYS_AHEAD)) refuse(`${formatDay(day)} is more than a year ahead; check the year.`)
}

/** What a community costs: for those who run it. Sponsors read the totals in the report. */
export const costsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['value report']
    const params = z.object({ slug: z.string() })
    const oneParams = params.extend({ id: z.guid() })
    const todayIn = (request: FastifyRequest) => dayInZone(now().toISOString(), communityOf(request).time_zone)
    const listIn = async (request: FastifyRequest) => toContracts(await listCosts(pool, communityOf(request).community_id))
    const readOne = async (request: FastifyRequest, id: string) => (await listIn(request)).find(({ cost_id }) => cost_id === id) as Cost

    const sendSameDay = (reply: FastifyReply, { from_on }: StoredCost) =>
      sendProblem(reply, {
        status: 422,
        type: 'same-day',
        title: 'There is one from that day',
        detail: `What it costs from ${formatDay(from_on)} on is stated already: change that, or name another day.`,
      })

    /** Two who change the same: the later one is told what stands now, and by whom. */
    const answerOther = async (request: FastifyRequest, reply: FastifyReply, found: Exclude<ChangedCost, { changed: StoredCost }>) => {
      const zone = communityOf(request).time_zone
      if (found === 'unknown')
        throw new ProblemError({
          status: 404,
          type: 'unknown-cost',
          title: 'No such cost',
          detail: 'This community has no such statement of its cost.',
        })
      if ('same_day' in found) return sendSameDay(reply, found.same_day)
      if ('removed' in found) {
        const { at, by } = found.removed
        return sendProblem(reply, {
          status: 410,
          type: 'cost-deleted',
          title: 'Deleted meanwhile',
          detail: `${by ?? 'Somebody'} deleted this on ${formatInstant(at.toISOString(), zone)}. It can be stated anew.`,
        })
      }
      const { cost_id, updated_by, updated_at } = found.other
      return sendProblem(reply, {
        status: 409,
        type: 'cost-changed',
        title: 'Changed meanwhile',
        detail: `${updated_by ?? 'Somebody'} changed this on ${formatInstant(updated_at.toISOString(), zone)}, after you had opened it.`,
        current: await readOne(request, cost_id),
      })
    }

    app.get(
      PATH,
      {
        config: { access: MANAGERS },
        schema: { summary: 'What the community costs, and from which day on', tags, params, response: { 200: costsSchema } },
      },
      async (request) => ({ costs: await listIn(request) }),
    )

    app.post(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Say what it costs from a day on, until the next statement',
          tags,
          params,
          body: costInputSchema,
          response: { 201: costSchema },
        },
      },
      async (request, reply) => {
        checkDay(request.body.from_on, todayIn(request))
        const { community_id: communityId } = communityOf(request)
        const found = await addCost(pool, { communityId, input: request.body, userId: userOf(request), now: now() })
        if (found === 'gone') return answerOther(request, reply, 'unknown')
        if (found === 'too_many')
          return sendProblem(reply, {
            status: 422,
            type: 'too-many-costs',
            title: 'Too many',
            detail: `A community keeps at most ${MOST_COSTS} statements of its cost. Delete one that no report needs any more.`,
          })
        if ('same_day' in found) return sendSameDay(reply, found.same_day)
        return reply.status(201).send(await readOne(request, found.added.cost_id))
      },
    )

    app.put(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Change a statement of the cost, of the version that it was made of; made reports stay as they are',
          tags,
          params: oneParams,
          body: costChangeSchema,
          response: { 200: costSchema },
        },
      },
      async (request, reply) => {
        const { version, ...input } = request.body
        checkDay(input.from_on, todayIn(request))
        const { community_id: communityId } = communityOf(request)
        const { id } = request.params
        const found = await changeCost(pool, { communityId, id, version, input, userId: userOf(request), now: now() })
        return typeof found === 'object' && 'changed' in found ? readOne(request, id) : answerOther(request, reply, found)
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Delete a statement of the cost, of the version that was seen; the one before it then holds on',
          tags,
          params: oneParams,
          querystring: z.object({ version: z.coerce.number().int().min(1) }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { community_id: communityId } = communityOf(request)
        const { version } = request.query
        const found = await removeCost(pool, { communityId, id: request.params.id, version, userId: userOf(request), now: now() })
        return typeof found === 'object' && 'changed' in found ? reply.status(204).send(null) : answerOther(request, reply, found)
      },
    )
  }
