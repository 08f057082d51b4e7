import { formatPercent } from '../../shared/format.ts'
import { shareOf } from './cases/case-list.ts'
import { helpedJoinerCases } from './cases/helped-joiner-cases.ts'
import { knownStarters } from './cases/starter-cases.ts'
import { notApplicable, notReached, tooFew } from './measured.ts'
import { aboutCohort, CURVE_CITATION, findSilence, fitRetention, GOING_RULE, measureStaying } from './measure-retention.ts'
import { defineMetric, type Metric } from './metric.ts'
import { HELPED_HORIZON_DAYS, HELPED_MONTHS, type HelpedJoiners, helpedJoiners, LANDMARK_DAYS } from './readings/helped-joiners.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_AT_RISK, MIN_COHORT } from './sample-minima.ts'

type Group = 'helped' | 'unhelped'
const WORDS: Record<Group, { title: string; who: string; other: string }> = {
  helped: { title: 'Helped joiners who stay', who: 'who had been helped by then', other: 'retention-of-unhelped-joiners' },
  unhelped: { title: 'Unhelped joiners who stay', who: 'who had not been helped by then', other: 'retention-of-helped-joiners' },
}

/** One side of the comparison of joiners who were helped early with those who were not. */
export const defineHelpedRetention = (group: Group): Metric<HelpedJoiners> =>
  defineMetric({
    id: `retention-of-${group}-joiners`,
    family: 'retention',
    title: WORDS[group].title,
    question: group === 'helped' ? 'Do joiners who get an answer early on stay?' : 'Do joiners who get no answer early on stay?',
    unit: 'share',
    direction: 'up',
    reading: helpedJoiners,
    categories: null,
    is_per_person: true,
    needs: ['questions'],
    sample_minimum: { count: MIN_COHORT, of: `joiners ${WORDS[group].who}` },
    thresholds: [],
    explanation:
      `Of the people who first joined in the ${HELPED_MONTHS} months up to the end of the month, were still there ${LANDMARK_DAYS} days after joining, and ${WORDS[group].who}, the share not gone ${HELPED_HORIZON_DAYS} days after joining (all three: ${HOUSE_RULE}). ` +
      `Helped is who had a first answer by someone else to a question of theirs by day ${LANDMARK_DAYS}. Only who is still there on that day counts on either side (a landmark): otherwise the helped would look loyal merely because one must stay to be answered. ` +
      `Read it beside ${WORDS[group].other}. The two differ in more than help, in who asks at all to begin with: a difference is an association and no proof that help keeps people. ` +
      GOING_RULE +
      'With everyone followed that long it is a plain share, else a Kaplan–Meier estimate, 95 % interval. Who joined before the first activity there is is left out. ' +
      `Months only. Shown from ${MIN_COHORT} people, as far as at least ${MIN_AT_RISK} are still there and followed; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the month’s contributions are anonymous (${HOUSE_RULE}). ` +
      'Where no source tells who joined, the people first seen stand for them, and the number says so.',
    citation: `${CURVE_CITATION} Landmark: Anderson, Cain & Gelber 1983, doi:10.1200/JCO.1983.1.11.710.`,
    cases: ({ context }) =>
      shareOf(helpedJoinerCases, {
        all: {
          where: `${group === 'helped' ? '' : 'not '}is_helped and ${knownStarters(context)}`,
          words: `joiners of the ${HELPED_MONTHS} months who were there after ${LANDMARK_DAYS} days and ${WORDS[group].who}`,
        },
        those: { where: 'not is_gone_in_time', words: `those of them still there after ${HELPED_HORIZON_DAYS} days` },
      }),
    measure: (row, context) => {
      const curve = fitRetention({
        exit_days: row[`${group}_exit_days`],
        gone_counts: row[`${group}_gone_counts`],
        followed_counts: row[`${group}_followed_counts`],
        entry_days: [],
        entry_counts: [],
      })
      const n = curve.people_count
      const silence = findSilence(row, row.landmark_count + row.too_young_count + row.predating_count, context)
      if (silence) return silence
      if (n >= MIN_COHORT) return measureStaying(curve, HELPED_HORIZON_DAYS, aboutCohort(row))
      const few = `${n} of the ${MIN_COHORT} people it takes were there after ${LANDMARK_DAYS} days, ${WORDS[group].who}.`
      if (n + row.too_young_count >= MIN_COHORT) return notReached(`Too young: so far ${few}`, { n })
      return n === 0 && row.landmark_count === 0
        ? { ...notApplicable(`Nobody could be followed: ${few}`), n }
        : tooFew(`Only ${few}`, { n })
    },
  })
