import type { AnswerTimes } from '../../../shared/contract/helping.ts'

/** Questions by how long they waited, each in one row; the last two are answered later than that, and not answered yet. */
export type AnswerBin = { id: string; label: string; count: number; isWaiting: boolean }

const EDGES = [
  { hours: 1, label: 'Within an hour' },
  { hours: 4, label: 'One to four hours' },
  { hours: 24, label: 'Four hours to a day' },
  { hours: 72, label: 'One to three days' },
  { hours: 168, label: 'Three to seven days' },
] as const

/** Every question once: the counts add up to all. */
export const listAnswerBins = ({ counts, marks }: AnswerTimes): AnswerBin[] => {
  if (counts === null) return []
  const within = (hours: number) => marks.find((mark) => mark.hours === hours)?.answered_count ?? 0
  const bins = EDGES.map(({ hours, label }, i) => ({
    id: `${hours}h`,
    label,
    count: within(hours) - (i === 0 ? 0 : within((EDGES[i - 1] as (typeof EDGES)[number]).hours)),
    isWaiting: false,
  }))
  return [
    ...bins,
    { id: 'later', label: 'Later', count: counts.answered_count - within(168), isWaiting: false },
    { id: 'waiting', label: 'Still waiting', count: counts.waiting_count, isWaiting: true },
  ]
}
