import { createRandom, type Random } from '../../server/ingest/sources/synthetic/random.ts'
import { type DayAxis, makeDayAxis, SUMMER, YEARS_END } from '../../server/alerts/silent-feed/day-axis.ts'
import { gamma } from './gamma.ts'

/** A kind of source that goes on as ever. */
export type FeedKind = {
  name: string
  /** Events an average day. */
  rate: number
  /** Variance over mean of a day's count; 1 for pure chance. */
  dispersion?: number
  /** Slow swings of the rate: autocorrelation from day to day, and standard deviation of the logarithm. */
  swings?: { phi: number; sigma: number }
  /** Of the usual, on Saturdays and Sundays. */
  weekend?: number
  /** Of the usual, in the two weeks of the turn of the year, in weeks 31 to 34, and on one working day in so many. */
  yearsEnd?: number
  august?: number
  holidayOneIn?: number
  /** Events come in bursts: days from one to the next, and how many each has. Instead of a rate a day. */
  bursts?: { gap: (random: Random) => number; size: (random: Random) => number }
}

const exponential = (mean: number) => (random: Random) => -mean * Math.log(1 - random.next())
const about = (median: number, sigma: number) => (random: Random) => random.logNormal(median, sigma)

const atWork = { weekend: 0, yearsEnd: 0, august: 0.3, holidayOneIn: 25 }

export const FEED_KINDS: readonly FeedKind[] = [
  ...[0.02, 0.1, 0.3, 1, 5, 40, 500].map((rate): FeedKind => ({ name: `Poisson, ${rate} a day`, rate })),
  { name: 'variance 4 × the mean, 3 a day', rate: 3, dispersion: 4 },
  { name: 'variance 20 × the mean, 5 a day', rate: 5, dispersion: 20 },
  { name: 'slow swings, 3 a day', rate: 3, swings: { phi: 0.97, sigma: 0.8 } },
  { name: 'silent at weekends, 40 a working day', rate: 29, weekend: 0 },
  { name: 'silent at weekends, 3 a working day', rate: 2, weekend: 0 },
  { name: 'silent at weekends, on holidays and at the turn of the year, little in August, 40 a working day', rate: 29, ...atWork },
  { name: 'the same, 400 a working day', rate: 290, ...atWork },
  { name: 'the same, 3 a working day', rate: 2, ...atWork },
  { name: 'the same, and closed in August, 40 a working day', rate: 29, ...atWork, august: 0 },
  { name: 'bursts of about 20, every four days by chance', rate: 0, bursts: { gap: exponential(4), size: about(20, 0.8) } },
  { name: 'bursts of about 20, gaps of very unlike lengths', rate: 0, bursts: { gap: about(3, 1.2), size: about(20, 0.8) } },
  { name: 'imported by hand, about once a month', rate: 0, bursts: { gap: about(30, 0.25), size: about(300, 0.3) } },
  { name: 'imported by hand, now and then', rate: 0, bursts: { gap: exponential(30), size: about(300, 0.3) } },
]

/** Days that every source of a simulation shares; each begins on another of the first 364. */
export const feedAxis = (years: number): DayAxis => makeDayAxis('2015-01-05', `${2016 + years}-01-04`)

/** What one source sends, by day of the axis. */
export const sendFor = (kind: FeedKind, axis: DayAxis, seed: number): Float64Array => {
  const random = createRandom(seed)
  const counts = new Float64Array(axis.days.length)
  const begin = random.below(364)
  if (kind.bursts) {
    const { gap, size } = kind.bursts
    for (let at = begin + gap(random); at < counts.length; at += gap(random)) {
      const day = Math.floor(at)
      counts[day] = (counts[day] as number) + Math.max(1, Math.round(size(random)))
    }
    return counts
  }
  const { phi = 0, sigma = 0 } = kind.swings ?? {}
  const extra = (kind.dispersion ?? 1) - 1
  const working = 7 / (5 + 2 * (kind.weekend ?? 1))
  let swing = sigma * random.normal()
  for (let day = begin; day < counts.length; day++) {
    swing = phi * swing + Math.sqrt(1 - phi * phi) * sigma * random.normal()
    const isWeekend = (axis.weekdays[day] as number) > 4
    const holiday = axis.holidays[day]
    const isAugust = holiday === SUMMER && (axis.days[day] as string).slice(5, 7) === '08'
    // the week of Christmas and the next
    const isYearsEnd = holiday === YEARS_END && /-(12-2[4-9]|12-3|01-0[1-6])/.test(axis.days[day] as string)
    const season = isYearsEnd ? (kind.yearsEnd ?? 1) : isAugust ? (kind.august ?? 1) : 1
    const isFree = !isWeekend && kind.holidayOneIn !== undefined && random.below(kind.holidayOneIn) === 0
    const mean =
      kind.rate * working * (isWeekend ? (kind.weekend ?? 1) : 1) * season * (isFree ? 0 : 1) * Math.exp(swing - (sigma * sigma) / 2)
    if (mean > 0) counts[day] = random.poisson(extra > 0 ? extra * gamma(random, mean / extra) : mean)
  }
  return counts
}
