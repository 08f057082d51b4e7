import type { ClientBase, Pool } from 'pg'
import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import type { Capability } from '../../../shared/contract/metric.ts'
import type { MeasureContext } from '../../metrics/metric.ts'
import { measureWeeks, readWeeks, type WeeksAsked } from './read-weeks.ts'
import { directionOf, type TellDirection } from './tell-direction.ts'

/** What the sources have to tell for each series. */
const NEEDS: Record<DirectionSeries['id'], readonly Capability[]> = {
  joins: ['joins'],
  'active-people': ['contributions'],
  questions: ['questions'],
  answered: ['questions'],
  // a rate by member
  leavers: ['joins', 'leaves'],
}

type Asked = WeeksAsked & { context: MeasureContext }
const tellsBy =
  ({ canTell }: MeasureContext) =>
  (id: DirectionSeries['id']) =>
    NEEDS[id].every((capability) => canTell(capability))

/** The direction on any day of a community, from its stored weeks. */
export const loadDirection = async (db: Pool | ClientBase, asked: Asked): Promise<TellDirection> =>
  directionOf(await readWeeks(db, asked), { tells: tellsBy(asked.context) })

/** The same with nothing later than `knownBy`, measured on the spot. */
export const measureDirection = async (db: Pool | ClientBase, asked: Asked & { knownBy: Date }): Promise<TellDirection> =>
  directionOf(await measureWeeks(db, asked), { tells: tellsBy(asked.context) })
