/** A community's weeks as the alarm follows them, and what is read off them for words. */
import type { ClientBase, Pool } from 'pg'
import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import { addDays } from '../../../shared/period.ts'
import { changeOfRate } from '../../diagnosis/direction/change-of-rate.ts'
import { type Change, type Followed, followChange, type Named } from '../../diagnosis/direction/detect.ts'
import type { HeardSeries, StoredWeek } from '../../diagnosis/direction/hear-weeks.ts'
import { loadSeries } from '../../diagnosis/direction/load-direction.ts'
import { type SumWeeks, sumsOf } from '../../diagnosis/direction/weekly-series.ts'
import type { AlertMaterial, Episode, KeptAlert } from '../alert-rule.ts'
import { seriesOfLabel, type Told } from './say-series.ts'

export type Db = Pool | ClientBase

export type DeclineFrom = {
  material: AlertMaterial
  strictness: number
  weeks: readonly StoredWeek[]
  all: readonly HeardSeries[]
  sums: readonly SumWeeks[]
  followed: Followed
  indexOf: ReadonlyMap<string, number>
}

/** A series that was named, as of a week: what the words are made of. */
export type NamedTold = {
  id: DirectionSeries['id']
  /** Index of the series. */
  at: number
  named: Named
  told: Told
  /** Weeks counted in it, both included. */
  from: number
  to: number
  /** Weeks of holidays are left out. */
  is_masked: boolean
  is_slow: boolean
  /** Standard deviations away from usual, positive for worse. */
  z: number
}

export const followDecline = async (
  db: Db,
  material: AlertMaterial,
  { strictness, kept }: { strictness: number; kept: readonly KeptAlert[] },
): Promise<DeclineFrom> => {
  const { weeks, all } = await loadSeries(db, material)
  const indexOf = new Map(weeks.map(({ from_on }, week) => [from_on, week]))
  const told = kept.flatMap(({ began_on, ended_on, content }) => {
    const week = indexOf.get(began_on)
    const named = content.figures.flatMap(({ label }) => seriesOfLabel(label) ?? [])
    const ended = ended_on === null ? null : (indexOf.get(ended_on) ?? null)
    return week === undefined ? [] : [{ week, ended, ...(named.length > 0 ? { named } : {}) }]
  })
  const followed = followChange(all, 'worse', { strictness, kept: told })
  return { material, strictness, weeks, all, sums: all.map(sumsOf), followed, indexOf }
}

export const weekAt = ({ indexOf }: DeclineFrom, on: string): number => {
  const week = indexOf.get(on)
  if (week === undefined) throw new Error(`no closed week begins on ${on}`)
  return week
}

/** The first day of a week by its index, also of one that is not closed yet. */
export const mondayOf = ({ weeks }: Pick<DeclineFrom, 'weeks'>, week: number): string =>
  weeks[week]?.from_on ?? addDays((weeks[0] as StoredWeek).from_on, week * 7)

/** Questions are counted a week late, so that they have had their time for an answer. */
export const lagOf = (id: DirectionSeries['id']): number => (id === 'answered' ? 1 : 0)

/** What stood at the end of a week, or last before it. */
export const changeAt = ({ followed }: DeclineFrom, began: number, week: number): Change => {
  for (let at = week; at >= began; at--) {
    const change = followed.weeks[at]?.change
    if (change) return change
  }
  throw new Error('nothing stood then')
}

/** The named series over as many weeks as they were judged by, up to a week, the furthest from usual first. */
export const namedAt = (from: DeclineFrom, began: number, week: number, span?: Span): NamedTold[] =>
  [...changeAt(from, began, week).named].map(([at, named]) => toldAt(from, at, named, week, span)).sort((a, b) => b.z - a.z)

/** Other weeks than those it was judged by. */
type Span = { weeks: number; is_masked: boolean }

export const toldAt = ({ all, sums, followed, weeks }: DeclineFrom, at: number, named: Named, to: number, span?: Span): NamedTold => {
  const { judged, rate, direction } = named
  const readings = followed.readings.slice(Math.max(0, to - 2 * 52), weeks.length)
  const is_slow = readings.some((reading) => reading[at]?.slow === judged)
  const is_masked = span?.is_masked ?? (!is_slow && judged.season_z === null)
  const length = span?.weeks ?? judged.weeks
  const from = Math.max(0, to - length + 1)
  const { count, exposure, heard } = (sums[at] as SumWeeks)(from, to, is_masked)
  const spans = { observed: count, exposure, before: judged.before, exposure_before: judged.exposure_before }
  const { id } = all[at] as HeardSeries
  return {
    id,
    at,
    named,
    told: { id, observed: count, expected: rate * exposure, weeks: length, heard },
    from,
    to,
    is_masked,
    is_slow,
    z: direction * (changeOfRate(spans, judged.dispersion) ?? 0),
  }
}

/** The series that are judged at the end of a week and not named, with how they stand to what is usual. */
export const othersAt = (from: DeclineFrom, named: readonly NamedTold[], week: number): DirectionSeries['id'][] =>
  from.all.flatMap(({ id }, at) => (named.some((one) => one.at === at) || !from.followed.readings[week]?.[at]?.fast ? [] : [id]))

export const episodesOf = ({ weeks, followed }: DeclineFrom): Episode[] => {
  const episodes: Episode[] = []
  const open = () => episodes.at(-1) as Episode
  followed.weeks.forEach(({ notice }, week) => {
    const { from_on } = weeks[week] as StoredWeek
    if (notice === 'began') episodes.push({ began_on: from_on, worse_on: [], ended_on: null, ending: null })
    else if (notice === 'clearly_worse') open().worse_on.push(from_on)
    else if (notice !== null) Object.assign(open(), { ended_on: from_on, ending: notice })
  })
  return episodes
}
