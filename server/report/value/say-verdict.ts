import type { Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatDay, formatPeriod, sayCountOf, startSentence } from '../../../shared/format.ts'
import { periodOfDay } from '../../../shared/period.ts'
import { withArticle } from '../../diagnosis/name-verdict.ts'
import { VERDICT_AS_READ } from '../../diagnosis/verdict-as-read.ts'
import { SMALL_GROUP } from './make-figure.ts'

/** What cannot be said to be anything: nothing is held against it. */
const isJudged = (verdict: VerdictName | null): verdict is VerdictName =>
  verdict !== null && verdict !== 'too_little_data' && verdict !== 'dormant'

const DIRECTION: Record<Verdict['trajectory'], { and: string; alone: string }> = {
  growing: { and: ', and growing', alone: ' It is growing.' },
  steady: { and: ', and steady', alone: ' It is steady.' },
  declining: { and: ', but declining', alone: ' It is declining.' },
  forming: { and: ', still forming', alone: ' It is still forming.' },
  unknown: { and: '', alone: '' },
}

/** The verdict that stands and where it is heading, in one sentence; with the charter where it is drifting from that. */
export const sayHeadline = (name: string, verdict: Verdict, month: string): string => {
  const { standing, trajectory, intention } = verdict
  const { and, alone } = DIRECTION[trajectory]
  const isOver = isMonthEnd(verdict.at)
  if (standing === 'dormant') return `${startSentence(name)} has fallen silent.`
  if (standing === 'too_little_data') return `There is too little data to say what ${inSentence(name)} is.`
  if (standing === null)
    return isJudged(verdict.verdict)
      ? `${formatPeriod(month)}${isOver ? '' : ' so far'} reads ${VERDICT_AS_READ[verdict.verdict]}, but nothing is settled yet about ${inSentence(name)}.`
      : `There is too little data yet to say what ${inSentence(name)} is.`
  if (standing === 'mixed')
    return `${startSentence(name)} shows no one pattern${trajectory === 'unknown' ? '.' : `${and.replace(', and ', ', and is ').replace(', but ', ', and is ').replace(', still', ', and is still')}.`}`
  if (intention?.state === 'drifting')
    return `${startSentence(name)} is meant to be ${withArticle(intention.purpose)}, but reads as ${withArticle(standing)}${trajectory === 'unknown' ? '' : alone.replace(/^ It is (.+)\.$/, ', and is $1')}.`
  return `${startSentence(name)} is ${withArticle(standing)}${and}.`
}

const inSentence = (name: string): string => (name === 'This community' ? 'this community' : name)

/** The deciding numbers in one sentence, without their ranges, which the page of the verdict has. */
export const sayWhy = (verdict: Verdict): string => {
  const { because, window } = verdict
  const plain = because
    .replace(/ \((\d[\d.,]*\u00a0%), [^()]*\)/g, ' ($1)')
    .replace(/ \(\d[^()%]*–\d[^()%]*\u00a0%\)/g, '')
    .trim()
  if (verdict.verdict === 'dormant') {
    const [, what, rate] = /^(.+?) and at the earlier rate of (.+?),/.exec(plain) ?? []
    return what === undefined ? plain : `${what}, where ${rate} had been usual.`
  }
  if (verdict.verdict === 'too_little_data') return namesFew(plain) ? '' : firstOf(plain)
  const inWindow = `In the ${sayCountOf(window.days, 'day')} to ${formatDay(window.to)}`
  if (verdict.verdict === 'mixed') {
    const [, what, numbers, takes] = /^Nearest is (.+?)(?:, \d+ of \d+ tests met)?: (.+?) \(it takes (.+?)\)[.;]/.exec(plain) ?? []
    if (what === undefined || numbers === undefined || namesFew(numbers)) return ''
    return `It comes nearest to ${withArticleOf(what)}: ${inWindow.charAt(0).toLowerCase()}${inWindow.slice(1)}, ${startSmall(numbers)}; it takes ${takes}.`
  }
  return namesFew(plain) ? '' : `${inWindow}, ${startSmall(firstOf(plain))}`
}

const withArticleOf = (bare: string): string => (/^[aeiou]/.test(bare) ? `an ${bare}` : `a ${bare}`)
const startSmall = (text: string): string => text.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase())
/** The first sentence; what overrules a rule follows it. */
const firstOf = (text: string): string => /^.+?[^\d]\.(?= |$)/.exec(text)?.[0] ?? text

/** It speaks of one to four people, other than of the one who does most. */
export const namesFew = (text: string): boolean =>
  /(?:^|[^\d.,])(?:[1-4]|two|three|four)[ \u00a0](?:people|person|members?|joiners?|readers?)\b/.test(text)

/** A reason fit for a sponsor. */
export const sayReason = (reason: string): string => (namesFew(reason) ? SMALL_GROUP : reason)

/** How sure, and since when it stands: one sentence. */
export const saySure = (verdict: Verdict): string => {
  const { standing, verdict: reads, standing_detail: detail, support_detail: support, at } = verdict
  const since = detail?.since ?? null
  const month = startSentence(formatPeriod(periodOfDay(at, 'month')))
  const so = isMonthEnd(at) ? month : `${month} so far`
  if (standing === null) {
    const asked = detail?.pending
    return asked === null || asked === undefined
      ? 'A verdict stands once it has been clear at month ends in a row.'
      : `It stands once it has been clear at ${sayCountOf(asked.asked, 'month end')} in a row; this is the ${asked.evaluations === 1 ? 'first' : 'next'}.`
  }
  if (!isJudged(standing))
    return since === null || since === at ? '' : `That has been so since the end of ${formatPeriod(periodOfDay(since, 'month'))}.`
  const stood =
    since === null ? '' : since === at ? 'it stands from now on' : `it has stood since ${formatPeriod(periodOfDay(since, 'month'))}`
  if (reads !== standing) {
    const word =
      isJudged(reads) && reads !== 'mixed'
        ? `reads ${VERDICT_AS_READ[reads]}`
        : reads === 'mixed'
          ? 'shows no one pattern'
          : 'holds too little to judge'
    return `${so} alone ${word}, which settles nothing yet${stood === '' ? '' : `; what stands ${stood.replace(/^it /, '')}`}.`
  }
  const sure =
    support.strength === 'clear'
      ? 'The finding is clear'
      : support.strength === 'leaning'
        ? 'The finding leans this way without being clear'
        : 'The finding is not a clear one'
  return stood === '' ? `${sure}.` : `${sure}, and ${stood}.`
}

export const isMonthEnd = (day: string): boolean =>
  periodOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10), 'month') !== periodOfDay(day, 'month')
