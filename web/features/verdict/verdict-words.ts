import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { RuleTest, Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatCount, formatDay, formatDecimal, formatPercent, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import type { Tone } from '../../ui/palette.ts'

export const VERDICT_WORDS: Record<VerdictName, { word: string; tone: Tone; meaning: string }> = {
  community: { word: 'Community', tone: 'help', meaning: 'Members hold knowledge in common and use it to solve each other’s problems.' },
  blog: { word: 'Blog', tone: 'broadcast', meaning: 'One person writes; the others read or comment in that person’s house.' },
  newsletter: { word: 'Newsletter', tone: 'news', meaning: 'It publishes news, and little else happens.' },
  workgroup: {
    word: 'Workgroup',
    tone: 'work',
    meaning: 'It does tasks, such as writing documents, more than its people help each other.',
  },
  teaching_platform: { word: 'Teaching platform', tone: 'teaching', meaning: 'Many ask, and one person answers.' },
  mixed: { word: 'Mixed', tone: 'other', meaning: 'No one pattern holds: honest, and common.' },
  too_little_data: { word: 'Too little data', tone: 'other', meaning: 'Too little has happened, or is known, to say.' },
  dormant: { word: 'Dormant', tone: 'other', meaning: 'It was alive and has fallen silent.' },
}

type Trajectory = CommunitySummary['trajectory']
export const TRAJECTORY_WORDS: Record<Trajectory, { word: string; arrow: string }> = {
  forming: { word: 'forming', arrow: '◦' },
  growing: { word: 'growing', arrow: '↑' },
  steady: { word: 'steady', arrow: '→' },
  declining: { word: 'declining', arrow: '↓' },
  unknown: { word: 'not known yet', arrow: '' },
}

/** How sure resampling makes the verdict (house rule: 80 % and 60 %); null until it is computed. */
export const saySupport = (support: number | null): string | null => {
  if (support === null) return null
  const strength = support >= 0.8 ? 'clear' : support >= 0.6 ? 'leaning' : 'no clear pattern'
  return `${strength}: ${formatPercent(support)} of resampled windows agree`
}

/** A value of a test in its own unit, for the column "observed" and for its threshold. */
export const formatTestValue = (value: number, unit: RuleTest['unit']): string => {
  if (unit === 'share') return formatPercent(value)
  if (unit === 'probability') return value < 0.001 ? 'under 0.001' : formatDecimal(value, 3)
  if (unit === 'voices' || unit === 'per 100 words') return formatDecimal(value, 2)
  return formatCount(value)
}

const COMPARISONS: Record<RuleTest['comparison'], string> = { at_least: 'at least', at_most: 'at most', above: 'above', below: 'below' }
export const sayThreshold = (test: RuleTest): string => `${COMPARISONS[test.comparison]} ${formatTestValue(test.threshold, test.unit)}`

/** The tests of a rule by alternative: it passes when all tests of one of them pass. */
export const groupTests = (tests: RuleTest[]): RuleTest[][] => [...Map.groupBy(tests, (test) => test.alternative).values()]

/** What was left out of the window, in one sentence; null when nothing was. */
export const sayExclusions = ({ exclusions }: Pick<Verdict, 'exclusions'>): string | null => {
  const parts = [
    { count: exclusions.bot_contributions, what: 'by bots' },
    { count: exclusions.quarantined_contributions, what: 'whose time or reference cannot be right' },
    { count: exclusions.deleted_contributions, what: 'taken back since' },
  ].filter((part) => part.count > 0)
  const sentences: string[] = []
  if (parts.length > 0)
    sentences.push(`Left out: ${joinWords(parts.map((part) => `${sayCountOf(part.count, 'contribution')} ${part.what}`))}.`)
  if (exclusions.anonymous_contributions > 0)
    sentences.push(
      `${startSentence(sayCountOf(exclusions.anonymous_contributions, 'anonymous contribution'))} ${exclusions.anonymous_contributions === 1 ? 'counts' : 'count'} in volumes only.`,
    )
  if (exclusions.feed_gap_days > 0)
    sentences.push(
      `Nothing is known of the last ${exclusions.feed_gap_days === 1 ? 'day' : sayCountOf(exclusions.feed_gap_days, 'day')} of the window.`,
    )
  return sentences.length === 0 ? null : sentences.join(' ')
}

export const sayWindow = ({ window }: Pick<Verdict, 'window'>): string =>
  `${formatDay(window.from)} to ${formatDay(window.to)}, ${sayCountOf(window.days, 'day')}`
