/** Cases of how many, in the weeks judged and in those they are set against. */
export type Share = { cases: number; of: number }

/** k·ln(k/m), which is 0 for k = 0. */
const term = (count: number, mean: number): number => (count === 0 ? 0 : count * Math.log(count / mean))

export const shareOf = ({ cases, of }: Share): number => (of === 0 ? 0 : cases / of)
export const sumOf = (shares: readonly Share[]): Share => ({
  cases: shares.reduce((sum, share) => sum + share.cases, 0),
  of: shares.reduce((sum, share) => sum + share.of, 0),
})

/**
 * How far one share is above another, in standard deviations: the signed root of the likelihood ratio of two binomial shares, over the
 * dispersion (1 for pure chance). 0 where either has no cases at all to be a share of. A test of the counts alone (Poisson) would take
 * a share of nearly all for one that can vary by as much as a rate, and miss most of its fall.
 */
export const changeOfShare = (now: Share, before: Share, dispersion = 1): number => {
  const all = now.of + before.of
  if (now.of === 0 || before.of === 0) return 0
  const pooled = (now.cases + before.cases) / all
  const surprise = [now, before].reduce((sum, { cases, of }) => sum + term(cases, of * pooled) + term(of - cases, of * (1 - pooled)), 0)
  return Math.sign(shareOf(now) - shareOf(before)) * Math.sqrt((2 * Math.max(0, surprise)) / dispersion)
}

/**
 * The difference of two shares where chance has the same breadth at every share (arcsine of the root, Anscombe 1948), with its variance:
 * near none and near all, which are what is usual here, the logarithm of the odds hardly knows anything.
 */
export const changeOfAngle = (now: Share, before: Share, dispersion: number): { value: number; variance: number } => {
  const angle = ({ cases, of }: Share) => Math.asin(Math.sqrt((cases + 3 / 8) / (of + 3 / 4)))
  const variance = ({ of }: Share) => 1 / (4 * of + 2)
  return { value: angle(now) - angle(before), variance: dispersion * (variance(now) + variance(before)) }
}
