/** A help episode: a question and what became of it. */
import { z } from 'zod'

export const EPISODE_STATES = ['open', 'answered', 'accepted'] as const

export const episodeSchema = z.object({
  source: z.string(),
  id: z.string().describe("The source's own id of the question"),
  url: z.string().nullable().describe('Where it happened'),
  channel: z.string().nullable(),
  asker: z.string().nullable().describe('Pseudonym; null when the asker is not known'),
  asked_at: z.string(),
  first_answered_at: z.string().nullable().describe('First answer by someone else'),
  helper_count: z.int().describe('People who answered'),
  answer_count: z.int(),
  state: z.enum(EPISODE_STATES),
})
export type Episode = z.infer<typeof episodeSchema>

export const episodesSchema = z.object({
  episodes: z.array(episodeSchema).describe('The newest question first'),
  total: z.int().describe('Episodes that match, on all pages together'),
  next: z.string().nullable().describe('Pass as `before` for the next page; null on the last'),
})
export type Episodes = z.infer<typeof episodesSchema>
