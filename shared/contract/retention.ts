/** Who stays: by month of joining, share by age, and the curve behind the shares. */
import { z } from 'zod'
import { measuredSchema, pointSchema } from './metric.ts'

export const curveStepSchema = z.object({
  day: z.int().describe('Whole days since the day of joining'),
  at_risk: z.int().describe('Still there and followed on that day'),
  gone: z.int().describe('Gone on that day'),
  share: z.number().describe('Share still there after that day'),
  low: z.number().nullable().describe('Lower end of the 95 % band; null where the share is 0 or 1'),
  high: z.number().nullable(),
})

export const retentionCurveSchema = z.object({
  people_count: z.int().describe('People the curve rests on'),
  ends_before_day: z.int().describe('From this day on too few are followed; the share of the last step holds up to the day before'),
  followed: z
    .array(z.object({ day: z.int(), count: z.int() }))
    .describe('Still there and followed on every thirtieth day, as far as the curve goes'),
  steps: z.array(curveStepSchema).describe('The days on which somebody was gone; before the first the share is 1'),
})
export type RetentionCurve = z.infer<typeof retentionCurveSchema>

/** How many are there after a number of days, where everybody could be followed so long: also of cohorts too small for a share. */
const still = z.object({ count: z.int(), of: z.int() }).nullable().describe('Null where not everybody could be followed so long')

const found = {
  started_count: z.int().describe('Everyone who joined (or was first seen) in it'),
  curve: retentionCurveSchema.nullable().describe('Null where there is none; the reasons of the shares say why'),
}

const months = { from: z.string().describe('The first month of it that was asked for'), to: z.string() }

/** Several months as one cohort. */
const pooledSchema = z.object({
  ...found,
  shares: z.array(measuredSchema.extend({ days: z.int(), still })),
  median: measuredSchema,
})

export const retentionSchema = z.object({
  from: z.string(),
  to: z.string(),
  known_by: z.string().nullable().describe('Nothing later than this time is used; null while the community has no events'),
  ages: z.array(z.int()).describe('Days after joining at which shares are told'),
  begins_with: z
    .enum(['joining', 'first_seen'])
    .describe('first_seen where no joining is known: then old members are among the newcomers of the first months'),
  cohorts: z.array(
    z.object({
      period: z.string().describe('The month of joining'),
      ...found,
      shares: z.array(pointSchema.extend({ days: z.int(), still })).describe('The series of the metric `retention`, one an age'),
      median: pointSchema.describe('The metric `retention-median`'),
    }),
  ),
  quarters: z.array(pooledSchema.extend(months)).describe('The same by quarter, for communities whose months are too small to speak'),
  years: z.array(pooledSchema.extend(months)),
  all: pooledSchema
    .nullable()
    .describe('The people of all these months as one cohort; who joined before the data counts from the first activity on'),
})
export type Retention = z.infer<typeof retentionSchema>
export type PooledCohort = z.infer<typeof pooledSchema>
