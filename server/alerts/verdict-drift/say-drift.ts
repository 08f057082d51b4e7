/** What is told of a verdict that drifts from what was meant, in words. Pure. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import type { Purpose } from '../../../shared/contract/charter.ts'
import type { RuleTest, Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatPercent, formatPeriod, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { periodOfDay } from '../../../shared/period.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { bareName, withArticle } from '../../diagnosis/name-verdict.ts'

export type DriftTold = {
  frame: Pick<AlertContent, 'rule' | 'notice' | 'community' | 'on' | 'known_by' | 'chart' | 'evidence_path'>
  /** What it is meant to be by its charter; null: no charter is declared, and it was a community. */
  purpose: Purpose | null
  /** What stood before, and since which month end; null where nothing did. */
  before: { verdict: VerdictName; since: string | null } | null
  /** The month end at which it came to stand, and the verdict of the last one, as stored. */
  since: string
  standing: VerdictName
  verdict: Verdict
  /** How many month ends in a row it takes. */
  asked: number
  a_year: number
}

const NAME_LENGTH = 60
/** Tests of the deciding rule that are told. */
const TESTS = 4
const nameOf = ({ name }: AlertContent['community']): string => plainLine(name, NAME_LENGTH)
const monthOf = (day: string): string => formatPeriod(periodOfDay(day, 'month'))
const sayBefore = ({ before }: DriftTold): string | null =>
  before === null
    ? null
    : `${startSentence(bareName(before.verdict))} stood before${before.since === null ? '' : `, since the end of ${monthOf(before.since)}`}.`

/** The tests by which the rule of what stands decides, where the month itself reads so. */
const decidingTests = ({ verdict, standing }: DriftTold): RuleTest[] => {
  const rule = verdict.rules.find((one) => one.verdict === standing && one.passed)
  if (rule === undefined) return []
  const passing = [...new Set(rule.tests.map(({ alternative }) => alternative))].find((alternative) =>
    rule.tests.filter((test) => test.alternative === alternative).every(({ passed }) => passed),
  )
  return rule.tests.filter(({ alternative }) => alternative === passing).slice(0, TESTS)
}

const COMPARISONS: Record<RuleTest['comparison'], string> = { at_least: 'at least', at_most: 'at most', above: 'above', below: 'below' }
const sayNumber = (test: RuleTest, value: number): string =>
  test.unit === 'share' || test.unit === 'probability'
    ? formatPercent(value, test.denominator ?? 0)
    : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value)
const sayObserved = (test: RuleTest): string => {
  if (test.observed === null) return 'not measured'
  // of few cases the count says it
  if (test.unit === 'share' && test.denominator !== null && test.numerator !== null && test.denominator < 10)
    return `${test.numerator} of ${test.denominator}`
  return sayNumber(test, test.observed)
}

const figuresOf = (told: DriftTold): AlertContent['figures'] =>
  decidingTests(told).map((test) => ({
    label: plainLine(startSentence(test.label), 120),
    now: sayObserved(test),
    usual: `${COMPARISONS[test.comparison]} ${sayNumber(test, test.threshold)} decides`,
    change: test.smallest_change === null ? 'passed' : plainLine(test.smallest_change, 200),
  }))

const lookFirst = ({ frame: { community }, verdict, standing }: DriftTold): AlertContent['look_first'] => {
  const at = `/c/${encodeURIComponent(community.slug)}`
  const which: Partial<Record<VerdictName, { text: string; path: string }>> = {
    blog: { text: 'Whether it is one person’s: who writes, and in whose threads.', path: `${at}/voices` },
    newsletter: { text: 'What is written: news, talk or help, month by month.', path: `${at}/voices` },
    workgroup: { text: 'What is written: work, talk or help, month by month.', path: `${at}/voices` },
    teaching_platform: { text: 'Whether answers come from one person.', path: `${at}/voices` },
  }
  return [
    { text: 'The verdict, its rules and the smallest change that would turn it.', path: `${at}?at=${periodOfDay(verdict.at, 'month')}` },
    { text: 'The threads and people it rests on.', path: `${at}/evidence?at=${verdict.at}` },
    ...(which[standing] ? [which[standing]] : []),
  ]
}

const ruledBy = ({ verdict }: DriftTold): string =>
  `Judged by the rules ${plainLine(verdict.rules_version, 40)}${verdict.own_thresholds.length === 0 ? '' : `, with ${sayCountOf(verdict.own_thresholds.length, 'threshold')} of the community’s own`}. No published source gives a validated cut-off between these: every threshold is a house rule.`

