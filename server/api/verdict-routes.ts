import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { CASE_PARTS } from '../../shared/case-parts.ts'
import { verdictCasesSchema, verdictComparisonSchema, verdictEvidenceSchema } from '../../shared/contract/verdict-evidence.ts'
import { verdictSchema } from '../../shared/contract/verdict.ts'
import { VERDICT_VIEWS } from '../../shared/verdict-views.ts'
import { READERS } from '../access/access-rule.ts'
import { countCases } from '../metrics/cases/read-cases.ts'
import { type JudgedWindow, periodOf, readJudgedWindow, type WindowQuery } from '../report/judged-window.ts'
import { readResultsVersion } from '../report/results-version.ts'
import { buildVerdictCases } from '../report/verdict-cases.ts'
import { buildVerdictComparison } from '../report/verdict-comparison.ts'
import { buildVerdictEvidence } from '../report/verdict-evidence.ts'
import { findTops, readWindowPeople, type Tops } from '../report/verdict-people.ts'
import { createAnswerCache, sendAnswer } from './answer-cache.ts'
import { ProblemError } from './problem.ts'
import { asOfSchema, communityOf, daySchema, explainBadRange, isSponsor, textOf, toTime } from './reading-request.ts'
import { createMemory } from './remember.ts'

/** Windows whose people were counted, kept for the pages of their cases; a few kilobytes each (our judgement). */
const MOST_WINDOWS = 100
const MOST_SUMS = 1000

const at = daySchema.describe('The day at whose end it is as known; the last known one when left out')
const view = z.enum(VERDICT_VIEWS).default('as_found').describe('Whether bots count too, or facilitators do not')
const params = z.object({ slug: z.string() })
const tags = ['reading']

/** The verdict of a day, and what is behind it: shown, not computed here. */
export const verdictRoutes =
  ({ pool, now }: { pool: pg.Pool; now: () => Date }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const answers = createAnswerCache()
    const windows = createMemory<JudgedWindow | null>(MOST_WINDOWS)
    const tops = createMemory<Tops>(MOST_WINDOWS)
    const sums = createMemory<Awaited<ReturnType<typeof countCases>>>(MOST_SUMS)

    // a day that is not over, or that the data do not reach, is known by the time of asking
    const hour = () => now().toISOString().slice(0, 13)

    const judged = async (request: FastifyRequest, query: WindowQuery): Promise<JudgedWindow> =>
      need(await explainBadRange(readJudgedWindow(pool, communityOf(request), query, now())))

    /** An answer that lasts as long as the results it is made from. */
    const answer = async (
      request: FastifyRequest,
      reply: FastifyReply,
      name: string,
      asked: readonly unknown[],
      build: () => Promise<unknown>,
    ) => {
      const community = communityOf(request)
      const readVersion = () => readResultsVersion(pool, community.community_id)
      const version = await readVersion()
      const make = async () => {
        const text = textOf(reply, await build())
        return { text, isKept: version !== null && (await readVersion()) === version }
      }
      return sendAnswer(
        request,
        reply,
        await answers.find(JSON.stringify([name, community, version, hour(), isSponsor(request), ...asked]), make),
      )
    }

    app.get(
      '/api/v1/communities/:slug/verdict',
      {
        config: { access: READERS },
        schema: {
          summary: 'The verdict as known at the end of a day',
          tags,
          params,
          querystring: z.object({ at, as_of: asOfSchema, view }),
          response: { 200: verdictSchema },
        },
      },
      async (request, reply) => {
        const { as_of, ...query } = request.query
        const build = async () => (await judged(request, { ...query, as_of: toTime(as_of, now()) })).verdict
        return as_of === undefined ? answer(request, reply, 'verdict', [query.at, query.view], build) : build()
      },
    )

    app.get(
      '/api/v1/communities/:slug/verdict/evidence',
      {
        config: { access: READERS },
        schema: {
          summary: 'The people and threads behind a verdict, its words of work, and who was left out',
          tags,
          params,
          querystring: z.object({ at, view }),
          response: { 200: verdictEvidenceSchema },
        },
      },
      async (request, reply) =>
        answer(request, reply, 'evidence', [request.query.at, request.query.view], async () =>
          buildVerdictEvidence(pool, await judged(request, request.query), { isSponsor: isSponsor(request) }),
        ),
    )

    app.get(
      '/api/v1/communities/:slug/verdict/cases',
      {
        config: { access: READERS },
        schema: {
          summary: 'What one test of a verdict counts, one by one, so that anyone can count again',
          tags,
          params,
          querystring: z.object({
            at,
            view,
            rule: z.string().max(80).describe('As in `rules` of the verdict'),
            metric: z.string().max(80).describe('As in `tests` of the rule'),
            alternative: z.coerce.number().int().min(0).max(99).optional().describe('Where a rule has several tests of one metric'),
            part: z.enum(CASE_PARTS).optional().describe('For fractions; the numerator when left out'),
            limit: z.coerce.number().int().min(1).max(500).default(50),
            after: z.string().max(240).optional().describe('The `next` of the page before'),
          }),
          response: { 200: verdictCasesSchema },
        },
      },
      async (request) => {
        const { at, view, ...query } = request.query
        const community = communityOf(request)
        const readVersion = () => readResultsVersion(pool, community.community_id)
        const version = await readVersion()
        const isStill = async () => version !== null && (await readVersion()) === version
        const key = JSON.stringify([community, version, hour(), at, view])
        const found = await windows(key, async () => ({
          value: await explainBadRange(readJudgedWindow(pool, community, { at, view }, now())),
          isKept: await isStill(),
        }))
        const window = need(found)
        const readTops = () =>
          tops(key, async () => ({ value: findTops(await readWindowPeople(pool, view, periodOf(window))), isKept: await isStill() }))
        const count: typeof countCases = (db, set, period) =>
          sums(JSON.stringify([key, set.list.id, set.where, set.amount?.sql]), async () => ({
            value: await countCases(db, set, period),
            isKept: await isStill(),
          }))
        const options = { isSponsor: isSponsor(request), count }
        return explainBadRange(buildVerdictCases(pool, window, readTops, query, options))
      },
    )

    app.get(
      '/api/v1/communities/:slug/verdict/comparison',
      {
        config: { access: READERS },
        schema: {
          summary: 'The verdict as found, with bots counted, and without facilitators, side by side',
          tags,
          params,
          querystring: z.object({ at }),
          response: { 200: verdictComparisonSchema },
        },
      },
      async (request, reply) =>
        answer(request, reply, 'comparison', [request.query.at], () =>
          explainBadRange(buildVerdictComparison(pool, communityOf(request), (view) => judged(request, { at: request.query.at, view }))),
        ),
    )
  }

const need = <T>(found: T | null): T => {
  if (found !== null) return found
  throw new ProblemError({
    status: 404,
    type: 'no-verdict',
    title: 'No verdict yet',
    detail: 'The community has no events that are counted yet. Send events or import a file; the verdict follows within seconds.',
  })
}
