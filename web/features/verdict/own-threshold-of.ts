import type { OwnThreshold, RuleTest } from '../../../shared/contract/verdict.ts'

/** Which tests a threshold belongs to: their metric, and the rule where another rule asks the same metric for something else. */
const TESTS: Record<string, { metric: string | string[]; rule?: string }> = {
  dormant_history: { rule: 'dormant', metric: 'history-weeks' },
  dormant_recent_contributions: { metric: 'recent-contributions' },
  dormant_probability: { metric: 'probability-of-silence' },
  enough_history: { rule: 'too-little-data', metric: 'history-weeks' },
  feed_gap: { metric: 'feed-gap' },
  enough_contributions: { metric: 'contributions' },
  enough_people: { metric: 'active-people' },
  workgroup_work: { rule: 'workgroup', metric: 'content-mix:work' },
  workgroup_help: { rule: 'workgroup', metric: 'content-mix:help' },
  workgroup_talk_words: { metric: 'talk-words' },
  workgroup_work_words: { metric: 'work-words' },
  workgroup_artefact_words: { metric: 'artefact-words' },
  workgroup_top_ten: { metric: 'top-ten-share' },
  newsletter_news: { rule: 'newsletter', metric: ['content-mix:news', 'content-mix:news+broadcast'] },
  teaching_help: { rule: 'teaching-platform', metric: 'content-mix:help' },
  teaching_top_answerer: { rule: 'teaching-platform', metric: 'top-share-of-answers' },
  teaching_questions_by_others: { metric: 'questions-by-others' },
  blog_top_person: { rule: 'blog', metric: 'top-share' },
  blog_host: { metric: 'host-share' },
  blog_help: { rule: 'blog', metric: 'content-mix:help' },
  blog_top_starter: { rule: 'blog', metric: 'top-share-of-starts' },
  community_talk: { metric: 'content-mix:help+discussion' },
  community_help: { rule: 'community', metric: 'content-mix:help' },
  community_answered: { metric: 'answered-share' },
  community_top_answerer: { rule: 'community', metric: 'top-share-of-answers' },
  community_voices: { metric: 'effective-voices-n2-of-answers' },
  community_helpers: { metric: 'helpers' },
}

/** The threshold of its own that a community judges a test of a rule by; null where it is judged by the default. */
export const ownThresholdOf = (
  own: readonly OwnThreshold[],
  rule: string,
  test: Pick<RuleTest, 'metric' | 'threshold'>,
): OwnThreshold | null =>
  own.find(({ id, unit, value }) => {
    const belongs = TESTS[id]
    return (
      belongs !== undefined &&
      [belongs.metric].flat().includes(test.metric) &&
      (belongs.rule === undefined || belongs.rule === rule) &&
      // a metric may also be held against another count, which is no threshold of anybody's
      Math.abs((unit === 'percent' ? value / 100 : value) - test.threshold) < 1e-9
    )
  }) ?? null

/** Own thresholds that no test of a rule is asked with, such as how sure a verdict must be to be called clear. */
export const ownOutsideRules = (own: readonly OwnThreshold[]): OwnThreshold[] => own.filter(({ id }) => TESTS[id] === undefined)
