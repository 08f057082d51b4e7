/** A report as a link opens it, for somebody who is not signed in. */
import { z } from 'zod'
import { valueReportSchema } from './value-report.ts'

export const sharedReportSchema = z.object({
  report: valueReportSchema,
  expires_at: z.string().nullable().describe('When the link ends; null: until it is taken back'),
})
export type SharedReport = z.infer<typeof sharedReportSchema>
