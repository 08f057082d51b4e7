import { formatDecimal } from '../../../shared/format.ts'
import { checkCount } from '../count-check.ts'
import { poissonAtMost } from '../poisson.ts'
import type { Check, Rule } from '../rule.ts'
import { sayCount, sayFewer, sayMore, sayPercent } from '../say-count.ts'
import { THRESHOLDS } from '../thresholds.ts'
import type { WindowFacts } from '../window-facts.ts'

const WEEKS = THRESHOLDS.dormant_recent_weeks.value

/** Verdict 1: it has gone quiet, the quiet is not chance, and it is not our feed that has gone silent. */
export const dormant: Rule = {
  id: 'dormant',
  verdict: 'dormant',
  title: 'Dormant',
  absence: 'Not dormant',
  deciding: ['recent-contributions', 'probability-of-silence'],
  test: (facts) => [
    checkCount({
      metric: 'history-weeks',
      label: 'How far the data go back',
      alternative: 0,
      unit: 'weeks',
      observed: facts.feed.history_weeks,
      comparison: 'at_least',
      threshold: facts.house.thresholds.dormant_history,
      says: () => `The data go back ${sayCount(facts.feed.history_weeks, ['week', 'weeks'])}`,
      noun: ['week of data', 'weeks of data'],
    }),
    checkFeed(facts),
    checkCount({
      metric: 'recent-contributions',
      label: `Contributions in the last ${WEEKS} weeks`,
      alternative: 0,
      unit: 'count',
      observed: facts.feed.recent_contribution_count,
      comparison: 'at_most',
      threshold: facts.house.thresholds.dormant_recent_contributions,
      says: () => `The last ${WEEKS} weeks saw ${sayRecent(facts.feed.recent_contribution_count)}`,
      noun: ['contribution', 'contributions'],
    }),
    checkSurprise(facts),
  ],
  sentence: ({ feed }) =>
    feed.recent_contribution_count <= THRESHOLDS.dormant_recent_contributions.value
      ? `It is dormant: next to nothing has been contributed for ${WEEKS} weeks.`
      : `It is dormant by its own thresholds: far less has been contributed for ${WEEKS} weeks than before.`,
}

const sayRecent = (count: number): string => (count === 0 ? 'no contributions' : sayCount(count, ['contribution', 'contributions']))

const checkFeed = ({ feed }: WindowFacts): Check => ({
  metric: 'feed-alive',
  label: 'The feed is known to be alive',
  unit: 'count',
  observed: feed.is_feed_alive ? 1 : 0,
  numerator: null,
  denominator: null,
  comparison: 'at_least',
  threshold: 1,
  passed: feed.is_feed_alive,
  alternative: 0,
  has_interval: false,
  says: () =>
    feed.is_feed_alive
      ? `The feed is known to have been alive in the last ${WEEKS} weeks`
      : `Nothing shows that the feed was alive in the last ${WEEKS} weeks`,
  asks: () => 'a feed that is known to be alive',
  change: () => (feed.is_feed_alive ? null : sayMore(1, ['event of any kind in those weeks', 'events'])),
})

/**
 * Whether so few would be a surprise at the earlier rate: a Poisson variable with its mean over the recent weeks. Of threads,
 * since contributions come in bursts: where four threads of ten are a quarter's talk, eight weeks without one are no surprise.
 * The recent contributions stand for the threads they could have started: as careful as can be, and there are two at most.
 */
const checkSurprise = ({ feed, house }: WindowFacts): Check => {
  const rate = feed.earlier_start_count / feed.earlier_weeks
  const probability = (recent: number) => poissonAtMost(recent, WEEKS * rate)
  const recent = feed.recent_contribution_count
  const threshold = house.thresholds.dormant_probability
  return {
    metric: 'probability-of-silence',
    label: 'Probability of so few threads at the earlier rate',
    unit: 'probability',
    // asked for only where the tests before it leave the question open
    get observed() {
      return probability(recent)
    },
    numerator: null,
    denominator: null,
    comparison: 'below',
    threshold,
    get passed() {
      return probability(recent) < threshold
    },
    alternative: 0,
    has_interval: false,
    says: () =>
      feed.earlier_start_count === 0
        ? `Before the last ${WEEKS} weeks nobody started a thread to compare with`
        : `At the earlier rate of ${sayRate(rate)} threads a week, ${recent === 0 ? 'none' : `no more than ${recent} (as many as there were contributions)`} in ${WEEKS} weeks would come about by chance ${sayChance(probability(recent))}`,
    asks: () => `a chance below ${sayPercent(threshold * 100)}`,
    change: () => {
      let amount = 1
      if (probability(recent) < threshold) {
        while (probability(recent + amount) < threshold) amount++
        return sayMore(amount, ['recent contribution', 'recent contributions'])
      }
      while (amount <= recent && probability(recent - amount) >= threshold) amount++
      return amount > recent ? null : sayFewer(amount, ['recent contribution', 'recent contributions'])
    },
  }
}

/** Two figures, and no decimals from ten on. */
const sayRate = (rate: number): string => (rate < 0.01 ? 'under 0.01' : formatDecimal(rate, rate < 1 ? 2 : rate < 10 ? 1 : 0))

/** "in 0.35 % of cases": rounded down, so that it never reads as though it reached the threshold. */
const sayChance = (probability: number): string => {
  if (probability < 1e-6) return 'less than once in a million times'
  if (probability > 0.995) return 'nearly always'
  const step = 10 ** (Math.floor(Math.log10(probability * 100)) - 1)
  const percent = probability >= 0.1 ? Math.round(probability * 100) : Math.floor((probability * 100) / step) * step
  return `${formatDecimal(percent, 6)} % of the time`
}
