/** What changed in the last finished period, by how surprising it is against the community's own past. */
import { z } from 'zod'
import { pointSchema } from './metric.ts'

export const CHANGE_GRAINS = ['month', 'week'] as const

export const changeSchema = z.object({
  id: z.string().describe('The metric'),
  category: z.string().nullable(),
  point: pointSchema,
  before: pointSchema.nullable().describe('The period before; null where no data reach it'),
  year_before: pointSchema.nullable().describe('The same period a year before, for weeks 52 weeks before; null where no data reach it'),
  past: z.array(pointSchema).describe('The periods it is set against, the oldest first'),
  usual: z
    .object({
      low: z.number(),
      high: z.number(),
      expected: z.number(),
      of: z.int().nullable().describe('For shares: low, high and expected are cases of so many, the denominator of the period'),
    })
    .nullable()
    .describe('What lies in it, both ends included, is not unusual; null where it cannot be told'),
  side: z.enum(['below', 'above']).nullable(),
  probability: z.number().nullable().describe('Of a period at least as far out on either side, if nothing has changed'),
  once_in: z.number().nullable().describe('1 ÷ probability: chance brings it about once in so many periods'),
  is_unusual: z.boolean().describe('As rare as `unusual_once_in` says or rarer, and not so a year before'),
  is_as_a_year_before: z.boolean().describe('The same period a year before lay out on the same side: the season, by the look of it'),
  meaning: z.enum(['better', 'worse']).nullable().describe('Only of what is unusual, and only where the metric has a direction'),
  cannot_tell: z.string().nullable().describe('Why nothing is said of how surprising it is; a sentence'),
})
export type Change = z.infer<typeof changeSchema>

export const changesSchema = z.object({
  known_by: z.string().nullable(),
  grain: z.enum(CHANGE_GRAINS),
  period: z.string().nullable().describe('The period spoken of, which is over; null while none is'),
  before: z.string().nullable(),
  year_before: z.string().nullable(),
  unusual_once_in: z.number().describe('A number is called unusual when chance brings it once in so many periods or more rarely'),
  looked_at: z.int().describe('Numbers of which it could be told how surprising they are'),
  expected_by_chance: z.number().describe('How many of those would be called unusual if nothing had changed'),
  least_past: z.int().describe('Periods that must lie before one that is judged'),
  cannot_tell: z.string().nullable().describe('Why nothing at all can be told; a sentence'),
  changes: z.array(changeSchema).describe('The most surprising first; those of which it cannot be told last'),
})
export type Changes = z.infer<typeof changesSchema>
