import { wilsonInterval } from '../../server/metrics/statistics/wilson-interval.ts'

/** k of n month ends in so many communities, with a 95 % interval for the share. */
export type ClusterShare = { k: number; n: number; communities: number; low: number; high: number }

/**
 * A share of month ends whose communities were drawn, not the month ends: those of one community are alike. The variance of the ratio
 * estimator over communities (Cochran 1977, Sampling Techniques, 6.3) gives an effective number of month ends, at least the number of
 * communities and at most that of month ends, and Wilson's interval takes that. Where all or none are right the variance cannot be told, and
 * the communities are the sample. Null without any.
 */
export const clusterShare = (clusters: readonly { k: number; n: number }[]): ClusterShare | null => {
  const some = clusters.filter(({ n }) => n > 0)
  const communities = some.length
  if (communities === 0) return null
  const k = some.reduce((sum, one) => sum + one.k, 0)
  const n = some.reduce((sum, one) => sum + one.n, 0)
  const share = k / n
  const squares = some.reduce((sum, one) => sum + (one.k - share * one.n) ** 2, 0)
  const variance = communities > 1 ? (squares * communities) / ((communities - 1) * n * n) : 0
  const plain = (share * (1 - share)) / variance
  const effective = variance > 0 ? Math.min(n, Math.max(communities, plain)) : communities
  const interval = wilsonInterval(share * effective, effective) as { low: number; high: number }
  return { k, n, communities, ...interval }
}
