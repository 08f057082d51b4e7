/** Alerts of all communities: what stands, what to expect, and the budget of false alarms. */
import { z } from 'zod'
import { alertRuleIdSchema } from './alert.ts'

/** More than this a year is no budget; our judgement. */
export const MOST_FALSE_ALARMS = 1000

export const budgetChangeSchema = z.strictObject({
  false_alarms: z
    .number('give a number a year')
    .min(0, 'give a number from 0 on')
    .max(MOST_FALSE_ALARMS, `give a number up to ${MOST_FALSE_ALARMS}`)
    .nullable()
    .describe('False alarms a year over all communities and rules; null: no budget, and the usual limits'),
  version: z.int().min(0).describe('The version that was changed, 0 where it was never set: refused with 409 when another stands by now'),
})
export type BudgetChange = z.infer<typeof budgetChangeSchema>

export const budgetSchema = z.object({
  false_alarms: z.number().nullable().describe('As set, a year; null: none is'),
  strictness: z.number().describe('Limits times this, where a community has set nothing else'),
  expected: z.number().describe('False alarms a year to expect by the limits that hold'),
  is_kept: z.boolean().describe('Whether that is within the budget'),
  steps: z
    .array(
      z.object({
        strictness: z.number(),
        expected: z.number().describe('False alarms a year'),
        weeks: z.number().nullable().describe('Half of communities that halve are noticed within so many weeks; null: not simulated'),
      }),
    )
    .describe('What each strictness that a budget may take comes to, the usual first'),
  weeks_of: z.string().describe('Which simulated communities these weeks are of'),
  without_limits: z.number().describe('Of what is expected: of rules that cannot be made stricter'),
  own: z.number().describe('Of what is expected: where communities have limits of their own'),
  own_count: z.int().describe('Settings of communities that the budget does not reach'),
  unstated_count: z.int().describe('Rules judged now of which nobody has measured how often they are false; they count in no sum'),
  watched: z.object({
    communities: z.int().describe('In which something is judged now'),
    rules: z.int().describe('Rules judged now, over all of them'),
  }),
  version: z.int(),
  updated_at: z.string().nullable(),
  updated_by: z.string().nullable(),
  tightened_at: z.string().nullable().describe('When limits were made stricter by themselves, since more is watched than when it was set'),
})
export type Budget = z.infer<typeof budgetSchema>

const recordSchema = z.object({
  years: z.number().describe('Years of watching, those of each rule added'),
  told: z.int(),
  ruled: z.int().describe('Of which somebody said whether they were right'),
  false_alarms: z.int().describe('Called so'),
  expected: z.number().describe('False alarms in that time, by what is stated'),
  low: z.number().describe('95 % interval of the number behind those called false (exact Poisson)'),
  high: z.number(),
  sentence: z.string().describe('Whether what is stated holds, in words'),
})
export type AlarmRecord = z.infer<typeof recordSchema>

const oneSchema = z.object({
  alert_id: z.guid(),
  rule: alertRuleIdSchema,
  headline: z.string(),
  began_on: z.string(),
})

export const allAlertsSchema = z.object({
  communities: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      time_zone: z.string(),
      is_demo: z.boolean(),
      standing: z
        .array(oneSchema.extend({ is_history: z.boolean().describe('From before it was watched: nobody was told') }))
        .describe('The newest first'),
      last: oneSchema
        .extend({
          told_at: z.string(),
          is_false: z.boolean(),
          stood_on: z.string().nullable().describe('It stood when the data ended, on this day; nothing later is known'),
        })
        .nullable()
        .describe('Told last, where nothing stands'),
      judged_count: z.int().describe('Rules that can tell something now'),
      rule_count: z.int().describe('Rules there are for this reader'),
      watching: z.string().describe('What is watched and why the rest is not, in words'),
      expected: z.number().nullable().describe('False alarms a year; null: nothing can be told'),
      record: recordSchema,
    }),
  ),
  expected: z.number().describe('False alarms a year over these communities'),
  record: recordSchema,
})
export type AllAlerts = z.infer<typeof allAlertsSchema>
export type AlertsOfCommunity = AllAlerts['communities'][number]
