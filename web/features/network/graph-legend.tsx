import { edgeOf, fillOf } from '../../ui/palette.ts'
import { GAP, HOLE, SHAPE_OF } from './drawing-style.ts'
import type { HelpRole } from './help-graph.ts'
import classes from './network.module.css'

const WORDS: [HelpRole, string][] = [
  ['both', 'gave help and received it'],
  ['gave', 'gave only'],
  ['received', 'received only'],
]
const COLOUR: Record<HelpRole, string> = { gave: fillOf('ink'), received: edgeOf('other'), both: edgeOf('help') }
const RADIUS = 7

const Mark = ({ role }: { role: HelpRole }) => (
  <svg width={16} height={16} viewBox="-8 -8 16 16" aria-hidden>
    <circle r={RADIUS} fill={COLOUR[role]} />
    {SHAPE_OF[role] === 'ring' ? <circle r={RADIUS * HOLE} fill="var(--card)" /> : null}
    {SHAPE_OF[role] === 'target' ? (
      <>
        <circle r={RADIUS * GAP[0]} fill="var(--card)" />
        <circle r={RADIUS * GAP[1]} fill={COLOUR[role]} />
      </>
    ) : null}
  </svg>
)

/** What the marks mean, in words. */
export const GraphLegend = ({ hasArrows }: { hasArrows: boolean }) => (
  <ul className={classes.legend}>
    {WORDS.map(([role, words]) => (
      <li key={role}>
        <Mark role={role} />
        {words}
      </li>
    ))}
    <li>The larger, the more questions helped with.</li>
    <li>
      {hasArrows
        ? 'Arrows lead from the helper to the helped.'
        : 'Lines join helper and helped; of the person chosen, arrows lead from the helper.'}
    </li>
  </ul>
)
