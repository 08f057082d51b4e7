import type { Pool } from 'pg'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { type Moment, followCourse } from '../diagnosis/course.ts'
import { loadDirection, measureDirection } from '../diagnosis/direction/load-direction.ts'
import { loadHouseRules } from '../diagnosis/load-house-rules.ts'
import { momentOf, readMoments } from '../diagnosis/store-course.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { localDay } from '../rollup/data-span.ts'

export type CourseAsked = {
  communityId: string
  timeZone: string
  /** The first local day with anything known, and the day before which days are over and known. */
  firstOn: string
  wholeUntil: string
  /** As known at another time than now; null for as stored. */
  knownBy: Date | null
  now: Date
}

/**
 * Verdicts given on the spot, in order of their days, each with what its history says: what stands from the stored month ends
 * before them, which are as known at their end; the direction from the weeks closed by then, as stored or as known at another time.
 */
export const addCourses = async (pool: Pool, asked: CourseAsked, verdicts: readonly Verdict[]): Promise<Verdict[]> => {
  const [first] = verdicts
  if (!first) return []
  const { communityId, timeZone, firstOn, wholeUntil, knownBy, now } = asked
  const today = await localDay(pool, knownBy ?? now, timeZone)
  const before = (await readMoments(pool, communityId, first.at, today)).filter((moment) => moment.is_month_over)
  const moments: Moment[] = [...before, ...verdicts.map((verdict) => momentOf(verdict, today))]
  const context = await loadContext(pool, communityId, knownBy && (await localDay(pool, new Date(knownBy.getTime() - 1), timeZone)))
  const weeks = { communityId, timeZone, firstOn, overUntil: wholeUntil, context }
  const tellDirection = knownBy ? await measureDirection(pool, { ...weeks, knownBy }) : await loadDirection(pool, weeks)
  const courses = followCourse(moments, await loadHouseRules(pool, communityId), tellDirection)
  return verdicts.map((verdict, i) => {
    const course = courses[before.length + i] as (typeof courses)[number]
    return isWithoutPast(first, before, firstOn) ? { ...verdict, ...course, ...NOT_AT_HAND, intention: null } : { ...verdict, ...course }
  })
}

/** Months came before, and none of them is stored: nothing says what stood. */
const isWithoutPast = (first: Verdict, before: readonly Moment[], firstOn: string): boolean =>
  before.length === 0 && firstOn.slice(0, 7) < first.at.slice(0, 7)

const NOT_AT_HAND: Pick<Verdict, 'standing' | 'standing_detail'> = {
  standing: null,
  standing_detail: { since: null, pending: null, sentence: 'What stood before is not at hand: the months before have not been judged.' },
}
