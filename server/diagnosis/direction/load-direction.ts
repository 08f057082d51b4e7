import type { ClientBase, Pool } from 'pg'
import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import type { Capability } from '../../../shared/contract/metric.ts'
import { readWeeks, type WeeksAsked } from './read-weeks.ts'
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

/** The direction on any day of a community, from its stored weeks. */
export const loadDirection = async (
  db: Pool | ClientBase,
  asked: WeeksAsked & { canTell: (capability: Capability) => boolean },
): Promise<TellDirection> =>
  directionOf(await readWeeks(db, asked), { tells: (id) => NEEDS[id].every((capability) => asked.canTell(capability)) })
