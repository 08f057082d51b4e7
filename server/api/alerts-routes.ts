import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { alertCourseSchema, alertRuleIdSchema, alertsSchema, STRICTNESS } from '../../shared/contract/alert.ts'
import { READERS } from '../access/access-rule.ts'
import { loadMaterial } from '../alerts/load-material.ts'
import { emptyCourse, readCourse } from '../alerts/read-course.ts'
import { loadStrictness } from '../alerts/strictness.ts'
import { listAlerts } from '../store/alerts.ts'
import { ProblemError } from './problem.ts'
import { mayManage, readAlerts, ruleFor } from './read-alerts.ts'
import { communityOf } from './reading-request.ts'
import { createSendKept } from './send-kept.ts'

type Parts = { pool: pg.Pool; now: () => Date }

const PATH = '/api/v1/communities/:slug/alerts'

const strictnessQuery = z.coerce
  .number({ error: 'write strictness as a number, such as 1.2' })
  .min(STRICTNESS.least, `strictness goes from ${STRICTNESS.least} to ${STRICTNESS.most}`)
  .max(STRICTNESS.most, `strictness goes from ${STRICTNESS.least} to ${STRICTNESS.most}`)
  // so that what is kept of answers is not made anew for a difference that no limit shows
  .transform((value) => Math.round(value * 100) / 100)

/** What is watched and how it stands, what was told, and a rule over all of the past. */
export const alertsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const sendKept = createSendKept(pool)
    const tags = ['alerts']

    app.get(
      PATH,
      {
        config: { access: READERS },
        schema: {
          summary: 'What is watched and how it stands, and every alert with its notices, the newest first',
          tags,
          params: z.object({ slug: z.string() }),
          response: { 200: alertsSchema },
        },
      },
      async (request) => readAlerts(pool, communityOf(request), { isManager: mayManage(request), now: now() }),
    )

    app.get(
      `${PATH}/rules/:rule/course`,
      {
        config: { access: READERS },
        schema: {
          summary: 'A rule over all of the past: as it was told, or as limits of another strictness would have told it',
          tags,
          params: z.object({ slug: z.string(), rule: alertRuleIdSchema }),
          querystring: z.object({
            strictness: strictnessQuery.optional().describe('Limits times this: the rule is replayed with them, and nothing is stored'),
          }),
          response: { 200: alertCourseSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const rule = ruleFor(request, request.params.rule)
        const replayed = request.query.strictness
        if (replayed !== undefined && !rule.has_limits)
          throw new ProblemError({
            status: 422,
            type: 'no-limits',
            title: 'This rule has no limits',
            detail: `“${rule.title}” goes by no limits that could be stricter, so there is nothing to replay.`,
          })
        const strictness = replayed ?? (await loadStrictness(pool, community.community_id, rule.id))
        const at = now()
        const alerts = replayed === undefined ? await listAlerts(pool, community.community_id, rule.id) : null
        const told = alerts?.map(({ alert_id, state, began_on, ended_on }) => [alert_id, state, began_on, ended_on]) ?? null
        // some rules go by the clock as well, none closer than by the hour
        const asked = ['alert-course', rule.id, strictness, told, at.toISOString().slice(0, 13)]
        return sendKept(request, reply, asked, async () => {
          const found = await loadMaterial(pool, community, at)
          return found === null ? emptyCourse(rule, strictness) : readCourse(pool, rule, found.material, { strictness, alerts })
        })
      },
    )
  }
