import { countOf } from '../../../shared/format.ts'
import { found, notApplicable, notReached, tooFew } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { firstObservations } from '../readings/first-observations.ts'
import { HOUSE_RULE, MIN_FIRST_OBSERVERS } from '../sample-minima.ts'
import { fitSurvival, survivalQuantile, survivalQuantileInterval } from '../statistics/kaplan-meier.ts'
import { shareOf } from '../cases/case-list.ts'
import { firstReaderCases } from '../cases/first-reader-cases.ts'

const SECONDS_PER_DAY = 86_400
const inDays = (seconds: number | null) => (seconds === null ? null : seconds / SECONDS_PER_DAY)

export const observingLag = defineMetric({
  id: 'observing-lag',
  family: 'observing',
  title: 'From reading to contributing',
  question: 'How long do people read before they contribute?',
  unit: 'days',
  direction: 'none',
  reading: firstObservations,
  categories: null,
  is_per_person: false,
  needs: ['views', 'questions'],
  sample_minimum: { count: MIN_FIRST_OBSERVERS, of: 'people who began by reading' },
  thresholds: [],
  explanation:
    'Kaplan–Meier median of the days from a person’s first view of an answered thread to their first contribution, of the people whose first such view lies in the period and who had contributed nothing before it. A day is 24 hours. ' +
    'Those who have not contributed yet count as waiting until now, whether they are still there or not; an average over those who did contribute would make the way in look short. Not reached while more than half have not contributed, which is usual: reading is a legitimate way to belong. ' +
    'Where the curve runs level at exactly one half, the middle of the level piece. The 95 % interval is by Greenwood on the log(−log) scale; an end that the data do not reach is left open. ' +
    `Shown from ${MIN_FIRST_OBSERVERS} people (${HOUSE_RULE}). A view shows exposure, not learning.`,
  citation:
    'Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; agrees with survfit(conf.type = "log-log") of R. Reading first: Preece & Shneiderman 2009, doi:10.17705/1thci.00005.',
  cases: shareOf(firstReaderCases, {
    all: { words: 'people who began by reading, each with the days they took' },
    those: { where: 'has_contributed', words: 'those of them who have contributed since' },
  }),
  measure: (row) => {
    const contributed = row.contributed_seconds.length
    const all = contributed + row.waiting_seconds.length
    const counts = { numerator: contributed, denominator: all, n: all }
    if (all === 0) return { ...notApplicable('Nobody began by reading an answered thread.'), ...counts }
    if (all < MIN_FIRST_OBSERVERS)
      return tooFew(`${countOf(all, 'person', 'people')} began by reading; it takes ${MIN_FIRST_OBSERVERS}.`, counts)
    const curve = fitSurvival(row.contributed_seconds, row.waiting_seconds)
    const median = inDays(survivalQuantile(curve, 0.5))
    const { low, high } = survivalQuantileInterval(curve, 0.5)
    if (median === null)
      return notReached(`${contributed} of ${all} people who began by reading have contributed so far: not yet half of them.`, {
        ...counts,
        low: inDays(low),
      })
    return found(median, { ...counts, low: inDays(low), high: inDays(high) })
  },
})
