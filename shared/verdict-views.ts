/** In what views a verdict can be had, and which of its tests can list what they count. */

/** Who counts: people as everywhere; accounts taken for bots too; or nobody who was named a facilitator. */
export const VERDICT_VIEWS = ['as_found', 'with_bots', 'without_facilitators'] as const
export type VerdictView = (typeof VERDICT_VIEWS)[number]

/** Tests whose number is not made of cases, by metric, and why. */
export const TESTS_WITHOUT_CASES: Readonly<Record<string, string>> = {
  'history-weeks': 'Weeks are counted from the first event of any kind to the end of the window; there is nothing to list.',
  'feed-alive': 'It is a yes or no: whether any event arrived in the last weeks, or a source is known to have been whole until then.',
  'probability-of-silence':
    'It is worked out from two counts, the recent contributions and those of the year before; the recent ones have a list.',
  'plain-patterns': 'It counts rules that hold even on so little; each of them has its own tests and lists.',
  'effective-voices-n2-of-answers':
    'It says how evenly the answers are spread and counts nothing; the people and their answers stand in the table of who is behind the verdict.',
}
/** Whether a test of this metric can list what it counts. */
export const hasVerdictCases = (metric: string): boolean => !(metric in TESTS_WITHOUT_CASES)
