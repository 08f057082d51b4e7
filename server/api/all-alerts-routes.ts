import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { ALERT_RULES, OPERATOR_RULES } from '../../shared/contract/alert.ts'
import { allAlertsSchema, budgetChangeSchema, budgetSchema } from '../../shared/contract/all-alerts.ts'
import { ADMINISTRATORS } from '../access/access-rule.ts'
import { type Person, roleIn, userOf } from '../access/caller.ts'
import { fitBudget } from '../alerts/budget.ts'
import { describeAllAlerts, type SeenCommunity } from '../alerts/describe-all-alerts.ts'
import { describeBudget } from '../alerts/describe-budget.ts'
import { stateDelay } from '../alerts/state-rate.ts'
import { pairsOf, type RateOf, statedRate } from '../alerts/watched-pairs.ts'
import { readDataEnds } from '../rollup/data-ends.ts'
import { changeBudget, everyCommunityId, listStanding, listWatchedRows, readBudget, type WatchedRow } from '../store/alert-budget.ts'
import { type LatestAlert, latestAlerts } from '../store/alerts.ts'
import { sendProblem } from './problem.ts'

type Parts = {
  pool: pg.Pool
  now: () => Date
  requestJudgement: (communityId: string) => void
  /** As the rules state it unless given. */
  rateOf?: RateOf
}

const BUDGET_PATH = '/api/v1/alert-budget'
/** Who runs something sees what may be expected of all of it. */
const RUNNERS = { roles: ['administrator', 'manager'] } as const

/** Alerts of all communities one may see, and the budget of false alarms of this server. */
export const allAlertsRoutes =
  ({ pool, now, requestJudgement, rateOf = statedRate }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['alerts']
    // periods of all time zones together: a day more or less changes nothing here
    const today = () => now().toISOString().slice(0, 10)
    const readRows = async (ids: readonly string[]): Promise<WatchedRow[]> => listWatchedRows(pool, ids, ALERT_RULES)
    const readAll = async () =>
      describeBudget(await readBudget(pool), await readRows(await everyCommunityId(pool)), today(), rateOf, (strictness) =>
        stateDelay('decline', strictness),
      )

    app.get(
      '/api/v1/alerts',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'What stands in the communities one may see, how many false alarms to expect, and whether that was so',
          tags,
          response: { 200: allAlertsSchema },
        },
      },
      async (request: FastifyRequest) => {
        const seen = await seenBy(pool, request.caller as Person)
        const ids = seen.map(({ community_id }) => community_id)
        const latest = new Map<string, LatestAlert>()
        for (const isManager of [true, false]) {
          const some = seen.filter((one) => one.isManager === isManager).map(({ community_id }) => community_id)
          for (const [id, one] of await latestAlerts(pool, some, isManager ? [] : OPERATOR_RULES)) latest.set(id, one)
        }
        const [rows, standing, ends, { strictness }] = await Promise.all([
          readRows(ids),
          listStanding(pool, ids),
          readDataEnds(pool, ids, now()),
          readBudget(pool),
        ])
        return describeAllAlerts(seen, { rows, standing, latest, ends, strictness, today: today(), rateOf })
      },
    )

    app.get(
      BUDGET_PATH,
      {
        config: { access: RUNNERS },
        schema: {
          summary: 'The budget of false alarms a year over all communities, and what each strictness of limits comes to',
          tags,
          response: { 200: budgetSchema },
        },
      },
      readAll,
    )

    app.put(
      BUDGET_PATH,
      {
        config: { access: ADMINISTRATORS },
        schema: { summary: 'Set the budget; the limits follow', tags, body: budgetChangeSchema, response: { 200: budgetSchema } },
      },
      async (request, reply) => {
        const { false_alarms: falseAlarms, version } = request.body
        const ids = await everyCommunityId(pool)
        const { strictness } = fitBudget(pairsOf(await readRows(ids), today(), rateOf), falseAlarms)
        const found = await changeBudget(pool, { falseAlarms, strictness, version, userId: userOf(request), now: now() })
        if ('other' in found)
          return sendProblem(reply, {
            status: 409,
            type: 'budget-changed',
            title: 'Changed meanwhile',
            detail: `${found.other.updated_by ?? 'Somebody'} changed the budget after you had opened it.`,
            current: await readAll(),
          })
        for (const id of ids) requestJudgement(id)
        return readAll()
      },
    )
  }

/** By name. */
const seenBy = async (pool: pg.Pool, person: Person): Promise<SeenCommunity[]> => {
  const { rows } = await pool.query<Omit<SeenCommunity, 'isManager'>>(
    `select community_id, slug, name, time_zone, is_demo from community
     where $1 or community_id = any ($2::uuid[]) order by name, slug`,
    [person.is_administrator, person.grants.flatMap(({ community_id }) => (community_id === null ? [] : [community_id]))],
  )
  return rows.map((row) => ({ ...row, isManager: ['administrator', 'manager'].includes(roleIn(person, row.community_id) ?? '') }))
}
