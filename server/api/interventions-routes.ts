import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import {
  beforeAfterSchema,
  EARLIEST_ON,
  type Intervention,
  type InterventionInput,
  interventionChangeSchema,
  interventionInputSchema,
  interventionSchema,
  interventionsSchema,
  MOST_DAYS_AHEAD,
  MOST_INTERVENTIONS,
  MOST_METRICS,
} from '../../shared/contract/intervention.ts'
import { dayInZone, formatDay, formatInstant } from '../../shared/format.ts'
import { addDays } from '../../shared/period.ts'
import { MANAGERS, READERS } from '../access/access-rule.ts'
import { roleIn, userOf } from '../access/caller.ts'
import { buildBeforeAfter, wholeWeeks } from '../report/before-after.ts'
import { COMPARABLE_KEYS } from '../report/comparable-metrics.ts'
import {
  addIntervention,
  type Changed,
  changeIntervention,
  findIntervention,
  listInterventions,
  removeIntervention,
  type StoredIntervention,
} from '../store/interventions.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { communityOf, explainBadRange } from './reading-request.ts'
import { createSendKept } from './send-kept.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const PATH = '/api/v1/communities/:slug/interventions'

const isManager = (request: FastifyRequest): boolean => {
  if (request.caller.kind !== 'person') return false
  const role = roleIn(request.caller, communityOf(request).community_id)
  return role === 'administrator' || role === 'manager'
}

/** Who changed it is for those who may change it themselves. */
const toContract = (stored: StoredIntervention, withNames: boolean): Intervention => ({
  ...stored,
  created_at: stored.created_at.toISOString(),
  updated_at: stored.updated_at.toISOString(),
  updated_by: withNames ? stored.updated_by : null,
})

const unknownNote = () =>
  new ProblemError({
    status: 404,
    type: 'unknown-intervention',
    title: 'No such note',
    detail: 'This community has no such note; it may have been deleted.',
  })

/** What the schema cannot know: which days make sense today, and which metrics there are. */
const check = ({ on, metrics }: InterventionInput, today: string): void => {
  const refuse = (detail: string) => {
    throw new ProblemError({ status: 422, type: 'bad-intervention', title: 'This note cannot be kept as it is', detail })
  }
  if (on < EARLIEST_ON) refuse(`${formatDay(on)} lies before ${formatDay(EARLIEST_ON)}; check the year.`)
  if (on > addDays(today, MOST_DAYS_AHEAD)) refuse(`${formatDay(on)} is more than a year ahead; check the year.`)
  for (const key of metrics)
    if (!COMPARABLE_KEYS.includes(key)) refuse(`"${key.slice(0, 80)}" is nothing that can be compared before and after; see the choices.`)
  if (new Set(metrics).size < metrics.length) refuse('Name each measure once.')
}

