import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { EVENT_TYPES } from '../../shared/contract/event.ts'
import { formatsSchema } from '../../shared/contract/import.ts'
import { CAPABILITIES } from '../../shared/contract/metric.ts'
import { OTHER_RULES } from '../ingest/classify/describe-rules.ts'
import { RULES } from '../ingest/classify/rules.ts'
import { KNOWN_SOURCES } from '../ingest/sources/known-sources.ts'

/** Every format that can be imported: how to get the export, and what it can and cannot tell. */
export const formatsRoute = async (fastify: FastifyInstance): Promise<void> => {
  const app = fastify.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/formats',
    {
      config: { access: 'signed_in' },
      schema: { summary: 'What can be imported, how to get it, and what it tells', tags: ['data'], response: { 200: formatsSchema } },
    },
    async () => ({
      formats: KNOWN_SOURCES.map(({ name, title, tells, guide }) => ({
        name,
        title,
        files: guide.files,
        how_to_get: [...guide.how_to_get],
        reads: [...guide.reads],
        cannot: [...guide.cannot],
        tells: tells === null ? null : [...tells],
        cannot_tell: tells === null ? [] : CAPABILITIES.filter((one) => !tells.includes(one)),
        says_questions: guide.says_questions,
      })),
      types: [...EVENT_TYPES],
      rules: Object.fromEntries([...RULES, ...OTHER_RULES].map(({ id, says }) => [id, says])),
    }),
  )
}
