/** Cases: what a number is made of, one row each, so that anyone can count again. */
import { z } from 'zod'
import { CASE_PARTS } from '../case-parts.ts'
import { caseColumnSchema, caseSetSchema } from './case-set.ts'
import { pointSchema } from './metric.ts'

export const caseSchema = z.object({
  key: z.string().describe('The same for the same case on every page and at every time'),
  amount: z.number().describe('What the case adds to the total: 1, or a sum of its own such as the answers of a person'),
  in_numerator: z
    .boolean()
    .nullable()
    .describe('Of the cases of a denominator: counts in the numerator too; null where the two are not of a kind'),
  source: z.string().nullable().describe('Where it happened: the source, its own id there, and the address if there is one'),
  id: z.string().nullable(),
  url: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).describe('By column'),
})
export type Case = z.infer<typeof caseSchema>

export const casesSchema = z.object({
  metric: z.string(),
  category: z.string().nullable(),
  period: z.string(),
  part: z.enum(CASE_PARTS).nullable(),
  point: pointSchema.describe('The number these are the cases of'),
  equals: z.enum(['value', 'n', ...CASE_PARTS]).describe('Which field of the point the total is equal to'),
  numerator: caseSetSchema.nullable(),
  denominator: caseSetSchema.nullable(),
  shown: caseSetSchema.describe('The cases of this page'),
  columns: z.array(caseColumnSchema),
  total: z.number().nullable().describe('What all cases on all pages add up to; null where the number itself may not be told'),
  count: z.int().describe('Cases on all pages together'),
  cases: z.array(caseSchema),
  next: z.string().nullable().describe('Pass as `after` for the next page; null on the last'),
  hidden: z.string().nullable().describe('Why cases, or the people in them, are not shown'),
  time_zone: z.string(),
})
export type Cases = z.infer<typeof casesSchema>
