import { formatDay, formatPeriod, sayCountOf } from '../../../shared/format.ts'
import { addDays, daysOfPeriod } from '../../../shared/period.ts'
import { plainLine } from './plain-words.ts'
import type { ReportMaterial } from './report-material.ts'
import { isRunning } from './write-growth.ts'

/** Shorter silences of the feed are nothing to warn of (our judgement: a quiet week). */
const QUIET_DAYS = 7

/** What to know before reading on; nothing that the headline has said. */
export const writeCaveats = (material: ReportMaterial): string[] => {
  const { community, month, first_on, known_on, whole_until, days, threads, verdict, is_stale } = material
  const { from_on, to_on } = daysOfPeriod(month, 'month')
  const caveats: string[] = []
  if (community.is_demo) {
    const note = plainLine(community.demo_note ?? '')
    caveats.push(note === '' ? 'Demonstration data.' : `Demonstration data. ${note}${/[.!?]$/.test(note) ? '' : '.'}`)
  }
  if (days === null || known_on === null || first_on === null || whole_until === null) return caveats
  if (isRunning(material)) caveats.push(`${formatPeriod(month)} is not over: the report holds what was known on ${formatDay(known_on)}.`)
  else if (known_on < addDays(to_on, -1))
    caveats.push(`The data end on ${formatDay(known_on)}: the rest of ${formatPeriod(month)} is not in this report.`)
  if (first_on > from_on) caveats.push(`The data begin on ${formatDay(first_on)}: ${formatPeriod(month)} is not whole.`)
  const gap = verdict?.exclusions.feed_gap_days ?? 0
  // where there is too little data, the opening says why
  if (gap >= QUIET_DAYS && verdict?.verdict !== 'too_little_data' && known_on >= addDays(to_on, -1))
    caveats.push(`For ${sayCountOf(gap, 'day')} of the time the verdict rests on, no data are known to have come.`)
  if (threads !== 'said')
    caveats.push(
      threads === 'inferred'
        ? 'Nobody uses threads here, so who answered whom was found from names and times: probably a low estimate.'
        : 'In chats without threads, who answered whom is not said: they are left out of the figures on answers.',
    )
  if (is_stale) caveats.push('More has come in that is not in these numbers yet.')
  return caveats
}
