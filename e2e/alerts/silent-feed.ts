import { followSource } from '../../server/alerts/silent-feed/follow-source.ts'
import { createRandom } from '../../server/ingest/sources/synthetic/random.ts'
import { FEED_KINDS, type FeedKind, feedAxis, sendFor } from './feed-kinds.ts'

export type FeedRow = {
  kind: string
  /** False alarms a year of a source, from the first event that it ever sends, with its standard error. */
  a_year: number
  standard_error: number
  years: number
  /** Days from the last event to the alarm where it stops for good after two years; null where most are not noticed within half a year. */
  days_to_notice: number | null
  share_noticed: number
}

type Options = { sources: number; strictness?: number; seed?: number; kinds?: readonly FeedKind[] }

const YEARS = 4

/** Sources that go on as ever, and the same that stop; seeded. The standard error is of sources, which may be unlike one another. */
export const simulateSilentFeed = ({ sources, strictness = 1, seed = 1, kinds = FEED_KINDS }: Options): FeedRow[] => {
  const axis = feedAxis(YEARS)
  const follow = (counts: Float64Array) => followSource({ axis, counts, wholeBefore: 0, strictness }).silences
  return kinds.map((kind, at) => {
    const rates: number[] = []
    let years = 0
    const delays: number[] = []
    for (let i = 0; i < sources; i++) {
      const counts = sendFor(kind, axis, seed * 1_000_003 + at * 10_007 + i)
      const first = counts.findIndex((count) => count > 0)
      if (first === -1) continue
      const watched = (axis.days.length - first) / 365
      years += watched
      const told = follow(counts)
      rates.push(told.length / watched)
      const stop = first + 730 + createRandom(seed * 7919 + i).below(365)
      const dead = counts.map((count, day) => (day < stop ? count : 0))
      const last = dead.findLastIndex((count) => count > 0)
      const found = follow(dead).find(({ noticed }) => noticed > last)
      if (found) delays.push(found.noticed - last)
    }
    const a_year = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
    const variance = rates.reduce((sum, rate) => sum + (rate - a_year) ** 2, 0) / Math.max(1, rates.length - 1)
    const middle = delays.sort((a, b) => a - b)[Math.floor(rates.length / 2)]
    return {
      kind: kind.name,
      a_year,
      // none in so many years: by the rule of three the rate may be three of them, which is taken for two errors
      standard_error: a_year === 0 ? 1.5 / years : Math.sqrt(variance / rates.length),
      years: Math.round(years),
      days_to_notice: middle ?? null,
      share_noticed: delays.length / rates.length,
    }
  })
}
