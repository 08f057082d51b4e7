/** What stands, what this evaluation says beside it, since when, and what would have to happen: in words. Pure. */
import type { Standing, Support, Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatDay, formatPeriod, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { sayAsThing, sayVerdict, STRENGTH_WORDS, VERDICT_WORDS } from './verdict-words.ts'

/** How sure, and of what where the headline says something else. */
export const saySure = ({
  verdict,
  standing,
  support_detail: { strength },
}: Pick<Verdict, 'verdict' | 'standing' | 'support_detail'>): string => {
  if (strength === null) return 'Not told'
  const word = startSentence(STRENGTH_WORDS[strength].word)
  return strength === 'none' || standing === verdict ? word : `${word}: ${sayVerdict(verdict)}`
}

type Told = Pick<Verdict, 'verdict' | 'standing' | 'standing_detail' | 'sentence' | 'support_detail' | 'at'>

/**
 * The headline: what stands, with what this evaluation says beside it where that differs. Where nothing stands, no verdict is
 * made of a month that is not clear.
 */
export const sayHeadline = (verdict: Told): { stands: string; beside: string | null } => {
  const { standing, standing_detail: detail } = verdict
  if (standing === verdict.verdict || (standing === null && detail === null)) return { stands: verdict.sentence, beside: null }
  const [, first, rest] = /^(.+?\.) (.+)$/.exec(detail?.sentence ?? '') ?? []
  if (first !== undefined && rest !== undefined) return { stands: first, beside: rest }
  const { strength } = verdict.support_detail
  const reads = `${STRENGTH_WORDS[strength ?? 'none'].verb} ${sayVerdict(verdict.verdict)}`
  return {
    stands: standing === null ? 'Nothing stands yet.' : `${VERDICT_WORDS[standing].word}.`,
    beside: `${startSentence(formatPeriod(verdict.at.slice(0, 7)))} ${reads}${strength === 'none' ? ', with no clear pattern' : ''}; not confirmed yet.`,
  }
}

/** "8 years", "14 months", "under a month": how long from one day to another. */
export const sayAge = (from: string, to: string): string => {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  if (months < 1) return 'under a month'
  if (months < 24) return sayCountOf(months, 'month')
  const years = Math.floor(months / 12)
  const rest = months % 12
  return rest === 0 ? sayCountOf(years, 'year') : `${sayCountOf(years, 'year')} and ${sayCountOf(rest, 'month')}`
}

/** Since when it stands, and why that is not told where it is not. */
export const saySince = (verdict: Pick<Verdict, 'verdict' | 'standing' | 'standing_detail' | 'at'>): { since: string; notes: string[] } => {
  const { standing, standing_detail: detail, at } = verdict
  if (standing === null)
    return detail === null
      ? { since: 'Not known', notes: ['What stands follows from the month ends before, and those are not at hand for this day.'] }
      : { since: 'Nothing stands yet', notes: [] }
  // where the month reads otherwise the headline has said it, and since when stands over this
  const said =
    detail === null || standing !== verdict.verdict
      ? []
      : [detail.sentence.replace(/^[^.]+ since the end of [^.]+\.\s*/, '')].filter(Boolean)
  if (detail?.since == null) return { since: 'Not known', notes: [...said, 'Since when is not at hand.'] }
  return {
    since: formatDay(detail.since),
    notes: [`${startSentence(sayAge(detail.since, at))}${canBeJudged(standing) ? ` as ${sayAsThing(standing)}` : ''}.`, ...said],
  }
}

/** Why it is called as sure as it is, without the word that stands over it and without what caps it, which are said apart. */
export const saySupport = ({ sentence, caps }: Pick<Support, 'sentence' | 'caps'>): string =>
  startSentence(
    caps
      .reduce((left, cap) => left.replace(cap, ''), sentence)
      .replace(/^[A-Za-z ]+: /, '')
      .trim(),
  )

const canBeJudged = (verdict: VerdictName): boolean => verdict !== 'dormant' && verdict !== 'too_little_data'

/** What it takes for another verdict to stand. */
export const sayWhatItTakes = (standing: VerdictName | null, pending: Standing['pending']): string => {
  if (standing === null) return 'Nothing stands yet: the first verdict that is clear at month ends in a row will.'
  if (pending !== null) return sayPending(pending, standing)
  return !canBeJudged(standing)
    ? `${VERDICT_WORDS[standing].word} counts at once and defends nothing: once a month can be judged, what stood before stands again, or else the first verdict that is clear at month ends in a row.`
    : `What stands, ${sayVerdict(standing)}, changes only when another verdict is clear at month ends in a row; too little data and dormant count at once.`
}

/** A verdict on its way to stand: how far it has come and what it still takes. */
export const sayPending = (pending: NonNullable<Standing['pending']>, standing: VerdictName | null): string => {
  const { verdict, evaluations, asked, since } = pending
  const left = asked - evaluations
  const been =
    evaluations === 1
      ? `${VERDICT_WORDS[verdict].word} has been clear at one month end, ${formatDay(since)}.`
      : `${VERDICT_WORDS[verdict].word} has been clear at ${sayCount(evaluations)} month ends in a row, since ${formatDay(since)}.`
  const takes = left <= 1 ? 'Clear once more at the next, it would stand' : `Clear at ${sayCount(left)} more in a row, it would stand`
  return `${been} ${takes}${standing === null ? '' : ` in place of ${sayVerdict(standing)}`}.`
}

/** The smallest change that turns the reading; where the search found none, what turns the tests that decide. */
export const sayFlip = ({ flip, rules }: Pick<Verdict, 'flip' | 'rules'>): string => {
  if (flip !== null) return flip.sentence
  const decisive = rules.find((rule) => rule.is_decisive)
  const turning = decisive?.tests.filter(({ passed, smallest_change }) => passed && smallest_change !== null) ?? []
  const none = 'No small change of what its members do was found that would make it read otherwise.'
  return [none, ...turning.map(({ label, smallest_change }) => `${label}: ${smallest_change}`)].join(' ')
}

/** What a month reads as and why, where another verdict stands. */
export const sayWhyOfMonth = ({ at, verdict, because }: Pick<Verdict, 'at' | 'verdict' | 'because'>): string => {
  const reads = `${startSentence(formatPeriod(at.slice(0, 7)))} reads as ${sayAsThing(verdict)}`
  // of what is mixed it says what comes nearest, which is no reason; else the first letter small, unless a figure stands there
  return verdict === 'mixed'
    ? `${reads}. ${because}`
    : `${reads}: ${because.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase())}`
}
