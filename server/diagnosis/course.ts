import type { Verdict } from '../../shared/contract/verdict.ts'
import type { TellDirection } from './direction/tell-direction.ts'
import type { HouseRules } from './house-rules.ts'
import { intentionOf } from './intention.ts'
import { describeStand, type Evaluation, NOTHING_STANDS, nextStand } from './standing.ts'

/** What only the history before an evaluation says. Stored beside the verdict, because it follows from others and changes with them. */
export type Course = Pick<Verdict, 'standing' | 'standing_detail' | 'trajectory' | 'trajectory_detail' | 'intention'>

/** An evaluation in its history. `is_forming`: the data went back too far short of it for a direction. */
export type Moment = Evaluation & { is_forming: boolean }

/** What the history says at each of the evaluations, which are all there are, in order of their days. Pure. */
export const followCourse = (moments: readonly Moment[], house: HouseRules, tellDirection: TellDirection): Course[] => {
  const asked = house.thresholds.standing_evaluations
  let stand = NOTHING_STANDS
  return moments.map((moment) => {
    stand = nextStand(stand, moment, asked)
    return {
      ...describeStand(stand, moment, asked),
      ...tellDirection(moment.at, moment.is_forming),
      intention: intentionOf(house.charter, stand.verdict),
    }
  })
}
