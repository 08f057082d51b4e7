import type { ClientBase } from 'pg'
import { followCourse } from '../diagnosis/course.ts'
import { loadDirection } from '../diagnosis/direction/load-direction.ts'
import { loadHouseRules } from '../diagnosis/load-house-rules.ts'
import { readMoments, writeCourse } from '../diagnosis/store-course.ts'
import { localDay } from '../rollup/data-span.ts'
import type { Plan } from './refresh-points.ts'

/**
 * What the history says of every stored evaluation, from the first on: the verdict that stands, the direction, whether that is as
 * intended. Cheap enough to be asked anew each time, and so the same as after a rebuild, whatever has changed.
 */
export const refreshCourse = async (client: ClientBase, { communityId, timeZone, span, context }: Plan): Promise<void> => {
  const overUntil = await localDay(client, span.known_by, timeZone)
  const moments = await readMoments(client, communityId, null, overUntil)
  const house = await loadHouseRules(client, communityId)
  const tellDirection = await loadDirection(client, { communityId, timeZone, firstOn: span.first_on, overUntil, context })
  const courses = followCourse(moments, house, tellDirection)
  await writeCourse(
    client,
    communityId,
    courses.map((course, i) => ({ at: (moments[i] as { at: string }).at, course })),
  )
}
