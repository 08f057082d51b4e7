/** What a community costs, as its managers say. */
import { z } from 'zod'
import { CURRENCIES, decimalsOf, widthOfLimit } from '../currencies.ts'

/** Our judgement: 125 people who do nothing else. More is rather a slip of the pen. */
export const MOST_HOURS = 20_000
/** What an hour, and what tools and the like a month, may cost in a currency like the euro; our judgement, against slips of the pen. */
export const MOST_RATE = 100_000
export const MOST_OTHER = 100_000_000
export const COST_NOTE_LENGTH = 1000
/** Statements one community may keep (our judgement: one a month for sixteen years). */
export const MOST_COSTS = 200
export const EARLIEST_COST_ON = '1970-01-01'
/** A budget is known a year ahead; a day beyond is rather a slip of the pen (our judgement). */
export const MOST_COST_DAYS_AHEAD = 366

const isText = (text: string) => text.isWellFormed() && !text.includes('\0')
const amount = (what: string) => z.number({ error: `write ${what} as a number; 0 if it is nothing` }).min(0, 'write 0 or more')

/** Whether a number has at most so many decimals, however it is stored: 0.1 + 0.2 has one. */
const hasDecimals = (value: number, most: number): boolean => Math.abs(value - Number(value.toFixed(most))) <= Math.abs(value) * 1e-12

const costFields = z.object({
  from_on: z.iso.date('write the day as 2025-12-31').describe('The first local day for which it holds, until the next statement'),
  hours_per_month: amount('the hours')
    .max(MOST_HOURS, `write at most ${MOST_HOURS.toLocaleString('en-GB')} hours`)
    .refine((hours) => hasDecimals(hours, 2), 'write at most two decimals')
    .describe('Hours of people’s work a month'),
  hourly_rate: amount('what an hour costs').describe('What one hour of it costs'),
  other_per_month: amount('what else it costs').describe('Tools and the like, a month'),
  currency: z.enum(CURRENCIES as [string, ...string[]], { error: 'name a currency by its code, such as EUR' }).describe('ISO 4217'),
  note: z
    .string()
    .trim()
    .max(COST_NOTE_LENGTH, `write at most ${COST_NOTE_LENGTH} characters`)
    .refine(isText, { error: 'leave out the characters that are no text' })
    .transform((text) => text || null)
    .nullable(),
})

/** What only both together tell: a currency's decimals, and what is absurd in it. */
const checkAmounts = (input: { currency: string; hourly_rate: number; other_per_month: number }, context: z.RefinementCtx): void => {
  const decimals = decimalsOf(input.currency)
  const limits = { hourly_rate: MOST_RATE, other_per_month: MOST_OTHER }
  for (const field of ['hourly_rate', 'other_per_month'] as const) {
    const most = limits[field] * widthOfLimit(input.currency)
    const message =
      input[field] > most
        ? `write at most ${most.toLocaleString('en-GB')} ${input.currency}`
        : hasDecimals(input[field], decimals)
          ? null
          : decimals === 0
            ? `amounts in ${input.currency} have no decimals`
            : `amounts in ${input.currency} have at most ${decimals} decimals`
    if (message !== null) context.addIssue({ code: 'custom', path: [field], message })
  }
}

export const costInputSchema = costFields.superRefine(checkAmounts)
export type CostInput = z.infer<typeof costInputSchema>

export const costChangeSchema = costFields
  .extend({ version: z.int().min(1).describe('The version that was changed: refused with 409 when another stands by now') })
  .superRefine(checkAmounts)

export const costSchema = z.object({
  cost_id: z.string(),
  from_on: z.string(),
  hours_per_month: z.number(),
  hourly_rate: z.number(),
  other_per_month: z.number(),
  currency: z.string(),
  note: z.string().nullable(),
  version: z.int().describe('Goes up with every change; a change names the version it was made of'),
  updated_at: z.string(),
  updated_by: z.string().nullable().describe('Name of who changed it last; null where the account is gone'),
  until_on: z.string().nullable().describe('The last local day for which it holds; null: until further notice'),
  per_month: z.number().describe('Hours × what an hour costs + the rest'),
})
export type Cost = z.infer<typeof costSchema>
export const costsSchema = z.object({ costs: z.array(costSchema).describe('The newest first') })
