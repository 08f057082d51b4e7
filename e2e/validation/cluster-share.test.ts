import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../server/metrics/statistics/wilson-interval.ts'
import { clusterShare } from './cluster-share.ts'

const clusters = fc.array(
  fc.integer({ min: 0, max: 40 }).chain((n) => fc.integer({ min: 0, max: n }).map((k) => ({ k, n }))),
  { maxLength: 30 },
)

describe('a share of month ends of several communities', () => {
  it('holds the share, and is no narrower than were every month end on its own, no wider than were each community one', () => {
    fc.assert(
      fc.property(clusters, (some) => {
        const found = clusterShare(some)
        const n = some.reduce((sum, one) => sum + one.n, 0)
        if (found === null) {
          expect(n).toBe(0)
          return
        }
        expect(found.n).toBe(n)
        expect(found.low).toBeLessThanOrEqual(found.k / n + 1e-12)
        expect(found.high).toBeGreaterThanOrEqual(found.k / n - 1e-12)
        const narrow = wilsonInterval(found.k, n) as { low: number; high: number }
        const wide = wilsonInterval((found.k / n) * found.communities, found.communities) as { low: number; high: number }
        expect(found.low).toBeLessThanOrEqual(narrow.low + 1e-9)
        expect(found.low).toBeGreaterThanOrEqual(wide.low - 1e-9)
        expect(found.high).toBeGreaterThanOrEqual(narrow.high - 1e-9)
        expect(found.high).toBeLessThanOrEqual(wide.high + 1e-9)
      }),
    )
  })

  it('takes communities that are each all right or all wrong for the sample, whatever their months', () => {
    const halves = Array.from({ length: 20 }, (_, i) => ({ k: i < 10 ? 12 : 0, n: 12 }))
    const wide = wilsonInterval(10, 20) as { low: number }
    expect(clusterShare(halves)?.low).toBeCloseTo(wide.low, 2)
    const alike = Array.from({ length: 20 }, () => ({ k: 6, n: 12 }))
    // of communities that are all alike the month ends tell nothing of the others: the communities are the sample
    expect(clusterShare(alike)?.low).toBeCloseTo(wide.low, 2)
  })
})
