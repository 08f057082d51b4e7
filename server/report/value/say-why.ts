import type { RuleTest, Verdict } from '../../../shared/contract/verdict.ts'
import { formatCount, formatDay, formatPercent, MIN_CASES_FOR_PERCENT, sayCount, sayCountOf } from '../../../shared/format.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { VERDICT_AS_READ } from '../../diagnosis/verdict-as-read.ts'
import { namesFew } from './say-reason.ts'
import { isJudged } from './say-verdict.ts'

/**
 * Why it reads as it does: the deciding numbers in one sentence, without their ranges, which the page of the verdict has. Where this
 * evaluation reads otherwise than what stands, it says as what. Empty where nothing may be said of so few people.
 */
export const sayWhy = (verdict: Verdict, { tells }: { tells: (what: string) => boolean }): string => {
  const { window, standing, verdict: reads } = verdict
  const span = `${sayCountOf(window.days, 'day')} to ${formatDay(window.to)}`
  if (reads === 'dormant') return sayDormant(verdict)
  if (reads === 'too_little_data') return tells('contributions') ? sayLittle(verdict, span) : 'No source tells what members do here.'
  const why = sayDeciding(verdict)
  if (standing !== null && standing !== reads && isJudged(standing)) {
    const alone = `Taken alone, the ${span} ${reads === 'mixed' ? 'show no one pattern' : `read ${VERDICT_AS_READ[reads]}`}`
    return why === '' || reads === 'mixed' ? `${alone}.` : `${alone}: ${why}.`
  }
  if (why === '') return reads === 'mixed' ? 'None of the patterns holds.' : ''
  return reads === 'mixed' ? `In the ${span} ${why}.` : `In the ${span}, ${why}.`
}

/** 43 of 45 questions (96 %), as far as there is a share. */
const sayTest = ({ numerator, denominator }: Pick<RuleTest, 'numerator' | 'denominator'>, noun: string): string => {
  const [k, n] = [numerator ?? 0, denominator ?? 0]
  const percent = n < MIN_CASES_FOR_PERCENT ? '' : ` (${formatPercent(k / n, n)})`
  return `${formatCount(k)} of ${formatCount(n)} ${n === 1 ? noun.slice(0, -1) : noun}${percent}`
}

const testsOf = (verdict: Verdict): ((metric: string) => RuleTest | undefined) => {
  const decisive = verdict.rules.find((rule) => rule.is_decisive)
  return (metric) => decisive?.tests.find((test) => test.metric === metric && test.passed && test.denominator !== 0)
}

/** As a part of a sentence, without its full stop. */
const sayDeciding = (verdict: Verdict): string => {
  const test = testsOf(verdict)
  const [answered, top, help, work] = [
    test('answered-share'),
    test('top-share-of-answers'),
    test('content-mix:help'),
    test('content-mix:work'),
  ]
  const helpers = test('helpers')?.observed ?? null
  if (verdict.verdict === 'community' && answered && top && helpers !== null && !namesFew(`${helpers} people`))
    return `${sayTest(answered, 'questions')} ${answered.numerator === 1 ? 'was' : 'were'} answered within ${sayCount(ANSWER_DAYS)} days, ${formatCount(helpers)} people answered others, and nobody gave more than ${sayTest(top, 'answers')}`
  if (verdict.verdict === 'teaching_platform' && help && top)
    return `one person gave ${sayTest(top, 'answers')}, and ${sayTest(help, 'contributions')} were questions and answers`
  if (verdict.verdict === 'workgroup' && help && work)
    return `${sayTest(work, 'contributions')} were work, and ${formatCount(help.numerator ?? 0)} were help`
  const plain = withoutRanges(verdict.because)
  if (verdict.verdict === 'mixed') {
    const [, what, numbers, takes] = /^Nearest is (.+?)(?:, \d+ of \d+ tests met)?: (.+?) \(it takes (.+?)\)[.;]/.exec(plain) ?? []
    if (what === undefined || numbers === undefined || namesFew(numbers)) return ''
    return `it comes nearest to a ${what}: ${startSmall(numbers)}, and it takes ${takes}`
  }
  return namesFew(plain) ? '' : startSmall(firstOf(plain)).replace(/\.$/, '')
}

const withoutRanges = (text: string): string =>
  text
    .replace(/\b0 of (\d[\d,]* [a-z]+) \(0\u00a0%[^()]*\)/g, 'none of $1')
    .replace(/ \(((?:under |over )?\d[\d.,]*\u00a0%), [^()]*\)/g, ' ($1)')
    .replace(/ \(\d[^()%]*–\d[^()%]*\u00a0%\)/g, '')
const startSmall = (text: string): string => text.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase())
/** The first sentence; what overrules a rule follows it. */
const firstOf = (text: string): string => /^.+?[^\d]\.(?= |$)/.exec(text)?.[0] ?? text

const sayDormant = (verdict: Verdict): string => {
  const plain = withoutRanges(verdict.because)
  const [, what, rate] = /^(.+?) and at the earlier rate of (.+?),/.exec(plain) ?? []
  return what === undefined ? firstOf(plain) : `${what}, where ${rate} had been usual.`
}

const sayLittle = (verdict: Verdict, span: string): string => {
  const plain = withoutRanges(verdict.because)
  if (namesFew(plain)) return ''
  const history = testsOf(verdict)('history-weeks')
  if (history)
    return `The data go back ${history.observed ? sayCountOf(history.observed, 'week') : 'less than a week'}, and it takes ${sayCount(history.threshold)}.`
  const gap = testsOf(verdict)('feed-gap')
  if (gap) return `For ${formatCount(gap.numerator ?? 0)} of the ${span}, no data are known to have come.`
  const [, held] = /^The window of .+? holds (.+?) and no pattern/.exec(plain) ?? []
  return held === undefined ? firstOf(plain) : `The ${span} hold ${held}, too little to tell a pattern from.`
}
