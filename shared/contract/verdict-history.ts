/** Every stored evaluation of a community in a few words each, for a timeline: all of them by one version of the rules. */
import { z } from 'zod'
import { intentionSchema, ownThresholdSchema, STRENGTHS, TRAJECTORIES, VERDICTS } from './verdict.ts'

export const verdictMomentSchema = z.object({
  at: z.string().describe('The day evaluated: a month end, or for the last one the last day with anything known'),
  is_month_over: z.boolean().describe('False for the last one while its month is not over: then it changes nothing that stands'),
  verdict: z.enum(VERDICTS).describe('What its window reads as'),
  support: z.number().nullable(),
  strength: z.enum(STRENGTHS).nullable(),
  standing: z.enum(VERDICTS).nullable().describe('The verdict that stands on that day'),
  trajectory: z.enum(TRAJECTORIES),
  intention: intentionSchema.shape.state.nullable().describe('Null where no charter is declared'),
  sentence: z.string().describe('What the window reads as, in one sentence'),
  rules_version: z.string(),
})
export type VerdictMoment = z.infer<typeof verdictMomentSchema>

export const verdictHistorySchema = z.object({
  rules_version: z.string().describe('Of the rules that all of it is judged by'),
  own_thresholds: z.array(ownThresholdSchema).describe('Thresholds that this community sets otherwise than by default'),
  verdicts: z.array(verdictMomentSchema).describe('Oldest first; none while nothing is known'),
})
export type VerdictHistory = z.infer<typeof verdictHistorySchema>
