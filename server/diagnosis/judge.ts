import type { RuleOutcome, Verdict } from '../../shared/contract/verdict.ts'
import { formatCount, joinWords } from '../../shared/format.ts'
import { mayDecide, RULES } from './decide.ts'
import { explainCheck } from './explain-check.ts'
import { findFlip } from './flip.ts'
import { activePeople } from './little-data.ts'
import { closestWay, type NearMiss, nearestRules } from './nearest-rules.ts'
import { type Check, isPassed, passingAlternatives, type Rule } from './rule.ts'
import { sayCount } from './say-count.ts'
import { RULES_VERSION } from './thresholds.ts'
import { NOT_RESAMPLED, type WindowSupport } from './support.ts'
import { ownThresholds } from './house-rules.ts'
import type { WindowFacts } from './window-facts.ts'

/**
 * The verdict on one window, with all its evidence. Pure. What only the history before it says (the verdict that stands, the
 * direction, whether that is as intended) has its place in the result and is not known to this function: see `Course`.
 */
export const judge = (facts: WindowFacts, support: WindowSupport = NOT_RESAMPLED): Verdict => {
  const tried = RULES.map((rule) => ({ rule, checks: rule.test(facts) }))
  const decisive = tried.find(({ rule, checks }) => mayDecide(rule, facts) && isPassed(checks)) as Tried
  const rules = outcomesOf(facts, tried, decisive)
  const flip = findFlip(facts)
  return {
    at: facts.at_on,
    verdict: decisive.rule.verdict,
    ...support,
    standing: null,
    standing_detail: null,
    trajectory: facts.feed.history_weeks < facts.house.thresholds.forming_history ? 'forming' : 'unknown',
    trajectory_detail: null,
    intention: null,
    window: { from: facts.from_on, to: facts.at_on, days: facts.days },
    sentence: decisive.rule.sentence(facts),
    because: joinSentences([sayBecause(facts, decisive), ...rules.map((rule) => rule.overruled)]),
    rules,
    nearest: flip?.to_verdict ?? null,
    flip,
    exclusions: {
      bot_contributions: facts.feed.bot_contribution_count,
      bot_accounts: facts.feed.bot_account_count,
      anonymous_contributions: facts.people.anonymous_count,
      quarantined_contributions: facts.feed.quarantined_contribution_count,
      deleted_contributions: facts.feed.deleted_contribution_count,
      feed_gap_days: facts.feed.feed_gap_days,
    },
    own_thresholds: ownThresholds(facts.house),
    rules_version: RULES_VERSION,
  }
}

type Tried = { rule: Rule; checks: Check[] }

/** Failed tests that the sentence of a rule names; its table has all of them. */
const MOST_TOLD = 2

const outcomesOf = (facts: WindowFacts, tried: readonly Tried[], decisive: Tried): RuleOutcome[] =>
  tried.map(({ rule, checks }, i) => {
    const is_decisive = rule === decisive.rule
    // "everything else" is passed only where nothing else is
    const passed = rule.verdict === 'mixed' ? is_decisive : isPassed(checks)
    const wouldDecide = passed && i < tried.indexOf(decisive)
    return {
      id: rule.id,
      verdict: rule.verdict,
      title: rule.title,
      passed,
      is_decisive,
      overruled: wouldDecide ? (rule.overruled?.(facts) ?? null) : null,
      sentence: passed ? rule.sentence(facts) : sayAbsence(facts, rule, checks),
      tests: checks.map(explainCheck),
    }
  })

/** Why a rule did not pass: the failed tests of the way in which it came closest. */
const sayAbsence = (facts: WindowFacts, rule: Rule, checks: Check[]): string => {
  if (rule.verdict === 'too_little_data') return `${rule.absence}: ${sayExtent(facts)}.`
  if (rule.verdict === 'mixed') return `${rule.absence}: another rule holds.`
  const unjudged = rule.unjudged?.(facts)
  if (unjudged) return unjudged
  const { failed } = closestWay(rule, checks)
  const told = failed.slice(0, MOST_TOLD).map((check) => `${startSmall(check.says())}, and it takes ${check.asks()}`)
  const more = failed.length - told.length
  return `${rule.absence}: ${told.join('; ')}${more > 0 ? `; and ${more} more ${more === 1 ? 'test fails' : 'tests fail'}` : ''}.`
}

/** What the verdict can rest on. */
const sayExtent = (facts: WindowFacts): string =>
  `${sayCount(facts.people.contribution_count, ['contribution', 'contributions'])} by ${sayCount(activePeople(facts), ['person', 'people'])} in ${facts.days} days`

/** The deciding numbers, in one or two sentences. */
const sayBecause = (facts: WindowFacts, { rule, checks }: Tried): string => {
  if (rule.verdict === 'mixed') return sayNearest(nearestPatterns(facts))
  const [way] = passingAlternatives(checks)
  const deciding = checks.filter((check) => check.alternative === way && (rule.deciding?.includes(check.metric) ?? true))
  return `${joinWords(deciding.map((check, i) => (i === 0 ? check.says() : startSmall(check.says()))))}.`
}

const joinSentences = (sentences: readonly (string | null)[]): string => sentences.filter((sentence) => sentence).join(' ')

const PATTERNS = ['workgroup', 'newsletter', 'teaching_platform', 'blog', 'community']
/** How many of the nearest rules a mixed verdict names. */
const MOST_NEAREST = 2

/** The patterns that did not pass, nearest first; of two rules for one verdict the nearer. */
const nearestPatterns = (facts: WindowFacts): NearMiss[] => {
  const near = nearestRules(
    RULES.filter((rule) => PATTERNS.includes(rule.verdict) && (rule.mayBeNear?.(facts) ?? true)),
    facts,
  )
  return near.filter(({ rule }, i) => near.findIndex((other) => other.rule.verdict === rule.verdict) === i)
}

/** Which rules came nearest, and what they lack. */
const sayNearest = (near: readonly NearMiss[]): string =>
  near
    .slice(0, MOST_NEAREST)
    .map(({ rule, test_count, failed }, i) => {
      const met = test_count === 1 ? '' : `, ${formatCount(test_count - failed.length)} of ${formatCount(test_count)} tests met`
      const lacks = failed.map((check) => `${startSmall(check.says())} (it takes ${check.asks()})`)
      return `${i === 0 ? 'Nearest is' : 'Next is'} ${rule.title.toLowerCase()}${met}: ${joinWords(lacks)}.`
    })
    .join(' ')

/** For the middle of a sentence: the first letter small, unless a name or a figure stands there. */
const startSmall = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
