/** Problem documents (RFC 9457): the shape of every error that leaves over HTTP. */
import { z } from 'zod'

export const problemSchema = z.looseObject({
  type: z.string().describe('A stable name of the problem, /problems/<name>'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What happened and what to do'),
  instance: z.string().optional(),
})
export type Problem = z.infer<typeof problemSchema>
