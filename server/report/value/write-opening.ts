import type { ReportContent } from '../../../shared/contract/value-report.ts'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { formatDay, formatPeriod, startSentence } from '../../../shared/format.ts'
import { daysOfPeriod } from '../../../shared/period.ts'
import { withArticle } from '../../diagnosis/name-verdict.ts'
import { plainLine, sayName } from './plain-words.ts'
import type { ReportMaterial } from './report-material.ts'
import { sayHeadline, saySure } from './say-verdict.ts'
import { sayWhy } from './say-why.ts'

/** Verdict and trajectory in one sentence, and at most four on why, how sure and since when, where it is heading, and what was meant. */
export const writeOpening = (material: ReportMaterial): ReportContent['opening'] => {
  const { verdict, month } = material
  const name = sayName(material.community.name)
  if (verdict === null) return { headline: sayNothing(name, material), verdict: null, trajectory: null, sentences: [], note: null }
  const sentences = [
    sayWhy(verdict, { tells: (what) => material.sources.some((source) => source.tells.includes(what)) }),
    saySure(verdict),
    sayDirection(verdict),
    sayIntention(verdict),
  ]
  return {
    headline: sayHeadline(name, verdict, month),
    verdict: verdict.standing ?? verdict.verdict,
    trajectory: verdict.trajectory,
    sentences: sentences.map(plainLine).filter((sentence) => sentence !== ''),
    note: 'verdict',
  }
}

/** Why there is no verdict at all. */
const sayNothing = (name: string, { month, today, known_on, first_on }: ReportMaterial): string => {
  const when = formatPeriod(month)
  if (known_on === null || first_on === null) return `Nothing is known of ${name} yet: no data have come.`
  const { from_on } = daysOfPeriod(month, 'month')
  if (from_on > today) return `Nothing is known of ${name} in ${when}: that month has not come yet.`
  if (known_on < from_on) return `Nothing is known of ${name} in ${when}: its data end on ${formatDay(known_on)}.`
  return `Nothing is known of ${name} in ${when}: its data begin on ${formatDay(first_on)}.`
}

/** Numbers of a direction that the report tells; the page of the verdict has all of them (our judgement: two are read). */
const MOST_TOLD = 2

/** Where it is heading and what shows it; nothing where the headline has said all there is. */
const sayDirection = ({ trajectory, trajectory_detail: detail, standing }: Verdict): string => {
  if (detail === null || trajectory === 'forming' || standing === 'dormant') return ''
  if (trajectory === 'unknown') return standing === 'too_little_data' ? '' : 'Too little happens, or is told, to say where it is heading.'
  const sentence = detail.sentence.replace(/\b0 (?=people a week)/g, 'no ').replace(/\b0\u00a0questions/g, 'no questions')
  const [, steady] = /^Steady: (.+)$/.exec(sentence) ?? []
  if (steady !== undefined) return startSentence(steady)
  const [, began, numbers] = /^((?:Declining|Growing) since [^:]+): (.+?)\.(?: On average .*)?$/.exec(sentence) ?? []
  return numbers === undefined ? sentence : `${began}: ${numbers.split('; ').slice(0, MOST_TOLD).join('; ')}.`
}

const sayIntention = ({ intention }: Verdict): string => {
  if (intention === null || intention.state === 'drifting') return ''
  return intention.state === 'as_intended'
    ? `${startSentence(withArticle(intention.purpose))} is what it is meant to be.`
    : intention.sentence
}
