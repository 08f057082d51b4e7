/**
 * Every figure of the detector of shares that are its own. What it has in common with the detector of counts (windows, reference,
 * seasons, when it is over) is taken from there. Found by simulation (docs/alerts.md), and our judgement where that left a choice.
 */

/** The last weeks that are judged: the first of these lengths that hold enough cases; and twice as many before them. */
export const SHARE_WINDOWS = [8, 13, 26] as const
export const LEAST_CASES = 16
export const LEAST_CASES_BEFORE = 32

/** Beyond this many standard deviations it is noticed: one series stands alone, so nothing but itself can bear it out. */
export const SHARE_Z = 3
/**
 * What a share swings by before its own past tells: variance over that of chance, growing as a share that wanders by a fifth of its odds
 * makes it. The top person's wanders further, by more than a quarter: helpers take turns, and that halves its false alarms.
 */
export const shareSwingBefore = (variance: number, wander: number): number => 1.5 + wander * variance
export const WANDER = { adding: 0.04, top: 0.08 } as const

/** It is over once this part of the rise or less is left; and clearly worse from this much more on. */
export const RECOVERED_REST = 0.25
export const WORSE_RISE = 0.1

/** A share of those unanswered is told of from a tenth of all more on, the top person's from 15 points, and either from five cases more on. */
export const RISE_LIMITS = {
  unanswered: { rise: 0.1, cases: 5, share: 0 },
  top: { rise: 0.15, cases: 5, share: 0.5 },
} as const

/** Weeks at the beginning of the data in which whoever was there before looks new. */
export const NEW_WEEKS = 13