export const sayDrift = (told: DriftTold): AlertContent => {
  const { frame, purpose, since, standing, verdict, asked, a_year } = told
  const reads = `${purpose === null ? 'it has stood as' : `meant to be ${withArticle(purpose)}, it has stood as`} ${withArticle(standing)} since the end of ${monthOf(since)}`
  const before = sayBefore(told)
  const share =
    verdict.support === null || verdict.verdict !== standing
      ? null
      : `${formatPercent(verdict.support, verdict.support_detail.resamples)} of ${sayCountOf(verdict.support_detail.resamples, 'window')} drawn anew read the same`
  return {
    ...frame,
    subject: `${nameOf(frame.community)}: it now reads as ${withArticle(standing)} (since ${monthOf(since)})`,
    headline: `${startSentence(reads)}.`,
    sentences: [
      ...(before === null ? [] : [before]),
      plainLine(
        verdict.verdict === standing ? verdict.because : `The month itself reads ${bareName(verdict.verdict)}: ${verdict.because}`,
        600,
      ),
      ...(verdict.flip !== null && verdict.verdict === standing ? [plainLine(verdict.flip.sentence, 400)] : []),
    ],
    how_sure: `What stands changes only when another verdict is clear at ${sayCount(asked)} month ends in a row${share === null ? '' : `; of the last month, ${share}`}. False alarms where nothing changes, by simulation, in the worst kind of community: ${sayAlarmRate(a_year)}.`,
    figures: figuresOf(told),
    driver: null,
    look_first: lookFirst(told),
    caveats: [
      ruledBy(told),
      ...(purpose === null
        ? ['No charter says what it is meant to be. Where this is meant, declare it under House rules, and it is as intended.']
        : [`Where that is what it is meant to be now, change its charter under House rules.`]),
    ],
  }
}

/** It stands as meant again. */
export const sayAsMeant = ({
  frame,
  purpose,
  verdict,
  drift,
  since,
}: {
  frame: DriftTold['frame']
  purpose: Purpose | null
  verdict: Verdict
  drift: VerdictName | null
  since: string
}): AlertContent => {
  const standing = verdict.standing ?? purpose ?? 'community'
  const at = `/c/${encodeURIComponent(frame.community.slug)}`
  return {
    ...frame,
    subject: `${nameOf(frame.community)}: it reads as ${withArticle(standing)} again`,
    headline: `It stands as ${withArticle(standing)} again${purpose === null ? '' : ', as intended'}, from the end of ${monthOf(verdict.at)} on.`,
    sentences: [
      `${drift === null ? 'Something else' : startSentence(bareName(drift))} had stood since the end of ${monthOf(since)}.`,
      plainLine(verdict.because, 600),
    ],
    how_sure: 'What stands changes only when another verdict is clear at month ends in a row.',
    figures: [],
    driver: null,
    look_first: [{ text: 'The verdict and its rules.', path: `${at}?at=${periodOfDay(verdict.at, 'month')}` }],
    caveats: [],
  }
}

/** What was told is not there any more: other rules, another charter, or what came late. */
export const sayNoDrift = ({
  frame,
  kept,
  rules,
  standing,
}: {
  frame: DriftTold['frame']
  kept: AlertContent
  rules: string
  standing: VerdictName | null
}): AlertContent => {
  const isOtherRules = !kept.caveats.some((caveat) => caveat.startsWith(`Judged by the rules ${rules}`))
  return {
    ...frame,
    subject: `${nameOf(frame.community)}: no drift after all`,
    headline:
      standing === null
        ? 'By what is known and the rules of now, no other verdict stands.'
        : `By what is known and the rules of now it stands as ${withArticle(standing)}.`,
    sentences: [
      `It was told: ${plainLine(kept.headline, 300)}`,
      isOtherRules
        ? 'The rules by which it is judged have changed since, and the whole history was judged again by those of now.'
        : 'What came late, a threshold or the charter has changed what its months read as; the whole history was judged again.',
    ],
    how_sure: 'Judged again by the rules of now, all months alike.',
    figures: [],
    driver: null,
    look_first: [
      { text: 'The verdict and its rules.', path: `/c/${encodeURIComponent(frame.community.slug)}` },
      { text: 'The house rules that hold now.', path: `/c/${encodeURIComponent(frame.community.slug)}/rules` },
    ],
    caveats: [],
  }
}

/** Why what stands is held against nothing; null where it says what it is. */
export const whyNotJudged = (standing: VerdictName | null): string | null => {
  if (standing === null) return 'No verdict stands: none has been clear at month ends in a row, or there is too little to judge.'
  if (standing === 'too_little_data') return 'There is too little data to say what it is.'
  return standing === 'dormant' ? 'It is dormant: where hardly anything happens, nothing says what it is.' : null
}

/** How it stands now, in a sentence. `alert`: it stands as something else than meant now, or that was told before and is not over. */
export const sayStandingNow = (
  purpose: Purpose | null,
  last: { standing: VerdictName | null; since: string | null } | null,
  alert: 'now' | 'before' | null,
): string => {
  if (last === null) return 'It cannot be judged: no month is over yet.'
  const goesOn = alert !== null ? ' What was told before stands meanwhile.' : ''
  if (last.standing === null) return `No verdict stands${alert !== null ? ' now' : ' yet'}.${goesOn}`
  const since = last.since === null ? '' : ` since the end of ${monthOf(last.since)}`
  const verdict = startSentence(bareName(last.standing))
  const why = whyNotJudged(last.standing)
  if (why !== null)
    return `${verdict}${since}, so it cannot be judged: ${last.standing === 'dormant' ? 'where hardly anything happens, nothing says' : 'nothing says yet'} what it is.${goesOn}`
  const meant = purpose === null ? '' : `; meant to be ${withArticle(purpose)}`
  return `${verdict} stands${since}${meant}${alert === 'now' ? ', so it drifts' : ''}.${alert === 'before' ? goesOn : ''}`
}