/** What managers tried, by day, and what became of the numbers after it. */
export const interventionsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const sendKept = createSendKept(pool)
    const tags = ['interventions']
    const params = z.object({ slug: z.string() })
    const oneParams = params.extend({ id: z.guid() })
    const todayIn = (request: FastifyRequest) => dayInZone(now().toISOString(), communityOf(request).time_zone)

    /** Two who change the same: the later one is told what stands now, and by whom. */
    const answerChange = (request: FastifyRequest, reply: FastifyReply, found: Changed) => {
      const zone = communityOf(request).time_zone
      if (found === 'unknown') throw unknownNote()
      if ('removed' in found) {
        const { at, by } = found.removed
        return sendProblem(reply, {
          status: 410,
          type: 'intervention-deleted',
          title: 'Deleted meanwhile',
          detail: `${by ?? 'Somebody'} deleted this note on ${formatInstant(at.toISOString(), zone)}. What you have written is not kept; it can be added as a new note.`,
          deleted_at: at.toISOString(),
          deleted_by: by,
        })
      }
      if ('other' in found) {
        const { updated_by, updated_at } = found.other
        return sendProblem(reply, {
          status: 409,
          type: 'intervention-changed',
          title: 'Changed meanwhile',
          detail: `${updated_by ?? 'Somebody'} changed this note on ${formatInstant(updated_at.toISOString(), zone)}, after you had opened it.`,
          current: toContract(found.other, true),
        })
      }
      return null
    }

    app.get(
      PATH,
      {
        config: { access: READERS },
        schema: {
          summary: 'What managers tried, by day',
          tags,
          params,
          querystring: z.object({
            is_brief: z.enum(['true', 'false']).default('false').describe('Without the notes: days and titles, as charts show them'),
          }),
          response: { 200: interventionsSchema },
        },
      },
      async (request) => {
        const withNames = isManager(request)
        const found = await listInterventions(pool, communityOf(request).community_id, { isBrief: request.query.is_brief === 'true' })
        return { interventions: found.map((one) => toContract(one, withNames)), choices: [...COMPARABLE_KEYS] }
      },
    )

    app.post(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Note what was tried, or what is planned',
          tags,
          params,
          body: interventionInputSchema,
          response: { 201: interventionSchema },
        },
      },
      async (request, reply) => {
        check(request.body, todayIn(request))
        const { community_id: communityId } = communityOf(request)
        const added = await addIntervention(pool, { communityId, input: request.body, userId: userOf(request), now: now() })
        if (added === 'gone') throw unknownNote()
        if (added === 'too_many')
          return sendProblem(reply, {
            status: 422,
            type: 'too-many-interventions',
            title: 'Too many notes',
            detail: `A community keeps at most ${MOST_INTERVENTIONS} notes. Delete one that is of no use any more.`,
          })
        return reply.status(201).send(toContract(added, true))
      },
    )

    app.put(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Change a note, of the version that it was made of',
          tags,
          params: oneParams,
          body: interventionChangeSchema,
          response: { 200: interventionSchema },
        },
      },
      async (request, reply) => {
        const { version, ...input } = request.body
        check(input, todayIn(request))
        const { community_id: communityId } = communityOf(request)
        const change = { communityId, id: request.params.id, version, input, userId: userOf(request), now: now() }
        const found = await changeIntervention(pool, change)
        return answerChange(request, reply, found) ?? toContract((found as { changed: StoredIntervention }).changed, true)
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Delete a note, of the version that was seen; nothing of its text is kept',
          tags,
          params: oneParams,
          querystring: z.object({ version: z.coerce.number().int().min(1) }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { community_id: communityId } = communityOf(request)
        const { id } = request.params
        const found = await removeIntervention(pool, {
          communityId,
          id,
          version: request.query.version,
          userId: userOf(request),
          now: now(),
        })
        return answerChange(request, reply, found) ?? reply.status(204).send(null)
      },
    )

    app.get(
      `${PATH}/:id/before-after`,
      {
        config: { access: READERS },
        schema: {
          summary: 'What became of the numbers after it, held against the community’s own past',
          tags,
          params: oneParams,
          querystring: z.object({
            days: z.coerce.number().int().min(7).max(182).default(90).describe('Of each side; taken in whole weeks'),
            metrics: z.string().max(600).optional().describe('Only these, joined by commas; else those that the note names'),
          }),
          response: { 200: beforeAfterSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { days, metrics } = request.query
        const keys = metrics === undefined ? null : [...new Set(metrics.split(','))]
        if (keys !== null && (keys.length > MOST_METRICS || keys.some((key) => !COMPARABLE_KEYS.includes(key))))
          throw new ProblemError({
            status: 400,
            type: 'bad-metrics',
            title: 'These measures cannot be compared',
            detail: `Name at most ${MOST_METRICS} of those that GET …/interventions gives as choices.`,
          })
        const found = await findIntervention(pool, community.community_id, request.params.id)
        if (found === null) throw unknownNote()
        const others = await listInterventions(pool, community.community_id, { isBrief: true })
        const of = [found.on, found.metrics, todayIn(request), others.map(({ intervention_id, version }) => [intervention_id, version])]
        return sendKept(request, reply, ['before-after', request.params.id, wholeWeeks(days), keys, of], () =>
          explainBadRange(buildBeforeAfter(pool, community, found, others, { days, keys, now: now() })),
        )
      },
    )
  }
