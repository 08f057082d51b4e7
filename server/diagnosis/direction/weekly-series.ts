import type { DirectionSeries } from '../../../shared/contract/verdict.ts'

/** A count a week, and of how much: 1 for a week like any other, members for leavers, 0 for a week of which nothing is known. */
export type WeeklySeries = {
  id: DirectionSeries['id']
  /** The way that is worse: −1 fewer, +1 more. */
  worse: -1 | 1
  counts: readonly number[]
  exposures: readonly number[]
  /** Weeks that do not count until they can be set against a year ago. */
  is_holiday: readonly boolean[]
}

export type Sums = { count: number; exposure: number; heard: number }

/** What a series adds up to over any weeks, at once; `isMasked` leaves holidays out. From and to are included. */
export type SumWeeks = (from: number, to: number, isMasked: boolean) => Sums

export const sumsOf = ({ counts, exposures, is_holiday }: WeeklySeries): SumWeeks => {
  const running = (isMasked: boolean) => {
    const sums = { count: [0], exposure: [0], heard: [0] }
    counts.forEach((count, week) => {
      const exposure = isMasked && is_holiday[week] ? 0 : (exposures[week] as number)
      const isHeard = exposure > 0
      sums.count.push((sums.count[week] as number) + (isHeard ? count : 0))
      sums.exposure.push((sums.exposure[week] as number) + (isHeard ? exposure : 0))
      sums.heard.push((sums.heard[week] as number) + (isHeard ? 1 : 0))
    })
    return sums
  }
  const [whole, masked] = [running(false), running(true)]
  return (from, to, isMasked) => {
    const sums = isMasked ? masked : whole
    if (to < from) return { count: 0, exposure: 0, heard: 0 }
    const over = (running: number[]) => (running[to + 1] as number) - (running[from] as number)
    return { count: over(sums.count), exposure: over(sums.exposure), heard: over(sums.heard) }
  }
}
