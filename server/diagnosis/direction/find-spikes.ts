/**
 * A week with so many times what is usual, and so many at least, is one event: an import nobody marked, a link on a big page. It is no
 * part of what is usual afterwards, and no growth. Our judgement: weeks of which the variance is four times that of chance have none.
 */
const SPIKE_TIMES = 8
const SPIKE_LEAST = 20
/** What is usual is the median of so many weeks before, of which so many have to be known. A level that lasts is usual after half of them. */
const USUAL_WEEKS = 8
const LEAST_WEEKS = 4

/** Weeks that stand out alone. Each rests on weeks up to it; those of which nothing is known say nothing. */
export const findSpikes = (counts: readonly number[], isHeard: (week: number) => boolean): boolean[] => {
  const before: number[] = []
  return counts.map((count, week) => {
    if (!isHeard(week)) return false
    const sorted = before.toSorted((a, b) => a - b)
    const usual = ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
    before.push(count)
    if (before.length > USUAL_WEEKS) before.shift()
    return sorted.length >= LEAST_WEEKS && count >= SPIKE_LEAST && count >= SPIKE_TIMES * usual
  })
}
