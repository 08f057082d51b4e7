/** What to look at first, by what declines and by what carries it: at most three, each a page of the dashboard. Pure. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { periodOfDay, shiftPeriod } from '../../../shared/period.ts'
import type { Driven } from './drive-decline.ts'
import type { SeriesId } from './say-series.ts'

type Asked = {
  slug: string
  /** Named series, the furthest from usual first. */
  named: readonly SeriesId[]
  by: Driven['by']
  /** A day within the month in which it began, and one within the last that is judged. */
  from_on: string
  to_on: string
  /** A source has gone silent. */
  is_source_silent: boolean
}

const MOST = 3
/** Months before it that a page shows with it, so that one sees what was usual. */
const MONTHS_BEFORE = 6

export const lookFirst = ({ slug, named, by, from_on, to_on, is_source_silent }: Asked): AlertContent['look_first'] => {
  const from = shiftPeriod(periodOfDay(from_on, 'month'), 'month', -MONTHS_BEFORE)
  const span = `from=${from}&to=${periodOfDay(to_on, 'month')}`
  const page = (name: string, search = span, part = '') => `/c/${slug}/${name}?${search}${part === '' ? '' : `#${part}`}`
  const steps: AlertContent['look_first'] = []
  if (is_source_silent) steps.push({ text: 'Whether the silent source is still read: where the data come from', path: `/c/${slug}/data` })
  if (by?.dimension === 'person') {
    steps.push({ text: 'Who used to answer, and who does now', path: page('voices', `of=answers&${span}`, 'pareto') })
    steps.push({ text: 'What is left without the top person', path: page('voices', `of=answers&${span}`, 'without-top') })
  }
  if (by?.dimension === 'month' || by?.dimension === 'quarter') {
    const month = monthOf(by.key)
    steps.push({
      text: `How those who joined in ${formatPeriod(month)} stayed, beside all others`,
      path: page('membership', `by=${by.dimension}&cohorts=${month}&${span}`, 'retention'),
    })
  }
  for (const id of named) steps.push(...STEPS[id](page))
  const paths = new Set<string>()
  return steps.filter(({ path }) => !paths.has(path) && paths.add(path)).slice(0, MOST)
}

/** The first month of a cohort: a month, or a quarter written 2025-Q2. */
const monthOf = (cohort: string): string =>
  cohort.includes('Q') ? `${cohort.slice(0, 4)}-${String(Number(cohort.slice(6)) * 3 - 2).padStart(2, '0')}` : cohort

type Page = (name: string, search?: string, part?: string) => string
const STEPS: Record<SeriesId, (page: Page) => AlertContent['look_first']> = {
  joins: (page) => [
    { text: 'Who joined and who left, month by month', path: page('membership') },
    { text: 'What becomes of newcomers: do they post, and does somebody reply?', path: page('membership', undefined, 'newcomers') },
  ],
  'active-people': (page) => [
    { text: 'How contributions are shared among people', path: page('voices') },
    { text: 'Whether those who joined stay, by when they joined', path: page('membership', undefined, 'retention') },
  ],
  questions: (page) => [
    { text: 'Which topics are asked about, and answered', path: page('helping', undefined, 'topics') },
    { text: 'What becomes of newcomers: do they post, and does somebody reply?', path: page('membership', undefined, 'newcomers') },
  ],
  answered: (page) => [
    { text: 'What was asked, answered and confirmed; what still waits', path: page('helping', undefined, 'funnel') },
    { text: 'Who answers, and how it is shared', path: page('voices', 'of=answers', 'pareto') },
  ],
  leavers: (page) => [{ text: 'Who stays, by when they joined', path: page('membership', undefined, 'retention') }],
}
