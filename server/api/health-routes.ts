import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { CASE_PARTS } from '../../shared/case-parts.ts'
import { casesSchema } from '../../shared/contract/case.ts'
import { casePlaceSchema } from '../../shared/contract/case-place.ts'
import { EPISODE_STATES, episodesSchema } from '../../shared/contract/episode.ts'
import { healthReportSchema } from '../../shared/contract/health-report.ts'
import { catalogueSchema } from '../../shared/contract/metric.ts'
import { spansSchema } from '../../shared/contract/span.ts'
import { retentionSchema } from '../../shared/contract/retention.ts'
import { GRAINS } from '../../shared/period.ts'
import { READERS } from '../access/access-rule.ts'
import { describeMetric, metrics } from '../metrics/catalogue.ts'
import { buildEpisodes } from '../report/episodes.ts'
import { buildCasePlace } from '../report/case-place.ts'
import { buildCases } from '../report/cases.ts'
import { buildHealthReport } from '../report/health-report.ts'
import { buildRetention } from '../report/retention.ts'
import { buildSpans } from '../report/spans.ts'
import { createAnswerCache, sendAnswer } from './answer-cache.ts'
import { ProblemError } from './problem.ts'
import { createSendKept } from './send-kept.ts'
import { asOfSchema, communityOf, explainBadRange, isSponsor, textOf, toTime } from './reading-request.ts'

const label = z.string().max(10).optional()

/** Health, cases and the catalogue: shown, not computed here. */
export const healthRoutes =
  ({ pool, now }: { pool: pg.Pool; now: () => Date }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const answers = createAnswerCache()
    const sendKept = createSendKept(pool, answers)

    app.get(
      '/api/v1/metrics',
      {
        config: { access: { signed_in: true, scope: 'read' } },
        schema: { summary: 'The catalogue of metrics', tags: ['reading'], response: { 200: catalogueSchema } },
      },
      async (request, reply) =>
        sendAnswer(
          request,
          reply,
          await answers.find('catalogue', async () => ({ text: textOf(reply, { metrics: metrics.map(describeMetric) }), isKept: true })),
        ),
    )

    app.get(
      '/api/v1/communities/:slug/health',
      {
        config: { access: READERS },
        schema: {
          summary: 'What a community is found to be over a range of periods',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({ from: label, to: label, grain: z.enum(GRAINS).optional(), as_of: asOfSchema }),
          response: { 200: healthReportSchema },
        },
      },
      async (request, reply) => {
        const { as_of, ...range } = request.query
        const community = communityOf(request)
        const build = () => explainBadRange(buildHealthReport(pool, community, { ...range, as_of: toTime(as_of, now()) }, now()))
        if (as_of !== undefined) return build()
        return sendKept(request, reply, ['health', range.from, range.to, range.grain], build)
      },
    )

    app.get(
      '/api/v1/communities/:slug/spans',
      {
        config: { access: READERS },
        schema: {
          summary: 'Every metric over spans of days, each taken as one period',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            days: z
              .string()
              .max(160)
              .describe('The first and the last day of each, both in it, joined by commas: 2025-06-01..2025-08-31,2025-09-01..2025-11-30'),
            metrics: z.string().max(2000).optional().describe('Only these, joined by commas'),
          }),
          response: { 200: spansSchema },
        },
      },
      async (request, reply) => {
        const { days, metrics: wanted } = request.query
        return sendKept(request, reply, ['spans', days, wanted], () =>
          explainBadRange(buildSpans(pool, communityOf(request), days.split(','), wanted?.split(','))),
        )
      },
    )

    app.get(
      '/api/v1/communities/:slug/episodes',
      {
        config: { access: READERS },
        schema: {
          summary: 'Help episodes: the questions of a range and what became of each',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            from: label.describe('A day, week or month; without one, everything'),
            to: label,
            state: z.enum(EPISODE_STATES).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
            before: z.string().max(80).optional().describe('The `next` of the page before'),
          }),
          response: { 200: episodesSchema },
        },
      },
      async (request) => explainBadRange(buildEpisodes(pool, communityOf(request), request.query)),
    )

    app.get(
      '/api/v1/communities/:slug/cases',
      {
        config: { access: READERS },
        schema: {
          summary: 'The cases behind one number: what it counts, so that anyone can count again',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            metric: z.string().max(80).describe('As in GET /api/v1/metrics'),
            period: z
              .string()
              .max(24)
              .describe('A day, week, month or span of days: 2025-01-31, 2025-W05, 2025-01, 2025-09-01..2025-11-30'),
            category: z.string().max(80).optional().describe('For metrics that have categories'),
            part: z.enum(CASE_PARTS).optional().describe('For fractions; the denominator when left out'),
            limit: z.coerce.number().int().min(1).max(500).default(50),
            after: z.string().max(240).optional().describe('The `next` of the page before'),
          }),
          response: { 200: casesSchema },
        },
      },
      async (request) => {
        return explainBadRange(buildCases(pool, communityOf(request), request.query, { isSponsor: isSponsor(request), now: now() }))
      },
    )

    app.get(
      '/api/v1/communities/:slug/case',
      {
        config: { access: READERS },
        schema: {
          summary: 'One case: what it is, what stands around it, and the other numbers it counts in',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            source: z.string().max(200).optional().describe('With `id`: the event that it is'),
            id: z.string().max(2000).optional(),
            metric: z
              .string()
              .max(80)
              .optional()
              .describe('With `period` and `key`: a case of this list that is no event, such as a person'),
            category: z.string().max(80).optional(),
            period: label,
            key: z
              .string()
              .max(240)
              .regex(/^[^\0]*$/)
              .optional()
              .describe('As the list of cases says it'),
            grain: z.enum(GRAINS).default('month').describe('Whose numbers: those of the day, the week or the month in which it lies'),
          }),
          response: { 200: casePlaceSchema },
        },
      },
      async (request) => {
        const { source, id, metric, category, period, key, grain } = request.query
        const query =
          source !== undefined && id !== undefined
            ? { source, id, grain }
            : metric !== undefined && period !== undefined && key !== undefined
              ? { metric, category, period, key, grain }
              : null
        if (query === null)
          throw new ProblemError({
            status: 400,
            type: 'bad-range',
            title: 'Which case?',
            detail: 'Name an event by `source` and `id`, or a case of a list by `metric`, `period` and `key`.',
          })
        return explainBadRange(buildCasePlace(pool, communityOf(request), query, { isSponsor: isSponsor(request), now: now() }))
      },
    )

    app.get(
      '/api/v1/communities/:slug/retention',
      {
        config: { access: READERS },
        schema: {
          summary: 'Who stays, by month of joining: shares by age, and the curves behind them',
          tags: ['reading'],
          params: z.object({ slug: z.string() }),
          querystring: z.object({
            from: label.describe('A month: 2025-01; without a range, the last twelve'),
            to: label,
            as_of: asOfSchema,
          }),
          response: { 200: retentionSchema },
        },
      },
      async (request) => {
        const { as_of, ...range } = request.query
        return explainBadRange(buildRetention(pool, communityOf(request), { ...range, as_of: toTime(as_of, now()) }, now()))
      },
    )
  }
