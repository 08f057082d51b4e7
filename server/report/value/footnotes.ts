import type { ReportContent } from '../../../shared/contract/value-report.ts'
import {
  formatCount,
  formatPercent,
  MIN_CASES_FOR_INTERVAL,
  MIN_CASES_FOR_PERCENT,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import { sayThreshold } from '../../../shared/threshold-text.ts'
import { BENEFIT_DAYS } from '../../metrics/readings/benefit-stock.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { HELPED_HORIZON_DAYS, HELPED_MONTHS, LANDMARK_DAYS } from '../../metrics/readings/helped-joiners.ts'
import {
  BULK_COUNT,
  BULK_SHARE,
  MIN_COHORT,
  MIN_CONTRIBUTIONS,
  MIN_CONTRIBUTORS,
  MIN_PARTICIPANTS,
  MIN_QUESTIONS_FOR_TIMES,
} from '../../metrics/sample-minima.ts'
import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { TIMES } from '../../diagnosis/resample.ts'
import { THRESHOLDS, WINDOW_DAYS } from '../../diagnosis/thresholds.ts'
import { MIN_PEOPLE_NAMED } from '../cases.ts'
import type { ReportMaterial } from './report-material.ts'

const RANGE = `The percentage in brackets is followed by the range that would hold the true share 95 times in 100 (Wilson interval). Of fewer than ${MIN_CASES_FOR_INTERVAL} cases only the count is told, of fewer than ${MIN_CASES_FOR_PERCENT} no percentage.`
const FEW = `Here and elsewhere nothing is told about fewer than ${sayCount(MIN_PEOPLE_NAMED)} people, but how many joined, left and belong.`

/** How each figure is computed, in the words of the constants that compute it. */
export const NOTES = {
  verdict: `Rules that are the same for every community, unless it sets a threshold of its own, tried in a fixed order on the last ${WINDOW_DAYS[0]} days, or on ${WINDOW_DAYS.slice(1).join(' or ')} where those hold too little; the thresholds are our own judgement. How sure it is: the threads of that time are drawn anew ${formatCount(TIMES)} times, and it is clear where at least ${sayThreshold(THRESHOLDS.support_clear.value, 'percent')} of the draws read the same, leaning from ${sayThreshold(THRESHOLDS.support_leaning.value, 'percent')}.`,
  answered: `Questions with an answer by someone else within ${ANSWER_DAYS} days, of the questions that were ${ANSWER_DAYS} days old by the end of the month; younger ones have not had their time. ${RANGE} One span is called more or less than another only where the range of their difference leaves no room for none.`,
  waiting: `The time by which half of the questions had an answer by someone else, those still waiting counted as waiting (Kaplan–Meier median). Shown from ${MIN_QUESTIONS_FOR_TIMES} questions.`,
  accepted: `Marked by the asker or a moderator as the answer that solved it. Many who are helped mark nothing, so it is the least that was solved.`,
  thanks: 'Recognised from the words of the asker after an answer. People also thank out of courtesy: it is no confirmation.',
  solved: `Askers who were asked by mail or by a link, on those days, whether the answer solved it. Those who replied do not speak for those who did not.`,
  observers: `Members, or where no source tells who joined everyone seen so far, who on those days opened a thread with an answer in which they had not written. ${FEW}`,
  helpers: `People who gave at least one answer to someone else.`,
  top: `Shown from ${MIN_CONTRIBUTIONS} answers by ${sayCount(MIN_CONTRIBUTORS)} people, so that it says something about a group. The less hangs on one person, the better.`,
  exchange: `Shown from ${MIN_PARTICIPANTS} people who asked or answered.`,
  practices:
    'Practices that members shared, and practices, whenever shared, that someone other than their author reported to have used; each counts once.',
  benefited: `Members at the end of the month who in the ${BENEFIT_DAYS} days to it had an answer to a question of theirs, read an answered thread of others, used a practice that someone else shared, or confirmed value. A benefit is not what it was worth.`,
  benefited_active: `People active in the ${BENEFIT_DAYS} days to the end of the month, no source tells who is a member, who in them had an answer to a question of theirs, read an answered thread of others, used a practice that someone else shared, or confirmed value. A benefit is not what it was worth.`,
  retention: `Of the people who joined in the ${HELPED_MONTHS} months to the end of the month and were still there ${LANDMARK_DAYS} days after joining, the share still there after ${HELPED_HORIZON_DAYS} (Kaplan–Meier); helped is who had an answer by day ${LANDMARK_DAYS}. Gone is who left, or did nothing for ${LAPSE_DAYS} days. Shown from ${MIN_COHORT} people on a side.`,
  joined: `Everyone who joined, those who came back included. More than ${BULK_COUNT} within one minute that are more than ${formatPercent(BULK_SHARE)} of a month’s are taken for an import or a purge: said, and kept out of the chart.`,
  first_seen:
    'People who did anything here for the first time, reading included. They may have been members before: no source tells who joined.',
  lapsed: `Members without any activity, reading included, for ${LAPSE_DAYS} days. They have not left, and activity reported late can still lower the number.`,
  members: 'Members at the end of the month: everyone who joined and has not left since, as the sources report it.',
  seen: 'No source tells who joined: everyone who was ever seen to do anything here, reading included.',
} as const
export type NoteKey = keyof typeof NOTES

/** How the verdict is found, with what is particular to this community. */
export const noteOnVerdict = ({ verdict }: Pick<ReportMaterial, 'verdict'>): string => {
  const own = verdict?.own_thresholds.length ?? 0
  const bots = verdict?.exclusions.bot_contributions ?? 0
  return [
    NOTES.verdict,
    own === 0 ? null : `This community sets ${sayCountOf(own, 'threshold')} of its own.`,
    bots === 0 ? null : `${startSentence(sayCountOf(bots, 'contribution'))} by automated accounts ${bots === 1 ? 'is' : 'are'} left out.`,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}

type Marked = { note: string | null }

/** Everything that carries a mark, in the order in which it is read. */
const marksOf = (content: ReportContent): Marked[] => [
  content.opening,
  ...content.benefits.flatMap(({ measured, confirmed }) => [...measured, ...confirmed]),
  content.pays.benefited,
  ...content.pays.retention.figures,
  ...content.pays.break_even.figures,
  content.pays.claims,
  ...content.growth.rows,
]

/** The content with its marks numbered in the order in which they are first read, and the footnotes they lead to. */
export const numberNotes = (content: ReportContent, texts: ReadonlyMap<string, string>): ReportContent => {
  const numbered = structuredClone(content)
  const marks = new Map<string, string>()
  for (const marked of marksOf(numbered)) {
    const key = marked.note
    if (key === null) continue
    if (!texts.has(key)) marked.note = null
    else {
      if (!marks.has(key)) marks.set(key, String(marks.size + 1))
      marked.note = marks.get(key) as string
    }
  }
  return { ...numbered, footnotes: [...marks].map(([key, mark]) => ({ mark, text: texts.get(key) as string })) }
}
