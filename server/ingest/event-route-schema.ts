/** The event route as the API's description shows it. Bodies are streams and are checked event by event, so nothing is compiled from this. */
import { z } from 'zod'
import { eventSchema, ingestAnswerSchema, MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from '../../shared/contract/event.ts'
import { problemSchema } from '../../shared/contract/problem.ts'

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } })
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema.extend(ingestAnswerSchema.shape) } },
})

export const eventRouteSchema = {
  summary: 'Send events',
  tags: ['events'],
  description: [
    `As application/json, at most ${MAX_BATCH_EVENTS} events and ${MAX_BATCH_BYTES / 1024 / 1024} MiB; as application/x-ndjson, one event a line,`,
    'without limit; or as application/cloudevents-batch+json. Content-Encoding: gzip is read with each. What is answered as accepted',
    'is stored for good; the same event again is counted as duplicate, so sending again is always safe.',
  ].join(' '),
  consumes: ['application/json'],
  querystring: z.object({
    dry_run: z.enum(['true', 'false']).optional().describe('true checks and counts, and stores nothing'),
    on_conflict: z
      .enum(['report', 'replace'])
      .optional()
      .describe('The same id with another body: report it (default), or replace what is stored'),
  }),
  body: z.object({ events: z.array(eventSchema).max(MAX_BATCH_EVENTS) }),
  response: {
    200: ingestAnswerSchema.describe('Every event was accepted or is a duplicate'),
    207: ingestAnswerSchema.describe('Some events were not accepted: see events'),
    400: problem('The body or the query cannot be read; the counts say what is stored'),
    409: refusal('Every event contradicts a stored one'),
    413: problem('A JSON body with too many events or bytes'),
    415: problem('Another content type or encoding'),
    422: refusal('No event was accepted'),
    429: problem('Too many requests; Retry-After says when to come again'),
    503: problem('The database is away; Retry-After says when to come again, the counts what is stored'),
  },
}
