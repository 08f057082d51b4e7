import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { shareOf } from './change-of-share.ts'
import type { ClosedWeek } from './load-weeks.ts'
import { SHARE_WINDOWS } from './share-limits.ts'
import type { ShareWords } from './share-rule.ts'
import type { ShareSeries } from './share-series.ts'

/** The share as it is shown, in percent, of the weeks up to each; a gap where there are too few for one. */
export const shownShares = (words: ShareWords, closed: readonly ClosedWeek[], series: ShareSeries, weeks: number = SHARE_WINDOWS[0]) =>
  closed.map(({ on }, week) => {
    const part = week < weeks - 1 ? { cases: 0, of: 0, heard: 0 } : series.sum(week - weeks + 1, week, false)
    if (part.of < MIN_CASES_FOR_INTERVAL || part.heard < weeks / 2) return { on, value: null }
    const share = words.is_good_shown ? 1 - shareOf(part) : shareOf(part)
    return { on, value: Number((share * 100).toFixed(1)) }
  })
