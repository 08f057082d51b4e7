import { formatPercent } from '../../../shared/format.ts'
import { LAPSE_DAYS, ORDINARY_DAYS } from '../../rollup/lapse-days.ts'
import { found, notApplicable, notReached, tooFew } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { silences } from '../readings/silences.ts'
import { HOUSE_RULE, MIN_COHORT } from '../sample-minima.ts'
import { findLapseThreshold } from '../statistics/lapse-threshold.ts'

/** Gone for good: so few of those silent so long come back … */
const MOST_RETURNING = 0.1
/** … within so many days of when they were last active. */
const HORIZON_DAYS = 365

export const lapseThreshold = defineMetric({
  id: 'lapse-threshold',
  family: 'membership',
  title: 'Days of silence after which people stay away',
  question: 'How long must somebody be silent here before they hardly ever come back?',
  unit: 'days',
  direction: 'none',
  reading: silences,
  categories: null,
  is_per_person: false,
  needs: ['contributions'],
  sample_minimum: { count: MIN_COHORT, of: `silences that lasted ${HORIZON_DAYS} days` },
  thresholds: [{ name: 'come back: at most', value: MOST_RETURNING, unit: 'share', source: HOUSE_RULE }],
  explanation:
    `The shortest silence, in whole local days, after which at most ${formatPercent(MOST_RETURNING)} of those silent so long come back within ${HORIZON_DAYS} days of when they were last active (${HOUSE_RULE}). ` +
    `It is this community's own figure beside the ${LAPSE_DAYS} days by which lapsed members are counted everywhere. ` +
    `To repeat it, list each person's days with any activity, and take every silence of more than ${ORDINARY_DAYS} days from one such day to the next, and from the last one to the end of the data. ` +
    'S(g) is the Kaplan–Meier share not yet back g days after the last activity: each return is an event, a silence that still lasts counts as long as it has lasted so far. ' +
    `The share that still comes back after g days is 1 − S(${HORIZON_DAYS}) ÷ S(g); the smallest g from ${ORDINARY_DAYS} on that brings it down to ${formatPercent(MOST_RETURNING)} is the number. ` +
    `Leaving out the silences that still last would make people look quicker to return than they are. Shown from ${MIN_COHORT} silences that lasted ${HORIZON_DAYS} days, and of the period in which the data end alone: it is about all silences so far.`,
  citation: 'Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; the share and the horizon are a Barnraise house rule.',
  cases: { none: `A length of time, read off the curve of all silences of more than ${ORDINARY_DAYS} days.` },
  measure: ({ silent_days, returned_counts, open_counts }) => {
    const n = [...returned_counts, ...open_counts].reduce((a, b) => a + b, 0)
    if (n === 0)
      return notApplicable(
        `Nobody has been silent for more than ${ORDINARY_DAYS} days yet, or the period is not the one in which the data end.`,
      )
    const { followed_count, threshold_days } = findLapseThreshold(
      silent_days.map((time, i) => ({ time, event_count: returned_counts[i] as number, censored_count: open_counts[i] as number })),
      { from: ORDINARY_DAYS, horizon: HORIZON_DAYS, most: MOST_RETURNING },
    )
    if (followed_count < MIN_COHORT)
      return tooFew(`Only ${followed_count} of the ${MIN_COHORT} silences that lasted ${HORIZON_DAYS} days that it takes.`, { n })
    if (threshold_days === null) return notReached(`Everybody has come back within ${HORIZON_DAYS} days.`, { n })
    return found(threshold_days, { n })
  },
})
