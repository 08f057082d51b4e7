/** What a window leaves out, each with what that means. Pure. */
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'

export type Exclusions = Verdict['exclusions']
export type Exclusion = { id: keyof Exclusions; label: string; count: number; amount: string; meaning: string }

/** Everything that can be left out, nothing hidden: what is none says so. */
export const listExclusions = (exclusions: Exclusions, days: number): Exclusion[] => {
  const { bot_contributions, bot_accounts, anonymous_contributions, quarantined_contributions, deleted_contributions, feed_gap_days } =
    exclusions
  const contributions = (count: number) => startSentence(sayCountOf(count, 'contribution'))
  return [
    {
      id: 'bot_contributions',
      label: 'Bots and feeds',
      count: bot_contributions,
      amount:
        bot_contributions > 0 && bot_accounts > 0
          ? `${contributions(bot_contributions)} of ${sayCountOf(bot_accounts, 'account')}`
          : contributions(bot_contributions),
      meaning: 'Left out everywhere: what a programme posts says nothing of people helping each other.',
    },
    {
      id: 'anonymous_contributions',
      label: 'Anonymous',
      count: anonymous_contributions,
      amount: contributions(anonymous_contributions),
      meaning: 'They count in volumes and kinds, but belong to nobody: they can make no person a top person and no helper.',
    },
    {
      id: 'quarantined_contributions',
      label: 'Quarantined',
      count: quarantined_contributions,
      amount: contributions(quarantined_contributions),
      meaning: 'Left out, because their time or what they refer to cannot be right, such as an answer before its question.',
    },
    {
      id: 'deleted_contributions',
      label: 'Taken back',
      count: deleted_contributions,
      amount: contributions(deleted_contributions),
      meaning: 'Left out, because whoever made them has deleted them since.',
    },
    {
      id: 'feed_gap_days',
      label: 'Not known',
      count: feed_gap_days,
      amount: startSentence(sayCountOf(feed_gap_days, 'day')),
      meaning:
        feed_gap_days === 0
          ? `The feed covers all ${days} days of the window.`
          : `The last days of the window’s ${days} that no source is known to cover: silence there may be ours, not theirs.`,
    },
  ]
}

/** What was left out, in one sentence that says so where it is nothing. */
export const sayLeftOut = (exclusions: Exclusions, days: number): string => {
  const some = listExclusions(exclusions, days).filter(({ count }) => count > 0)
  if (some.length === 0) return 'Nothing was left out, and the feed covers the whole window.'
  return `Left out, or counted in part: ${joinWords(some.map(({ label, amount }) => `${label.toLowerCase()} (${amount.charAt(0).toLowerCase()}${amount.slice(1)})`))}.`
}
