import type { Capability } from '../../../shared/contract/metric.ts'
import { formatPercent, joinWords, MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { benefitCases } from '../cases/benefit-cases.ts'
import { shareOf } from '../cases/case-list.ts'
import { foundShare, notAvailable } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { BENEFIT_DAYS, benefitStock } from '../readings/benefit-stock.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from '../sample-minima.ts'

/** Each benefit, what a source must tell for it (any of these), and its words where none does. */
const BENEFITS: { needs: readonly Capability[]; missing: string }[] = [
  { needs: ['questions'], missing: 'who was helped' },
  { needs: ['views'], missing: 'who read along' },
  { needs: ['practices'], missing: 'who reused a practice' },
  { needs: ['value_reports', 'accepted_answers'], missing: 'who confirmed value' },
]

export const benefitShare = defineMetric({
  id: 'benefit-share',
  family: 'benefit',
  title: 'Members who benefit',
  question: 'How many members get something out of it?',
  unit: 'share',
  direction: 'up',
  reading: benefitStock,
  categories: null,
  is_per_person: true,
  needs: [],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: 'members' },
  thresholds: [],
  explanation:
    `Members at the end of the period with at least one benefit on its last ${BENEFIT_DAYS} local days (${HOUSE_RULE}) ÷ members at the end of the period, with a Wilson 95 % interval. ` +
    'A benefit is any of four: a question of theirs got its first answer by someone else; they read an answered thread in which they had not written; they reused a practice that someone else shared; ' +
    'they confirmed value, by accepting an answer to their own question or by reporting it, unless the report says that it did not solve anything. What no source tells is missing here, and the number says what: it is then a lower bound. ' +
    'Members who have lapsed are members still and count below the line. Where no source tells who joined, it is of the people active on those days. ' +
    `Under ${MIN_CASES_FOR_INTERVAL} members the count stands alone; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}). Reading shows exposure and not learning, and a benefit is not what it was worth.`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: ({ context }) =>
    shareOf(benefitCases, {
      all: context.canTell('joins')
        ? { where: 'is_member', words: 'members at the end' }
        : { where: 'is_present', words: `people active on the last ${BENEFIT_DAYS} days` },
      those: { where: 'is_benefited', words: `those of them with a benefit on the last ${BENEFIT_DAYS} days` },
    }),
  measure: (row, context) => {
    const isJoinTold = context.canTell('joins')
    const found = isJoinTold
      ? foundShare(row.benefited_members, row.members_at_end, 'There were no members at the end.')
      : foundShare(row.benefited_present, row.present_at_end, `Nobody was active on the last ${BENEFIT_DAYS} days.`)
    if (found.status === 'not_applicable') return found
    const missing = BENEFITS.filter((benefit) => !benefit.needs.some(context.canTell))
    if (missing.length === BENEFITS.length)
      return notAvailable(
        BENEFITS.flatMap((benefit) => benefit.needs),
        context.sourceNames,
      )
    const notes = [
      found.reason,
      isJoinTold ? null : `Of the people active on the last ${BENEFIT_DAYS} days: no source tells who joined.`,
      missing.length > 0
        ? `Not told, so not in it: ${joinWords(
            missing.map((benefit) => benefit.missing),
            'or',
          )}.`
        : null,
    ].filter((note) => note !== null)
    return { ...found, reason: notes.join(' ') || null }
  },
})
