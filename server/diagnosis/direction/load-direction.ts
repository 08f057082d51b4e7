import type { ClientBase, Pool } from 'pg'
import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import type { Capability } from '../../../shared/contract/metric.ts'
import { dayInZone } from '../../../shared/format.ts'
import type { CommunityContext } from '../../metrics/capabilities.ts'
import { measureWeeks, readWeeks, type WeeksAsked } from './read-weeks.ts'
import { type HeardFrom, type HeardSeries, hearWeeks, type StoredWeek } from './hear-weeks.ts'
import { directionOf, holidaysOf, type TellDirection } from './tell-direction.ts'

/** What the sources have to tell for each series. */
const NEEDS: Record<DirectionSeries['id'], readonly Capability[]> = {
  joins: ['joins'],
  'active-people': ['contributions'],
  questions: ['questions'],
  answered: ['questions'],
  // a rate by member
  leavers: ['joins', 'leaves'],
}

type Asked = WeeksAsked & { context: Pick<CommunityContext, 'sources' | 'threads'> }

/** A series is heard of from the first event on of a source that tells what it takes. */
const heardFrom =
  ({ context, timeZone }: Asked): HeardFrom =>
  (id) => {
    // found in a chat without threads by names and times: too uncertain week by week
    if (id === 'answered' && context.threads === 'inferred') return null
    const days = NEEDS[id].map((capability) => {
      const told = context.sources.filter((source) => source.tells.includes(capability) && source.first_event_at !== null)
      return told.map((source) => dayInZone(source.first_event_at as string, timeZone)).sort()[0] ?? null
    })
    return days.includes(null) ? null : ((days as string[]).sort().at(-1) ?? null)
  }

/** The stored weeks of a community, and the series that are judged as the direction judges them. */
export const loadSeries = async (db: Pool | ClientBase, asked: Asked): Promise<{ weeks: StoredWeek[]; all: HeardSeries[] }> => {
  const weeks = await readWeeks(db, asked)
  return { weeks, all: hearWeeks(weeks, { heardFrom: heardFrom(asked), isHoliday: holidaysOf(weeks) }) }
}

/** The direction on any day of a community, from its stored weeks. */
export const loadDirection = async (db: Pool | ClientBase, asked: Asked): Promise<TellDirection> =>
  directionOf(await readWeeks(db, asked), { heardFrom: heardFrom(asked) })

/** The same with nothing later than `knownBy`, measured on the spot. */
export const measureDirection = async (
  db: Pool | ClientBase,
  asked: Asked & { knownBy: Date; context: CommunityContext },
): Promise<TellDirection> => directionOf(await measureWeeks(db, asked), { heardFrom: heardFrom(asked) })
