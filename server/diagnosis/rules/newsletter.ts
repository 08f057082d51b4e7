import { formatCount } from '../../../shared/format.ts'
import { checkCount } from '../count-check.ts'
import { checkMixShare } from '../mix-check.ts'
import type { Rule } from '../rule.ts'
import { mostOrMuch, sayCount } from '../say-count.ts'
import { reachesPercent } from '../smallest-change.ts'
import type { WindowFacts } from '../window-facts.ts'

/** Verdict 4: it only publishes news. By news alone, or by news and broadcast together with news the larger. */
export const newsletter: Rule = {
  id: 'newsletter',
  verdict: 'newsletter',
  title: 'Newsletter',
  absence: 'Not a newsletter',
  test: (facts) => [
    checkMixShare(facts, {
      metric: 'content-mix:news',
      label: 'Share of news',
      alternative: 0,
      k: facts.mix.news,
      comparison: 'at_least',
      percent: facts.house.thresholds.newsletter_news,
      is_deciding: true,
      says: (share, verb) => `${share} ${verb} news`,
      part: ['announcement', 'announcements'],
    }),
    checkMixShare(facts, {
      metric: 'content-mix:news+broadcast',
      label: 'Share of news and broadcast',
      alternative: 1,
      k: facts.mix.news + facts.mix.broadcast,
      comparison: 'at_least',
      percent: facts.house.thresholds.newsletter_news,
      is_deciding: true,
      says: (share, verb) => `${share} ${verb} news or posts that nobody else joined`,
      part: ['announcement or post that nobody joins', 'announcements or posts that nobody joins'],
    }),
    checkCount({
      metric: 'content-mix:news',
      label: 'News against broadcast',
      alternative: 1,
      unit: 'count',
      observed: facts.mix.news,
      comparison: 'above',
      threshold: facts.mix.broadcast,
      says: () =>
        facts.mix.news === 0
          ? 'There was no news'
          : `There ${facts.mix.news === 1 ? 'was' : 'were'} ${sayCount(facts.mix.news, ['announcement', 'announcements'])}`,
      asks: () => `more than the posts that nobody else joined (${facts.mix.broadcast === 0 ? 'none' : formatCount(facts.mix.broadcast)})`,
      noun: ['announcement', 'announcements'],
    }),
  ],
  sentence: (facts) =>
    `It reads as a newsletter${isByOneAuthor(facts) ? ', by one author' : ''}: ${mostOrMuch(facts.mix.news, facts.people.contribution_count)} of it is news, and little comes back.`,
}

/** One person writes nearly all of the news. */
const isByOneAuthor = (facts: WindowFacts): boolean =>
  facts.news_by_top_author !== null &&
  reachesPercent(facts.news_by_top_author, facts.mix.news, facts.house.thresholds.newsletter_one_author)
