import type { Measured } from '../../../shared/contract/metric.ts'
import type { ReportContent, ReportFigure } from '../../../shared/contract/value-report.ts'
import { formatDay, startSentence } from '../../../shared/format.ts'
import { addDays } from '../../../shared/period.ts'
import { BENEFIT_DAYS } from '../../metrics/readings/benefit-stock.ts'
import { HELPED_HORIZON_DAYS, HELPED_MONTHS, LANDMARK_DAYS } from '../../metrics/readings/helped-joiners.ts'
import { MIN_COHORT } from '../../metrics/sample-minima.ts'
import { type Interval, wilsonInterval } from '../../metrics/statistics/wilson-interval.ts'
import { isOfFew, isShown, makeFigure } from './make-figure.ts'
import type { ReportMaterial } from './report-material.ts'
import { sayFraction } from './say-fraction.ts'

type Pays = ReportContent['pays']

const NOTHING_KNOWN: Measured = {
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'not_applicable',
  reason: 'No data reach this month.',
}

/** Who got something out of it, who stays, and what it must save and is said to have saved. */
export const writePays = (material: ReportMaterial): Pays => {
  const { break_even, claims } = material.cost_and_claims
  const share = material.found?.month['benefit-share'] ?? NOTHING_KNOWN
  const isJoinTold = material.days === null || material.sources.some((source) => source.tells.includes('joins'))
  const who = isJoinTold ? 'members' : `people active in those ${BENEFIT_DAYS} days`
  const end = endOf(material)
  const benefited = makeFigure(
    {
      key: 'benefit-share',
      unit: 'share',
      label: `${isJoinTold ? 'Members' : 'Active people'} who got something out of it`,
      note: isJoinTold ? 'benefited' : 'benefited_active',
      is_of_people: true,
    },
    share.status === 'not_available' ? { ...share, reason: NO_BENEFIT_TOLD } : share,
    end === null ? null : { label: material.month, when: `in the ${BENEFIT_DAYS} days to ${formatDay(end)}` },
  )
  return { sentence: sayBenefited(share, who), benefited, retention: writeRetention(material), break_even, claims }
}

const NO_BENEFIT_TOLD = 'No source tells who was helped, read along, used a practice or confirmed value.'

const endOf = ({ days }: ReportMaterial): string | null => (days === null ? null : addDays(days.month.to_on, -1))

const sayBenefited = (share: Measured, who: string): string => {
  const { numerator: k, denominator: n } = share
  if (!isShown(share) || k === null || n === null || n === 0) return 'How many got something out of it is not known.'
  if (isOfFew(share)) return 'Those who are known to have got something out of it, or not to have, are too few to speak of.'
  const missing = /Not told, so not in it: (.+?)\.(?: |$)/.exec(share.reason ?? '')?.[1]
  const least = missing === undefined ? '' : ` It may be more: no source tells ${missing}.`
  const part = k === 0 ? `None of the ${who} is known to have` : startSentence(sayFraction(k / n, who))
  return `${part} got something out of it.${least}`
}

const CAVEAT =
  'This is an association, and no proof that help keeps people: those who ask differ from those who do not in more than being helped.'
const NONE_YET = `It takes ${MIN_COHORT} joiners of the last ${HELPED_MONTHS} months on either side, followed for ${HELPED_HORIZON_DAYS} days.`

/** Joiners who were helped early beside joiners who were not; one side alone says nothing. */
const writeRetention = (material: ReportMaterial): Pays['retention'] => {
  const end = endOf(material)
  const span = end === null ? null : { label: material.month, when: `of those who joined in the year to ${formatDay(end)}` }
  const sides = (['helped', 'unhelped'] as const).map((id) => {
    const key = `retention-of-${id}-joiners`
    const found = material.found?.month[key] ?? NOTHING_KNOWN
    const label = id === 'helped' ? 'Helped early and still here' : 'Not helped early and still here'
    return { found, figure: makeFigure({ key, unit: 'share', label, note: 'retention', is_of_people: true }, found, span) }
  })
  const [helped, unhelped] = sides.map(({ found }) => found) as [Measured, Measured]
  const figures = sides.map(({ figure }) => figure)
  if (figures.every(({ value }) => value !== null)) return { sentence: sayBeside(helped, unhelped), figures, caveat: CAVEAT }
  const isFew = material.found !== null && [helped, unhelped].every(({ status }) => status !== 'not_available' && status !== 'withheld')
  const first = figures.find(({ value }) => value === null) as ReportFigure
  const reason = isFew || first.reason === null ? NONE_YET : first.reason
  return {
    sentence: 'Whether joiners who are helped stay longer cannot be told.',
    figures: [{ ...first, label: 'Joiners still here, helped or not', reason }],
    caveat: '',
  }
}

/** Where nobody or everybody has gone the estimate has no interval; the share has. */
const rangeOf = ({ value, low, high, denominator }: Measured): Interval => {
  if (low !== null && high !== null) return { low, high }
  return wilsonInterval(Math.round((value ?? 0) * (denominator ?? 0)), denominator ?? 0) ?? { low: 0, high: 1 }
}

const sayBeside = (helped: Measured, unhelped: Measured): string => {
  const days = `in their first ${LANDMARK_DAYS} days`
  const [a, b] = [rangeOf(helped), rangeOf(unhelped)]
  const isApart = a.low > b.high || a.high < b.low
  if (!isApart)
    return `Whether more of those stay who are helped ${days} cannot be told: the two ranges overlap, so the difference may be chance.`
  const more = (helped.value ?? 0) > (unhelped.value ?? 0) ? 'More' : 'Fewer'
  return `${more} of the joiners who were helped ${days} were still here after ${HELPED_HORIZON_DAYS} days than of those who were not.`
}
