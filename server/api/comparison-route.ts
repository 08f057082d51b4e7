import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { COMPARED_DAYS, comparisonSchema, MAX_COMPARED, MIN_COMPARED } from '../../shared/contract/comparison.ts'
import { type Person, roleIn } from '../access/caller.ts'
import { refusalProblem } from '../access/refusal-problem.ts'
import { buildComparison } from '../report/comparison.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { readResultsVersion } from '../report/results-version.ts'
import { createAnswerCache, sendAnswer } from './answer-cache.ts'
import { ProblemError } from './problem.ts'
import { explainBadRange, textOf } from './reading-request.ts'

/** Two to five communities side by side, for persons: each must be one they may see. */
export const comparisonRoute =
  ({ pool }: { pool: pg.Pool }) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const answers = createAnswerCache()
    fastify.withTypeProvider<ZodTypeProvider>().get(
      '/api/v1/comparison',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'Two to five communities side by side, and the people they share',
          tags: ['reading'],
          querystring: z.object({
            of: z.string().max(400).describe('Their slugs, joined by commas, in the order they are to stand'),
            days: z.enum(COMPARED_DAYS).default('90').describe('The last days known of each'),
          }),
          response: { 200: comparisonSchema },
        },
      },
      async (request, reply) => {
        const days = Number(request.query.days)
        const slugs = [...new Set(request.query.of.split(',').filter((slug) => slug !== ''))]
        if (slugs.length < MIN_COMPARED || slugs.length > MAX_COMPARED)
          throw new ProblemError({
            status: 400,
            type: 'bad-comparison',
            title: 'This cannot be compared',
            detail: `Name ${MIN_COMPARED} to ${MAX_COMPARED} different communities, joined by commas; these are ${slugs.length}.`,
          })
        const person = request.caller as Person
        const found = await findCommunities(pool, slugs)
        const communities = slugs.map((slug) => found.get(slug))
        if (!communities.every((one) => one !== undefined && roleIn(person, one.community_id) !== null))
          throw new ProblemError(refusalProblem({ status: 404, reason: 'community' }).problem)
        const seen = communities as ReportedCommunity[]
        const mayCount = seen.map(({ community_id }) => ['administrator', 'manager'].includes(roleIn(person, community_id) ?? ''))
        const readVersions = () => Promise.all(seen.map(({ community_id }) => readResultsVersion(pool, community_id)))
        const versions = await readVersions()
        // who may be told of small groups is part of what is kept
        const answer = await answers.find(JSON.stringify([seen, days, mayCount, versions]), async () => {
          const text = textOf(reply, await explainBadRange(buildComparison(pool, seen, days, mayCount)))
          return { text, isKept: JSON.stringify(await readVersions()) === JSON.stringify(versions) }
        })
        return sendAnswer(request, reply, answer)
      },
    )
  }

const findCommunities = async (pool: pg.Pool, slugs: readonly string[]): Promise<Map<string, ReportedCommunity>> => {
  // PostgreSQL has no text with this character, and an address may hold it
  const { rows } = await pool.query<ReportedCommunity>(
    'select community_id, slug, name, time_zone, is_demo, demo_note, created_at from community where slug = any ($1::text[])',
    [slugs.filter((slug) => !slug.includes('\0'))],
  )
  return new Map(rows.map((row) => [row.slug, row]))
}
