import { checkCount } from '../count-check.ts'
import { distributionOf } from '../distribution.ts'
import { checkEnoughData, isLittleAfter } from '../little-data.ts'
import { checkMixShare } from '../mix-check.ts'
import { passingAlternatives, type Rule } from '../rule.ts'
import { mostOrMuch, sayCount } from '../say-count.ts'
import { checkShare } from '../share-check.ts'
import { reachesPercent } from '../smallest-change.ts'
import { THRESHOLDS } from '../thresholds.ts'
import type { WindowFacts } from '../window-facts.ts'

/**
 * Verdict 6: one person's house. They write most of it; or nearly everything lies in threads they started, as the comments of
 * a weblog do (on two real weblogs the author wrote 25–75 % and hosted nearly all); or they start most threads and few join.
 */
export const blog: Rule = {
  id: 'blog',
  verdict: 'blog',
  title: 'Blog',
  absence: 'Not a blog',
  test: (facts) => {
    const { start_count, contributions_by_person, starts_by_person } = facts.people
    return [
      checkMixShare(facts, {
        metric: 'top-share',
        label: 'Contributions by the most active person',
        alternative: 0,
        k: distributionOf(contributions_by_person).top,
        comparison: 'at_least',
        percent: facts.house.thresholds.blog_top_person,
        is_deciding: true,
        says: (share) => `One person made ${share}`,
        part: ['contribution by that person', 'contributions by that person'],
        rest: ['contribution by others', 'contributions by others'],
      }),
      checkMixShare(facts, {
        metric: 'host-share',
        label: "Contributions in one person's threads",
        alternative: 1,
        k: distributionOf(facts.hosts.contributions_by_host).top,
        comparison: 'at_least',
        percent: facts.house.thresholds.blog_host,
        is_deciding: true,
        says: (share, verb) => `${share} ${verb} made in threads that one person started`,
        part: ["contribution in that person's threads", "contributions in that person's threads"],
        rest: ['contribution in threads by others', 'contributions in threads by others'],
      }),
      checkMixShare(facts, {
        metric: 'content-mix:help',
        label: 'Share of help',
        alternative: 1,
        k: facts.mix.help,
        comparison: 'below',
        percent: facts.house.thresholds.blog_help,
        says: (share, verb) => `${share} ${verb} help`,
        part: ['question or answer', 'questions or answers'],
      }),
      checkShare({
        metric: 'top-share-of-starts',
        label: 'Threads started by the person who starts most',
        alternative: 2,
        k: distributionOf(starts_by_person).top,
        n: start_count,
        comparison: 'at_least',
        percent: facts.house.thresholds.blog_top_starter,
        isStillLittle: (more) => isLittleAfter(facts, more),
        noun: ['thread', 'threads'],
        says: (share) => `One person started ${share}`,
        without: 'Nobody started a thread',
        part: ['thread by that person', 'threads by that person'],
        rest: ['thread started by others', 'threads started by others'],
      }),
      checkLargest(facts),
      // which of two counts is larger is no clear sign on little data
      ...checkEnoughData(facts, 2),
    ]
  },
  sentence: (facts) => {
    const [way] = passingAlternatives(blog.test(facts))
    const { people, hosts } = facts
    if (way === 0)
      return `It reads as a blog: one person makes ${mostOrMuch(distributionOf(people.contributions_by_person).top, people.contribution_count)} of it.`
    if (way === 1)
      return `It reads as a blog with comments: others talk, but ${sayHowOften(distributionOf(hosts.contributions_by_host).top, hosts.contribution_count)} in threads that one person starts.`
    const starts = mostOrMuch(distributionOf(people.starts_by_person).top, people.start_count) === 'most' ? 'most' : 'many'
    return `It reads as a blog: one person starts ${starts} threads, and most often nobody else joins.`
  },
}

/** By default nearly all of it lies there; a community may ask for less. */
const sayHowOften = (k: number, n: number): string => {
  if (reachesPercent(k, n, THRESHOLDS.blog_host.value)) return 'nearly always'
  return mostOrMuch(k, n) === 'most' ? 'mostly' : 'often'
}

const OTHER_KINDS = ['help', 'discussion', 'news', 'work', 'other'] as const

/** Posts that nobody joined are more than any other kind; a tie is not the largest. */
const checkLargest = ({ mix }: WindowFacts) => {
  const name = OTHER_KINDS.reduce((most, kind) => (mix[kind] > mix[most] ? kind : most))
  const count = mix[name]
  return checkCount({
    metric: 'content-mix:broadcast',
    label: 'Broadcast against the largest other kind',
    alternative: 2,
    unit: 'count',
    observed: mix.broadcast,
    comparison: 'above',
    threshold: count,
    says: () =>
      mix.broadcast === 0 ? 'No post was left alone' : `${sayCount(mix.broadcast, ['post', 'posts'])} found nobody else to join`,
    asks: () =>
      `more than the largest other kind (${sayCount(count, ['contribution', 'contributions'])} of ${name === 'other' ? 'no clear kind' : name})`,
    noun: ['post that nobody joins', 'posts that nobody joins'],
  })
}
