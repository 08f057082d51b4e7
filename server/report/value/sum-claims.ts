import { CLAIM_BANDS, type ClaimBand } from '../../../shared/contract/value-claim.ts'
import { isSmallCount } from '../cases.ts'
import type { Claim } from './read-claims.ts'

/** Hours that members claimed together: the lower ends, the middles and the upper ends of what they chose. */
export type ClaimSums = {
  /** How many claims and members the sums hold. */
  claim_count: number
  people_count: number
  low_hours: number
  central_hours: number
  high_hours: number
  /** Claims without an upper end stand apart: how many, of how many members. */
  open_count: number
  open_people_count: number
  /** Members with claims of either kind. */
  all_people_count: number
  /** The largest part of the upper sum that comes from one member, from 0 to 1; 0 where the sum is 0. */
  largest_part: number
}

/** Whose claims make up more than this part of the sum all but sets it: then it is shown to nobody (our judgement; dominance rule). */
export const MOST_OF_ONE = 0.5

/** Where a claim falls: hours sent as a number into the band that holds them, and on an edge into the lower one. Null: nothing said of time. */
export const bandOfClaim = ({ band, hours }: Pick<Claim, 'band' | 'hours'>): ClaimBand | null => {
  if (hours !== null) return CLAIM_BANDS.find(({ high_hours }) => high_hours === null || hours <= high_hours) ?? null
  return CLAIM_BANDS.find(({ id }) => id === band) ?? null
}

/**
 * The sums of these claims. The middle of a band lies halfway between its ends: nothing is known of how times lie within it. A claim
 * in the open band has no upper end, so it cannot be summed and stands apart.
 */
export const sumClaims = (claims: readonly Pick<Claim, 'band' | 'hours' | 'person_id'>[]): ClaimSums => {
  const placed = claims.flatMap((claim) => {
    const band = bandOfClaim(claim)
    return band === null ? [] : [{ person_id: claim.person_id, low: band.low_hours, high: band.high_hours }]
  })
  const closed = placed.flatMap(({ person_id, low, high }) => (high === null ? [] : [{ person_id, low, high }]))
  const open = placed.filter(({ high }) => high === null)
  const byPerson = new Map<string, number>()
  for (const { person_id, high } of closed) byPerson.set(person_id, (byPerson.get(person_id) ?? 0) + high)
  const low_hours = closed.reduce((sum, { low }) => sum + low, 0)
  const high_hours = closed.reduce((sum, { high }) => sum + high, 0)
  return {
    claim_count: closed.length,
    people_count: byPerson.size,
    low_hours,
    central_hours: closed.reduce((sum, { low, high }) => sum + (low + high) / 2, 0),
    high_hours,
    open_count: open.length,
    open_people_count: new Set(open.map(({ person_id }) => person_id)).size,
    all_people_count: new Set(placed.map(({ person_id }) => person_id)).size,
    largest_part: high_hours === 0 ? 0 : Math.max(...byPerson.values()) / high_hours,
  }
}

/** Why sums may not be shown to a sponsor; null where they may. */
export const whyHidden = (sums: ClaimSums): 'few' | 'one_member' | null => {
  if (isSmallCount(sums.people_count)) return 'few'
  return sums.largest_part > MOST_OF_ONE ? 'one_member' : null
}
