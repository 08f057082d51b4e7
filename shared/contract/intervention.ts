/** What managers tried, by day, and what became of the numbers after it. */
import { z } from 'zod'

export const interventionInputSchema = z.object({
  on: z.iso.date('write the day as 2025-12-31').describe('The local day it began'),
  title: z.string().trim().min(1, 'say in a few words what was tried').max(120),
  note: z.string().trim().max(4000).nullable(),
  metrics: z.array(z.string().max(80)).max(6).describe('What it was meant to change: metrics, of which before and after are shown first'),
})
export type InterventionInput = z.infer<typeof interventionInputSchema>

export const interventionSchema = interventionInputSchema.extend({
  intervention_id: z.string(),
  version: z.int().describe('Goes up with every change; a change names the version it was made of'),
  created_at: z.string(),
  updated_at: z.string(),
  updated_by: z.string().nullable().describe('Name of who changed it last, for managers'),
})
export type Intervention = z.infer<typeof interventionSchema>

export const interventionsSchema = z.object({ interventions: z.array(interventionSchema).describe('The newest first') })
