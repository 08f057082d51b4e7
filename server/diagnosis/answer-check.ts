import { formatDecimal } from '../../shared/format.ts'
import { distributionOf } from './distribution.ts'
import type { Check } from './rule.ts'
import { type Noun, sayCount, sayMore, sayPercent } from './say-count.ts'
import { checkShare } from './share-check.ts'
import { exceedsPercent } from './smallest-change.ts'
import type { WindowFacts } from './window-facts.ts'

const ANSWER: Noun = ['answer', 'answers']
const NO_ANSWERS = 'Nobody answered anybody'

/** The share of all answers that the person with most of them gave; anonymous answers are in the denominator. */
export const checkTopAnswerer = (facts: WindowFacts, comparison: 'at_least' | 'below', percent: number): Check =>
  checkShare({
    metric: 'top-share-of-answers',
    label: 'Answers by the person who gave most',
    alternative: 0,
    k: distributionOf(facts.people.answers_by_person).top,
    n: facts.people.answer_count,
    comparison,
    percent,
    noun: ANSWER,
    says: (share) => `One member gave ${share}`,
    without: NO_ANSWERS,
    part: ['answer by that member', 'answers by that member'],
    rest: ['answer by others', 'answers by others'],
  })

/**
 * Effective voices among the answers whose author is known, N2 = (Σa)²/Σa² (Hill 1973, 10.2307/1934352), against a whole
 * number: exact in integers.
 */
export const checkAnsweringVoices = (facts: WindowFacts, voices: number): Check => {
  const { sum, sum_of_squares, top } = distributionOf(facts.people.answers_by_person)
  const observed = sum === 0 ? null : (sum * sum) / sum_of_squares
  const isEnough = (total: number, squares: number) => total > 0 && total * total >= voices * squares
  const passed = isEnough(sum, sum_of_squares)
  return {
    metric: 'effective-voices-n2-of-answers',
    label: 'Effective number of people who answer (N2)',
    unit: 'voices',
    observed,
    numerator: null,
    denominator: null,
    comparison: 'at_least',
    threshold: voices,
    passed,
    alternative: 0,
    has_interval: false,
    says: () => (observed === null ? NO_ANSWERS : `The answers are spread as though ${sayVoices(observed, voices)} gave equally many`),
    asks: () => `at least ${voices}`,
    change: () => {
      // adding single answers by further people only raises N2, adding to the top person only lowers it: the first that turns it is the least
      let amount = 1
      // answers are never spread as though fewer than one gave them
      if (passed && voices <= 1) return null
      if (!passed) {
        while (!isEnough(sum + amount, sum_of_squares + amount)) amount++
        return sayMore(amount, ['answer, by someone who has not answered yet', 'answers, each by someone who has not answered yet'])
      }
      while (isEnough(sum + amount, sum_of_squares - top * top + (top + amount) ** 2)) amount++
      return sayMore(amount, ['answer by the person who gives most', 'answers by the person who gives most'])
    },
  }
}

/** 2.9 people, never rounded up to a threshold that it does not reach. */
const sayVoices = (observed: number, threshold: number): string => {
  const text = formatDecimal(observed < threshold ? Math.min(observed, Math.floor(observed * 10) / 10) : observed)
  return `${text} ${text === '1' ? 'person' : 'people'}`
}

/**
 * Where more than 20 % of the answers have no known author, nothing says that they do not come from one person: a test that asks
 * for many who answer cannot pass then, and says why.
 */
export const withholdIfAnonymous = (facts: WindowFacts, check: Check): Check => {
  const { answer_count, answers_by_person } = facts.people
  const unknown = answer_count - distributionOf(answers_by_person).sum
  const percent = facts.house.thresholds.anonymous_answers
  if (!exceedsPercent(unknown, answer_count, percent)) return check
  return {
    ...check,
    observed: null,
    numerator: null,
    denominator: null,
    passed: false,
    has_interval: false,
    says: () => `Who gave ${unknown} of ${sayCount(answer_count, ANSWER)} is not known, so this is withheld above ${sayPercent(percent)}`,
    change: () => null,
  }
}
