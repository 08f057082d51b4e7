/** What members say an answer was worth to them: `properties` of the event `value.reported`, whoever sends it. */
import { cleanWords } from '../clean-words.ts'

export const SOLVED = ['yes', 'partly', 'no'] as const
export type Solved = (typeof SOLVED)[number]
export const SOLVED_WORDS: Record<Solved, string> = { yes: 'Yes', partly: 'Partly', no: 'No' }

export const BAND_IDS = ['none', 'minutes', 'hour', 'half_day', 'two_days', 'more'] as const
export type BandId = (typeof BAND_IDS)[number]

/** `high_hours` is null where the band is open: nobody said how much more. */
export type ClaimBand = { id: BandId; label: string; low_hours: number; high_hours: number | null }

/**
 * Time that an answer saved, as people can tell it afterwards: nobody knows minutes, everybody knows whether it was an hour or a day.
 * Each band is about four times as wide as the one before; a working day has eight hours. Our judgement.
 */
export const CLAIM_BANDS: readonly ClaimBand[] = [
  { id: 'none', label: 'None', low_hours: 0, high_hours: 0 },
  { id: 'minutes', label: 'Under 15 minutes', low_hours: 0, high_hours: 0.25 },
  { id: 'hour', label: '15 minutes to an hour', low_hours: 0.25, high_hours: 1 },
  { id: 'half_day', label: '1 to 4 hours', low_hours: 1, high_hours: 4 },
  { id: 'two_days', label: 'Half a day to two days', low_hours: 4, high_hours: 16 },
  { id: 'more', label: 'More than two days', low_hours: 16, high_hours: null },
]

export const CONSENTS = ['name', 'role', 'anonymous', 'none'] as const
export type Consent = (typeof CONSENTS)[number]

/** Characters; our judgement: a story for a page that is read in two minutes. */
export const MAX_STORY_LENGTH = 1_000
/** Characters of a name or a role as its bearer writes it. */
export const MAX_BEARER_LENGTH = 80
/** More than a year of work is a slip of the pen; our judgement. */
const MAX_HOURS = 2_000

/** What is used of an event; null: not said, or not in a way that can be used. */
export type ValueWords = {
  solved: Solved | null
  band: BandId | null
  hours_saved: number | null
  story: string | null
  /** Without a word about it a story is shown to nobody. */
  consent: Consent
  name: string | null
  role: string | null
}

const choice = <Value extends string>(values: readonly Value[], given: unknown): Value | null =>
  values.find((value) => value === given) ?? null
const words = (given: unknown, length: number, isOneLine: boolean): string | null =>
  typeof given === 'string' ? cleanWords(given, { length, isOneLine }) || null : null

/** Reads `properties` of `value.reported` from any sender: what has another shape is left aside, never guessed at. */
export const readValueWords = (properties: unknown): ValueWords => {
  const given = (typeof properties === 'object' && properties !== null ? properties : {}) as Record<string, unknown>
  const hours = given.hours_saved
  return {
    solved: choice(SOLVED, given.solved),
    band: choice(BAND_IDS, given.band),
    hours_saved: typeof hours === 'number' && hours >= 0 && hours <= MAX_HOURS ? hours : null,
    // a longer one comes from another sender; the report says where it shortens
    story: words(given.story, 16_384, false),
    consent: choice(CONSENTS, given.consent) ?? 'none',
    name: words(given.name, MAX_BEARER_LENGTH, true),
    role: words(given.role, MAX_BEARER_LENGTH, true),
  }
}

export const bandOf = (id: BandId): ClaimBand => CLAIM_BANDS.find((band) => band.id === id) as ClaimBand
