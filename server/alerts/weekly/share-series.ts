import { MAX_ANONYMOUS_SHARE } from '../../metrics/sample-minima.ts'
import type { Share } from './change-of-share.ts'
import { WANDER } from './share-limits.ts'

/** What weeks add up to; `heard`: how many of them anything is known of. */
export type Part = Share & { heard: number }

/** From and to are included; `isMasked` leaves holidays out. */
export type SumPart = (from: number, to: number, isMasked: boolean) => Part

/** A share that is worse the larger it is, by closed weeks. */
export type ShareSeries = {
  length: number
  /** The first week of which anything is known. */
  first: number
  /** By how much it wanders before its own past tells, as a variance of the logarithm of its odds. */
  wander: number
  sum: SumPart
}

export type WeekOfShare = {
  /** Null where nothing is known of the week: a feed cut off, or too much of it anonymous. */
  share: Share | null
  /** Does not count until it can be set against a year ago. */
  is_holiday: boolean
}

const firstOf = (weeks: readonly { share: Share | null }[]): number => {
  const first = weeks.findIndex(({ share }) => share !== null && share.of > 0)
  return first === -1 ? weeks.length : first
}

/** Cases that add up over weeks, of which the first `passedOver` with any do not count. */
export const sharesOf = (all: readonly WeekOfShare[], passedOver = 0): ShareSeries => {
  const first = Math.min(all.length, firstOf(all) + passedOver)
  const weeks = all.map((week, i) => (i < first ? { ...week, share: null } : week))
  const running = (isMasked: boolean) => {
    const sums = { cases: [0], of: [0], heard: [0] }
    for (const [week, { share, is_holiday }] of weeks.entries()) {
      const known = isMasked && is_holiday ? null : share
      sums.cases.push((sums.cases[week] as number) + (known?.cases ?? 0))
      sums.of.push((sums.of[week] as number) + (known?.of ?? 0))
      sums.heard.push((sums.heard[week] as number) + (known === null ? 0 : 1))
    }
    return sums
  }
  const [whole, masked] = [running(false), running(true)]
  const sum: SumPart = (from, to, isMasked) => {
    const sums = isMasked ? masked : whole
    const over = (of: number[]) => (to < from ? 0 : (of[to + 1] as number) - (of[from] as number))
    return { cases: over(sums.cases), of: over(sums.of), heard: over(sums.heard) }
  }
  return { length: weeks.length, first, wander: WANDER.adding, sum }
}

export type WeekOfPeople = {
  /** Of everybody, the anonymous included; null where nothing is known. */
  all: number | null
  /** Of those who are known, by a number for each from 0 on. */
  people: readonly (readonly [person: number, count: number])[]
  is_holiday: boolean
}

/**
 * The share of whoever gave most in the weeks together. It does not add up: each span has its own top person, so that spans of one
 * length are comparable whoever it was, and nobody is picked for having risen.
 */
export const topSharesOf = (weeks: readonly WeekOfPeople[]): ShareSeries => {
  const most = Math.max(-1, ...weeks.map(({ people }) => Math.max(-1, ...people.map(([person]) => person))))
  const given = new Int32Array(most + 1)
  const known = new Map<number, Part>()
  const sum: SumPart = (from, to, isMasked) => {
    const key = (from * weeks.length + to) * 2 + (isMasked ? 1 : 0)
    const made = known.get(key)
    if (made) return made
    let [cases, of, heard] = [0, 0, 0]
    const touched: number[] = []
    for (let week = from; week <= to; week++) {
      const { all, people, is_holiday } = weeks[week] as WeekOfPeople
      if (all === null || (isMasked && is_holiday)) continue
      heard++
      of += all
      for (const [person, count] of people) {
        given[person] = (given[person] as number) + count
        touched.push(person)
        if ((given[person] as number) > cases) cases = given[person] as number
      }
    }
    let told = 0
    for (const person of touched) {
      told += given[person] as number
      given[person] = 0
    }
    // whose answers they are is not known: neither is who gave most
    const part = of - told > MAX_ANONYMOUS_SHARE * of ? { cases: 0, of: 0, heard: 0 } : { cases, of, heard }
    known.set(key, part)
    return part
  }
  return {
    length: weeks.length,
    wander: WANDER.top,
    first: firstOf(weeks.map(({ all }) => ({ share: all === null ? null : { cases: 0, of: all } }))),
    sum,
  }
}
