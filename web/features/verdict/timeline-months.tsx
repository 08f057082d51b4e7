import { Link } from '@tanstack/react-router'
import { type CSSProperties, type KeyboardEvent, memo, useState } from 'react'
import type { VerdictName } from '../../../shared/contract/verdict.ts'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import { type Month, sayMonth } from './timeline-rows.ts'
import classes from './timeline.module.css'
import { VERDICT_WORDS } from './verdict-words.ts'

/** Keys that walk from month to month, and how far. */
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -Infinity, End: Infinity }

/** How a mark is filled: the surer, the fuller; nothing to be sure of is hollow. */
const fillOfMonth = (verdict: VerdictName, strength: string | null): string =>
  verdict === 'dormant' || verdict === 'too_little_data' ? 'hollow' : (strength ?? 'unknown')

type MonthsProps = {
  months: Month[]
  lanes: VerdictName[]
  /** The row of the grid in which the first lane stands, and the one behind the last row a month reaches. */
  firstLane: number
  endRow: number
  chosen: string
  /** The month under the pointer or the keyboard; null when neither is on any. */
  onPoint: (period: string | null) => void
}

/**
 * One link a month, over all rows of the drawing, with its mark in the lane of its verdict. One stop for the keyboard; arrow keys
 * walk from there. Told apart from the drawing, which need not be drawn again for a pointer that moves.
 */
export const TimelineMonths = memo(({ months, lanes, firstLane, endRow, chosen, onPoint }: MonthsProps) => {
  const [walked, setWalked] = useState<string | null>(null)
  const reachable = walked ?? chosen
  const latest = months.at(-1)?.period
  const evaluated = months.filter((month) => month.evaluation !== null).map((month) => month.period)

  const walk = (event: KeyboardEvent<HTMLElement>, period: string) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const to = evaluated[Math.min(Math.max(evaluated.indexOf(period) + step, 0), evaluated.length - 1)]
    event.currentTarget.closest('ol')?.querySelector<HTMLElement>(`[data-month="${to}"]`)?.focus()
  }

  return (
    <ol className={classes.months} aria-label="Months, oldest first; arrow keys walk">
      {months.map((month, at) => {
        const { period, evaluation } = month
        if (evaluation === null) return null
        const { tone } = VERDICT_WORDS[evaluation.verdict]
        return (
          <li key={period} className={classes.item}>
            <Link
              from="/c/$slug"
              to="/c/$slug"
              search={(search) => ({ ...search, at: period === latest ? undefined : period })}
              resetScroll={false}
              preload={false}
              className={classes.month}
              style={{ gridRow: `1 / ${endRow}`, gridColumn: at + 2 }}
              data-month={period}
              data-unfinished={!evaluation.is_month_over}
              data-year={period.endsWith('-01')}
              data-chosen={period === chosen}
              tabIndex={period === reachable ? 0 : -1}
              aria-current={period === chosen ? 'true' : undefined}
              activeOptions={{ exact: true, explicitUndefined: true }}
              aria-label={sayMonth(month)}
              onKeyDown={(event) => walk(event, period)}
              onMouseEnter={() => onPoint(period)}
              onMouseLeave={() => onPoint(null)}
              onFocus={() => {
                onPoint(period)
                setWalked(period)
              }}
              onBlur={() => onPoint(null)}
            >
              <span
                className={classes.mark}
                data-fill={fillOfMonth(evaluation.verdict, evaluation.strength)}
                style={
                  {
                    gridRow: lanes.indexOf(evaluation.verdict) + firstLane,
                    '--fill': fillOf(tone),
                    '--edge': edgeOf(tone),
                  } as CSSProperties
                }
              />
            </Link>
          </li>
        )
      })}
    </ol>
  )
})
TimelineMonths.displayName = 'TimelineMonths'
