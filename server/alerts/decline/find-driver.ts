/** Which part of a whole carries its change. Pure. */

/** A part of what is counted: over the weeks judged, and over those they are set against. */
export type Part = {
  /** Null: what belongs to none, which is no cause. */
  key: string | null
  label: string
  /** Different people counted in it, over both. */
  people: number
  now: number
  /** What would be usual of it in the weeks judged. */
  usual: number
}

export type JudgedPart = Part & {
  /** Cases for the worse. */
  excess: number
  /** Of the whole change: parts that go the other way make it less than 0, and others more than 1. */
  share: number
  /** Of all, as it used to be. */
  usual_share: number
  /** Standard deviations by which its share of all has changed for the worse. */
  z: number
}

export type Found = { named: JudgedPart | null; parts: JudgedPart[]; excess: number }

/** A cause explains at least half. */
export const LEAST_SHARE = 0.5
/**
 * Its share of all must have changed by more than chance: where all falls alike, the largest part explains half without being the cause.
 * At 2.3 a part is named in two or three of a hundred such falls, and the one that carries it in eight or more of ten (find-driver.test.ts).
 */
const LEAST_Z = 2.3
/** Of fewer usual cases, or of fewer that are missing, a part is too small to explain anything (our judgement). */
const LEAST_USUAL = 8
const LEAST_EXCESS = 5
/** Of fewer people nothing is told (house rule of what sponsors and viewers may read). */
export const LEAST_PEOPLE = 5

const term = (count: number, mean: number): number => (count <= 0 ? 0 : count * Math.log(count / mean))

/**
 * `before`: how many cases what is usual rests on; `dispersion`: variance over that of pure chance; `direction`: −1 fewer is worse.
 * A part is named if it explains half, and its share of all has changed (signed root of the likelihood ratio of two shares).
 */
export const findDriver = (
  parts: readonly Part[],
  { direction, dispersion, before }: { direction: -1 | 1; dispersion: number; before: number },
): Found => {
  const now = parts.reduce((sum, one) => sum + one.now, 0)
  const usual = parts.reduce((sum, one) => sum + one.usual, 0)
  const excess = direction * (now - usual)
  if (excess <= 0 || usual === 0) return { named: null, parts: [], excess: 0 }
  const judged = parts
    .map((part): JudgedPart => {
      const own = direction * (part.now - part.usual)
      const usual_share = part.usual / usual
      return {
        ...part,
        excess: own,
        share: own / excess,
        usual_share,
        z: direction * changeOfShare(part.now, now, usual_share, before, dispersion),
      }
    })
    .sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1))
  const named = judged.find(
    (part) =>
      part.key !== null &&
      part.share >= LEAST_SHARE &&
      part.z >= LEAST_Z &&
      Math.max(part.usual, part.now) >= LEAST_USUAL &&
      part.excess >= LEAST_EXCESS,
  )
  return { named: parts.length > 1 ? (named ?? null) : null, parts: judged, excess }
}

/** k of n now against a share of so many before. */
const changeOfShare = (k: number, n: number, share: number, before: number, dispersion: number): number => {
  if (n === 0 || before <= 0 || share <= 0 || share >= 1) {
    // what was not there before
    if (share > 0 || n === 0 || before <= 0) return 0
  }
  const then = share * before
  const all = (k + then) / (n + before)
  if (all <= 0 || all >= 1) return 0
  const surprise = term(k, n * all) + term(n - k, n * (1 - all)) + term(then, before * all) + term(before - then, before * (1 - all))
  return Math.sign(k / n - share) * Math.sqrt((2 * Math.max(0, surprise)) / dispersion)
}
