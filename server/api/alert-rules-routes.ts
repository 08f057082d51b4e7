import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import {
  alertRuleIdSchema,
  MOST_SNOOZED_DAYS,
  ruleSettingInputSchema,
  type SnoozeInput,
  snoozeInputSchema,
  watchedRuleSchema,
} from '../../shared/contract/alert.ts'
import { formatInstant } from '../../shared/format.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { ruleOf } from '../alerts/catalogue.ts'
import { changeRuleSetting, snoozeRule } from '../store/alert-settings.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { readWatchedRule } from './read-alerts.ts'
import { communityOf } from './reading-request.ts'

type Parts = { pool: pg.Pool; now: () => Date; requestJudgement: (communityId: string) => void }

const PATH = '/api/v1/communities/:slug/alerts/rules/:rule'
const DAY_MS = 86_400_000

/** Until when; refuses what is over, or so far away that nobody means it. */
const untilOf = (input: SnoozeInput, now: Date): Date => {
  if ('days' in input) return new Date(now.getTime() + input.days * DAY_MS)
  const until = new Date(input.until)
  const refuse = (detail: string) => new ProblemError({ status: 422, type: 'bad-snooze', title: 'It cannot be snoozed until then', detail })
  if (until <= now) throw refuse('That time is over. Name one that is still to come.')
  if (until.getTime() > now.getTime() + MOST_SNOOZED_DAYS * DAY_MS)
    throw refuse('That is more than a year ahead. Switch the rule off where nobody is to be told of it at all.')
  return until
}

/** How a rule is set in a community, and until when nobody is told of it. */
export const alertRulesRoutes =
  ({ pool, now, requestJudgement }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['alerts']
    const params = z.object({ slug: z.string(), rule: alertRuleIdSchema })
    type Request = Parameters<typeof communityOf>[0]

    app.put(
      PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Watch or no longer watch, and how strict the limits are; of the version that was seen',
          tags,
          params,
          body: ruleSettingInputSchema,
          response: { 200: watchedRuleSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const rule = ruleOf(request.params.rule)
        const { strictness } = request.body
        if (strictness !== null && !rule.has_limits)
          throw new ProblemError({
            status: 422,
            type: 'no-limits',
            title: 'This rule has no limits',
            detail: `“${rule.title}” goes by no limits that could be stricter. Send null.`,
          })
        const change = { ...request.body, communityId: community.community_id, rule: rule.id, userId: userOf(request), now: now() }
        const found = await changeRuleSetting(pool, change)
        if (found === 'unknown' || 'other' in found) {
          const current = await readWatchedRule(pool, community, rule.id, now())
          const who = found === 'unknown' ? null : found.other
          return sendProblem(reply, {
            status: 409,
            type: 'alert-rule-changed',
            title: 'Changed meanwhile',
            detail:
              who === null
                ? 'This rule is not set otherwise than by default any more.'
                : `${who.updated_by ?? 'Somebody'} changed this rule on ${formatInstant(who.updated_at.toISOString(), community.time_zone)}, after you had opened it.`,
            current,
          })
        }
        requestJudgement(community.community_id)
        return readWatchedRule(pool, community, rule.id, now())
      },
    )

    const snooze = async (request: Request & { params: { rule: z.infer<typeof alertRuleIdSchema> } }, until: Date | null) => {
      const community = communityOf(request)
      const { id, is_on_by_default } = ruleOf(request.params.rule)
      await snoozeRule(pool, {
        communityId: community.community_id,
        rule: id,
        until,
        userId: userOf(request),
        now: now(),
        isOnByDefault: is_on_by_default,
      })
      requestJudgement(community.community_id)
      return readWatchedRule(pool, community, id, now())
    }

    app.post(
      `${PATH}/snooze`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Tell nobody for so many days, or until a time; what is noticed meanwhile is shown on the page',
          tags,
          params,
          body: snoozeInputSchema,
          response: { 200: watchedRuleSchema },
        },
      },
      async (request) => snooze(request, untilOf(request.body, now())),
    )

    app.delete(
      `${PATH}/snooze`,
      {
        config: { access: MANAGERS },
        schema: { summary: 'Tell as usual again', tags, params, response: { 200: watchedRuleSchema } },
      },
      async (request) => snooze(request, null),
    )
  }
