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

/** The difference of the logarithms of the odds, with its variance: half a case is added on either side, so that none and all have a place. */
export const changeOfOdds = (now: Share, before: Share, dispersion: number): { value: number; variance: number } => {
  const logOdds = ({ cases, of }: Share) => Math.log((cases + 0.5) / (of - cases + 0.5))
  const variance = ({ cases, of }: Share) => 1 / (cases + 0.5) + 1 / (of - cases + 0.5)
  return { value: logOdds(now) - logOdds(before), variance: dispersion * (variance(now) + variance(before)) }
}
