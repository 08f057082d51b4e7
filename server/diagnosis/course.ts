import type { Verdict } from '../../shared/contract/verdict.ts'

/** What only the history before an evaluation says. Stored beside the verdict, because it follows from others and changes with them. */
export type Course = Pick<Verdict, 'standing' | 'standing_detail' | 'trajectory' | 'trajectory_detail' | 'intention'>
