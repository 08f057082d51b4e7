import type { WindowFacts } from './window-facts.ts'

/**
 * One kind of change to a window, in any amount. `apply` is pure and keeps all counts consistent: the mix sums to the
 * contributions, counts by person and by host stay within their totals.
 */
export type Lever = {
  /** Stable, snake_case: the `change` of a flip. */
  id: string
  /** Contributions that one step adds, takes away, or gives to somebody else: what makes one change smaller than another. */
  contributions_a_step: number
  /** The largest amount that can be applied to this window; 0 where it makes no sense. */
  most: (facts: WindowFacts) => number
  apply: (facts: WindowFacts, amount: number) => WindowFacts
  /** The change as it follows "if": "9 of the 41 answers by the member who gives most had come from others". */
  says: (facts: WindowFacts, amount: number) => string
}

/** How far a window may grow by an added kind: beyond this the change says nothing about the window at hand. */
export const mostAdded = (facts: WindowFacts): number => 2 * facts.people.contribution_count + 100
