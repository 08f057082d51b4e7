import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { RuleTest, Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatCount, formatDay, formatDecimal, formatPercent, sayCountOf } from '../../../shared/format.ts'
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

/** The verdict inside a sentence: community, teaching platform. */
export const sayVerdict = (verdict: VerdictName): string => VERDICT_WORDS[verdict].word.toLowerCase()

/** It as a thing: a community, mixed. */
export const sayAsThing = (verdict: VerdictName): string =>
  verdict === 'mixed' || verdict === 'dormant' || verdict === 'too_little_data' ? sayVerdict(verdict) : `a ${sayVerdict(verdict)}`

type Trajectory = CommunitySummary['trajectory']
export const TRAJECTORY_WORDS: Record<Trajectory, { word: string; arrow: string }> = {
  forming: { word: 'forming', arrow: '◦' },
  growing: { word: 'growing', arrow: '↑' },
  steady: { word: 'steady', arrow: '→' },
  declining: { word: 'declining', arrow: '↓' },
  unknown: { word: 'not known yet', arrow: '' },
}

/** Whether it is what its charter says. */
export const INTENTION_WORDS = { as_intended: 'As intended', drifting: 'Drifting', not_judged: 'Not judged' } as const

type Strength = NonNullable<Verdict['support_detail']['strength']>
/** How sure resampling makes a verdict; `verb` stands before the verdict in "this month leans blog". */
export const STRENGTH_WORDS: Record<Strength, { word: string; verb: string }> = {
  clear: { word: 'clear', verb: 'reads clearly as' },
  leaning: { word: 'leaning', verb: 'leans' },
  none: { word: 'no clear pattern', verb: 'reads as' },
}

/** A share of windows that agree, rounded down, so that it never reads as though it reached what it does not. */
export const formatSupport = (support: number): string => formatPercent(Math.floor(Number((support * 100).toFixed(6))) / 100)

/** How sure, in one or two words, for a list: "clear, 92 %"; of what is not resampled "not resampled". */
export const sayStrength = (strength: Strength | null, support: number | null): string => {
  if (strength === null) return 'not resampled'
  return support === null ? STRENGTH_WORDS[strength].word : `${STRENGTH_WORDS[strength].word}, ${formatSupport(support)}`
}

/** A value of a test in its own unit, for the column "observed" and for its threshold. */
export const formatTestValue = (value: number, unit: RuleTest['unit']): string => {
  if (unit === 'share') return formatPercent(value)
  if (unit === 'probability') return value < 0.001 ? 'under 0.001' : formatDecimal(value, 3)
  if (unit === 'voices') return formatDecimal(value, 2)
  if (unit === 'per 100 words') return `${formatDecimal(value, 2)} per 100 words`
  return formatCount(value)
}

/** The smallest step in which a value of a unit is written. */
const STEPS: Record<RuleTest['unit'], number> = {
  share: 0.01,
  probability: 0.001,
  voices: 0.01,
  'per 100 words': 0.01,
  count: 1,
  people: 1,
  weeks: 1,
}

/** What a test saw, in its unit; rounded down where rounding would make it look as though it had reached its threshold. */
export const formatObserved = (observed: number, { unit, threshold }: Pick<RuleTest, 'unit' | 'threshold'>): string => {
  const text = formatTestValue(observed, unit)
  if (observed >= threshold || text !== formatTestValue(threshold, unit)) return text
  const step = STEPS[unit]
  return formatTestValue((Math.ceil(Number((threshold / step).toFixed(6))) - 1) * step, unit)
}

const COMPARISONS: Record<RuleTest['comparison'], string> = { at_least: 'at least', at_most: 'at most', above: 'above', below: 'below' }
export const sayThreshold = (test: RuleTest): string => `${COMPARISONS[test.comparison]} ${formatTestValue(test.threshold, test.unit)}`

/** The tests of a rule by alternative: it passes when all tests of one of them pass. */
export const groupTests = (tests: RuleTest[]): RuleTest[][] => [...Map.groupBy(tests, (test) => test.alternative).values()]

export const sayWindow = ({ window }: Pick<Verdict, 'window'>): string =>
  `${formatDay(window.from)} to ${formatDay(window.to)}, ${sayCountOf(window.days, 'day')}`
