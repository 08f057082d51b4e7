import { checkCount } from '../count-check.ts'
import { checkSample, isLittleData } from '../little-data.ts'
import { type Check, passingAlternatives, type Rule } from '../rule.ts'
import { type Noun, sayCount, sayFewer, sayMore, sayPercent } from '../say-count.ts'
import { exceedsPercent } from '../smallest-change.ts'
import type { WindowFacts } from '../window-facts.ts'
import { blog } from './blog.ts'
import { newsletter } from './newsletter.ts'
import { workgroup } from './workgroup.ts'

/** Patterns so plain that few cases can show them: on little data their deciding share is held to the lower end of its interval. */
const PLAIN_PATTERNS: readonly Rule[] = [workgroup, newsletter, blog]

/**
 * Verdict 2: we cannot know. Too short a history or a hole in the feed; or too few contributions or people, unless a plain
 * pattern is clear all the same: a monthly newsletter, 12 of 12 news, is a newsletter; one person writing alone is a blog.
 */
export const tooLittleData: Rule = {
  id: 'too-little-data',
  verdict: 'too_little_data',
  title: 'Too little data',
  absence: 'Enough data',
  test: (facts) => {
    const waiver = isLittleData(facts) ? [checkNothingPlain(facts, 2), checkNothingPlain(facts, 3)] : []
    return [
      checkCount({
        metric: 'history-weeks',
        label: 'How far the data go back',
        alternative: 0,
        unit: 'weeks',
        observed: facts.feed.history_weeks,
        comparison: 'below',
        threshold: facts.house.thresholds.enough_history,
        says: () => `The data go back ${sayCount(facts.feed.history_weeks, ['week', 'weeks'])}`,
        noun: ['week of data', 'weeks of data'],
      }),
      checkGap(facts),
      ...checkSample(facts, 'below', [2, 3]),
      ...waiver,
    ]
  },
  sentence: (facts) => {
    const [why] = passingAlternatives(tooLittleData.test(facts))
    if (why === 0) return 'Too little data to say: its history is too short.'
    if (why === 1) return 'Too little data to say: the feed does not reach far enough into this window.'
    return `Too little data to say: too few ${why === 2 ? 'contributions' : 'people'} in this window.`
  },
}

const UNCOVERED: Noun = ['day not covered', 'days not covered']

/** Days at the end of the window that the feed is not known to cover. Silence there may be ours, not theirs. */
const checkGap = ({ days, feed, house }: WindowFacts): Check => {
  const percent = house.thresholds.feed_gap
  const gap = Math.min(feed.feed_gap_days, days)
  const passed = exceedsPercent(gap, days, percent)
  const most = Math.floor((days * percent) / 100)
  return {
    metric: 'feed-gap',
    label: 'Part of the window that the feed is not known to cover',
    unit: 'share',
    observed: gap / days,
    numerator: gap,
    denominator: days,
    comparison: 'above',
    threshold: percent / 100,
    passed,
    alternative: 1,
    // days are not a sample of anything
    has_interval: false,
    says: () =>
      gap === 0 ? `The feed covers all ${days} days` : `The feed is not known to cover ${gap} of the ${sayCount(days, ['day', 'days'])}`,
    asks: () => `more than ${sayPercent(percent)} not covered (${most} days)`,
    change: () => (passed ? sayFewer(gap - most, UNCOVERED) : sayMore(most + 1 - gap, UNCOVERED)),
  }
}

/** That none of the plain patterns is clear on so little. Passed: the floors stand. Failed: they are waived. */
const checkNothingPlain = (facts: WindowFacts, alternative: number): Check => {
  const found = PLAIN_PATTERNS.flatMap((rule) => {
    const checks = rule.test(facts)
    return passingAlternatives(checks).map((way) => ({ rule, checks: checks.filter((check) => check.alternative === way) }))
  })
  const [first] = found
  return {
    metric: 'plain-patterns',
    label: 'A pattern that is clear even on so little',
    unit: 'count',
    observed: found.length,
    numerator: null,
    denominator: null,
    comparison: 'below',
    threshold: 1,
    passed: first === undefined,
    alternative,
    has_interval: false,
    says: () =>
      first === undefined
        ? 'No pattern is clear enough to be told from so little'
        : `${first.checks.map((check) => check.says()).join(', and ')}: clear enough for a ${first.rule.title.toLowerCase()} even on so little`,
    asks: () => 'no workgroup, newsletter or blog to be that clear',
    // several ways that hold at once need several changes
    change: () => (found.length === 1 ? (first?.checks[0]?.change() ?? null) : null),
  }
}
