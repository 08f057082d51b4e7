import { HOLIDAY_WEEKS } from '../../server/diagnosis/direction/limits.ts'
import { createRandom } from '../../server/ingest/sources/synthetic/random.ts'
import type { WeeklySeries } from '../../server/diagnosis/direction/weekly-series.ts'
import { findSpikes } from '../../server/diagnosis/direction/find-spikes.ts'
import { gamma } from './gamma.ts'

type SeriesId = WeeklySeries['id']

/** A kind of community: what is usual in each week, by series. */
export type CommunityKind = {
  name: string
  /** A week of joins, active people and questions. */
  rate: number
  /** Variance over mean; 1 for pure chance. */
  dispersion?: number
  /** Slow swings: autocorrelation from week to week, standard deviation of the logarithm, and whether all series swing as one. */
  swings?: { phi: number; sigma: number; isShared: boolean }
  /** Depth of holidays and of a wave over the year. */
  seasons?: boolean
  /** Times the usual rate, by week since it began to be watched (negative before) and series. */
  course?: (week: number, series: SeriesId) => number
  /** A week that is marked as a bulk step. */
  isStep?: (week: number, series: SeriesId) => boolean
  /** Weeks of history before it is watched. */
  history: number
}

const IDS = ['joins', 'active-people', 'questions', 'answered', 'leavers'] as const
const ANSWERED_SHARE = 0.8
/** Leavers a week beside a rate of 8 joins; members are 40 times the rate. */
const LEAVING = 0.5
const MEMBERS = 40

/** One community's weeks: answered follow its questions, leavers its members. */
export const liveThrough = (kind: CommunityKind, watched: number, seed: number): WeeklySeries[] => {
  const random = createRandom(seed)
  const length = kind.history + watched
  const begin = random.below(52)
  const weekOfYear = Array.from({ length }, (_, week) => (begin + week) % 52)
  const { phi = 0, sigma = 0, isShared = true } = kind.swings ?? {}
  const swing = () => {
    let level = sigma * random.normal()
    return weekOfYear.map(() => {
      level = phi * level + Math.sqrt(1 - phi * phi) * sigma * random.normal()
      return Math.exp(level - (sigma * sigma) / 2)
    })
  }
  const shared = swing()
  const swings = new Map(IDS.map((id) => [id, isShared ? shared : swing()]))
  const draw = (mean: number) => {
    const extra = (kind.dispersion ?? 1) - 1
    return random.poisson(extra > 0 && mean > 0 ? extra * gamma(random, mean / extra) : mean)
  }
  const meanAt = (week: number, series: (typeof IDS)[number]) => {
    const year = weekOfYear[week] as number
    const season = kind.seasons ? seasonAt(year) : 1
    return ((swings.get(series) as number[])[week] as number) * season * (kind.course?.(week - kind.history, series) ?? 1)
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
  // left out as real ones are
  const spikes = new Map<SeriesId, boolean[]>(
    IDS.filter((id) => id !== 'leavers' && id !== 'answered').map((id) => [
      id,
      findSpikes(counts[id], (week) => !kind.isStep?.(week - kind.history, id)),
    ]),
  )
  const isHoliday = weekOfYear.map((week) => HOLIDAY_WEEKS.includes(week))
  return IDS.map((id) => ({
    id,
    worse: id === 'leavers' ? 1 : -1,
    counts: id === 'answered' ? [0, ...(counts.answered as number[]).slice(0, -1)] : (counts[id] as number[]),
    exposures: weekOfYear.map((_, week) => {
      if (kind.isStep?.(week - kind.history, id) || (id === 'answered' && week === 0) || spikes.get(id)?.[week]) return 0
      return id === 'leavers' ? kind.rate * MEMBERS : 1
    }),
    is_holiday: id === 'answered' ? [false, ...isHoliday.slice(0, -1)] : isHoliday,
  }))
}

/** Half as much over the year's end, two thirds in summer, and a wave of a tenth. */
const seasonAt = (week: number): number => {
  const wave = 1 + 0.1 * Math.sin((2 * Math.PI * week) / 52)
  if (week >= 50 || week === 0) return 0.5 * wave
  return (week >= 26 && week <= 34 ? 2 / 3 : 1) * wave
}
