import { followChange } from '../../server/diagnosis/direction/detect.ts'
import { HOLIDAY_WEEKS } from '../../server/diagnosis/direction/limits.ts'
import { createRandom, type Random } from '../../server/ingest/sources/synthetic/random.ts'
import type { WeeklySeries } from '../../server/diagnosis/direction/weekly-series.ts'

/** Marsaglia and Tsang 2000. */
const gamma = (random: Random, shape: number): number => {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = random.normal()
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A kind of community: what is usual in each week, by series. */
export type Kind = {
  name: string
  /** A week of joins, active people and questions. */
  rate: number
  /** Variance over mean; 1 for pure chance. */
  dispersion?: number
  /** Slow swings of all series together: autocorrelation from week to week, and standard deviation of the logarithm. */
  swings?: { phi: number; sigma: number }
  /** Depth of holidays and of a wave over the year. */
  seasons?: boolean
  /** Times the usual rate, by week since it began to be watched (negative before) and series. */
  course?: (week: number, series: 'joins' | 'active-people' | 'questions' | 'answered' | 'leavers') => number
  /** Weeks of history before it is watched. */
  history: number
}

const IDS = ['joins', 'active-people', 'questions', 'answered', 'leavers'] as const
const ANSWERED_SHARE = 0.8
/** Leavers a week beside a rate of 8 joins; members are 40 times the rate. */
const LEAVING = 0.5
const MEMBERS = 40

/** One community's weeks: answered follow its questions, leavers its members. */
export const liveThrough = (kind: Kind, watched: number, seed: number): WeeklySeries[] => {
  const random = createRandom(seed)
  const length = kind.history + watched
  const begin = random.below(52)
  const weekOfYear = Array.from({ length }, (_, week) => (begin + week) % 52)
  const { phi = 0, sigma = 0 } = kind.swings ?? {}
  let swing = sigma * random.normal()
  const swings = weekOfYear.map(() => {
    swing = phi * swing + Math.sqrt(1 - phi * phi) * sigma * random.normal()
    return Math.exp(swing - (sigma * sigma) / 2)
  })
  const draw = (mean: number) => {
    const extra = (kind.dispersion ?? 1) - 1
    return random.poisson(extra > 0 && mean > 0 ? extra * gamma(random, mean / extra) : mean)
  }
  const meanAt = (week: number, series: (typeof IDS)[number]) => {
    const year = weekOfYear[week] as number
    const season = kind.seasons ? seasonAt(year) : 1
    return (swings[week] as number) * season * (kind.course?.(week - kind.history, series) ?? 1)
  }
  const counts = Object.fromEntries(
    IDS.filter((id) => id !== 'answered').map((id) => [
      id,
      weekOfYear.map((_, week) => draw(kind.rate * (id === 'leavers' ? LEAVING : 1) * meanAt(week, id))),
    ]),
  ) as Record<(typeof IDS)[number], number[]>
  counts.answered = (counts.questions as number[]).map((asked, week) => {
    const course = kind.course?.(week - kind.history, 'answered') ?? 1
    const askedCourse = kind.course?.(week - kind.history, 'questions') ?? 1
    const share = askedCourse === 0 ? 0 : Math.min(1, (ANSWERED_SHARE * course) / askedCourse)
    let answered = 0
    for (let i = 0; i < asked; i++) if (random.isTrue(share)) answered++
    return answered
  })
  const isHoliday = weekOfYear.map((week) => HOLIDAY_WEEKS.includes(week))
  return IDS.map((id) => ({
    id,
    worse: id === 'leavers' ? 1 : -1,
    counts: id === 'answered' ? [0, ...(counts.answered as number[]).slice(0, -1)] : (counts[id] as number[]),
    exposures: weekOfYear.map((_, week) => (id === 'leavers' ? kind.rate * MEMBERS : id === 'answered' && week === 0 ? 0 : 1)),
    is_holiday: id === 'answered' ? [false, ...isHoliday.slice(0, -1)] : isHoliday,
  }))
}

/** Half as much over the year's end, two thirds in summer, and a wave of a tenth. */
const seasonAt = (week: number): number => {
  const wave = 1 + 0.1 * Math.sin((2 * Math.PI * week) / 52)
  if (week >= 50 || week === 0) return 0.5 * wave
  return (week >= 26 && week <= 34 ? 2 / 3 : 1) * wave
}

export type Outcome = {
  notices_a_year: number
  weeks_to_notice: number | null
  share_noticed: number
  share_declining: number
  share_growing: number
}

/** Many communities of a kind, watched for so many weeks. `weeks_to_notice`: the median, null where most are not noticed. */
export const simulate = (kind: Kind, { communities, watched, seed }: { communities: number; watched: number; seed: number }): Outcome => {
  let notices = 0
  let declining = 0
  let growing = 0
  const noticed: number[] = []
  for (let i = 0; i < communities; i++) {
    const all = liveThrough(kind, watched, seed * 100_003 + i)
    const { weeks } = followChange(all, 'worse')
    const better = followChange(all, 'better').weeks
    const told = weeks.flatMap(({ notice }, week) =>
      week >= kind.history && (notice === 'began' || notice === 'clearly_worse') ? [week - kind.history + 1] : [],
    )
    notices += told.length
    for (let week = kind.history; week < weeks.length; week++) {
      if (weeks[week]?.change) declining++
      else if (better[week]?.change) growing++
    }
    if (told[0] !== undefined) noticed.push(told[0])
  }
  const middle = noticed.sort((a, b) => a - b)[Math.floor(communities / 2)]
  return {
    notices_a_year: notices / communities / (watched / 52),
    weeks_to_notice: middle ?? null,
    share_noticed: noticed.length / communities,
    share_declining: declining / communities / watched,
    share_growing: growing / communities / watched,
  }
}
