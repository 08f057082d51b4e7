import type { Verdict } from '../../../shared/contract/verdict.ts'

/** The direction as of the end of a local day; `isForming` where the data do not go back far enough to ask. */
export type TellDirection = (at: string, isForming: boolean) => Pick<Verdict, 'trajectory' | 'trajectory_detail'>

/** Before any weeks are read. */
export const directionUnknown: TellDirection = (_at, isForming) => ({
  trajectory: isForming ? 'forming' : 'unknown',
  trajectory_detail: null,
})
