/** The reports of a month of several communities on one page. It holds only what stands in each of them, so that it agrees with them. */
import { z } from 'zod'
import { monthSchema, reportFigureSchema } from './value-report.ts'
import { TRAJECTORIES, VERDICTS } from './verdict.ts'

/** What needs the reader's decision first; a community stands in the first that fits. */
export const PORTFOLIO_GROUPS = ['asks', 'declining', 'drifting', 'others'] as const
export type PortfolioGroup = (typeof PORTFOLIO_GROUPS)[number]

export const portfolioEntrySchema = z.object({
  slug: z.string(),
  name: z.string(),
  is_demo: z.boolean(),
  revision: z.int(),
  made_at: z.string(),
  headline: z.string().describe('The verdict and the trajectory in one sentence, as in its report'),
  verdict: z.enum(VERDICTS).nullable(),
  trajectory: z.enum(TRAJECTORIES).nullable(),
  is_drifting: z.boolean().describe('It is not what its managers declared it to be'),
  lines: z
    .array(reportFigureSchema.pick({ id: true, label: true, value: true, reason: true, when: true }))
    .describe('Members, answers, what members got and what it cost, as in its report'),
  ask: z.object({ text: z.string(), by: z.string().nullable() }).nullable(),
  caveats: z.array(z.string()),
})
export type PortfolioEntry = z.infer<typeof portfolioEntrySchema>

export const portfolioReportSchema = z.object({
  month: monthSchema,
  title: z.string().describe('December 2025'),
  sentence: z.string(),
  groups: z.array(z.object({ id: z.enum(PORTFOLIO_GROUPS), title: z.string(), entries: z.array(portfolioEntrySchema) })),
  totals: z.array(z.string()).describe('Sums where adding makes sense, in words, and why there are no others'),
  missing: z
    .array(z.object({ slug: z.string(), name: z.string(), reason: z.string() }))
    .describe('Communities without a report of the month'),
  order: z.string().describe('By which rule they stand in this order'),
  months: z.array(monthSchema).describe('Months of which there is any report, the newest first'),
})
export type PortfolioReport = z.infer<typeof portfolioReportSchema>

/** Whether the reader gets it by mail. */
export const portfolioSubscriptionSchema = z.object({
  is_subscribed: z.boolean(),
  address: z.string().describe('Where it is sent: the address of the account'),
  next_month: monthSchema.nullable().describe('The month of the next mail'),
  sent_by: z.string().nullable().describe('The last day on which that is sent, in UTC'),
})
export type PortfolioSubscription = z.infer<typeof portfolioSubscriptionSchema>
