import type { Measured } from '../../../shared/contract/metric.ts'
import type { ReportContent, ReportFigure } from '../../../shared/contract/value-report.ts'
import { formatDay, formatPeriod, sayCount } from '../../../shared/format.ts'
import { addDays } from '../../../shared/period.ts'
import { BENEFIT_DAYS } from '../../metrics/readings/benefit-stock.ts'
import { HELPED_HORIZON_DAYS, LANDMARK_DAYS } from '../../metrics/readings/helped-joiners.ts'
import { isOfFew, isShown, makeFigure } from './make-figure.ts'
import type { ReportMaterial } from './report-material.ts'
import { sayReason } from './say-verdict.ts'

type Pays = ReportContent['pays']

/** Who got something out of it, who stays, and what it must save and is said to have saved. */
export const writePays = (material: ReportMaterial): Pays => {
  const {
    found,
    days,
    cost_and_claims: { break_even, claims },
  } = material
  const share = found?.month['benefit-share']
  const end = days === null ? null : addDays(days.month.to_on, -1)
  const benefited = fitForSponsor(
    makeFigure(
      { key: 'benefit-share', unit: 'share', label: 'Members who got something out of it', note: 'benefited', is_of_people: true },
      share ?? NOTHING_KNOWN,
      end === null ? null : { label: material.month, when: `in the ${BENEFIT_DAYS} days to ${formatDay(end)}` },
    ),
  )
  return { sentence: sayBenefited(share), benefited, retention: writeRetention(material), break_even, claims }
}

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

const fitForSponsor = (figure: ReportFigure): ReportFigure => ({ ...figure, reason: figure.reason && sayReason(figure.reason) })

const sayBenefited = (share: Measured | undefined): string => {
  if (!isShown(share)) return 'How many members got something out of it is not known.'
  if (isOfFew(share)) return 'Too few people are in this to say how many got something out of it.'
  const missing = /Not told, so not in it: (.+?)\.(?: |$)/.exec(share.reason ?? '')?.[1]
  const low =
    missing === undefined
      ? ''
      : ` It is the least that can be said: ${missing.replace(/ or /, ' and ')} ${/,| or /.test(missing) ? 'are' : 'is'} told by no source.`
  const { numerator: k, denominator: n } = share
  if (k === null || n === null || n === 0) return 'How many members got something out of it is not known.'
  if (k === 0) return `None of the members is known to have got something out of it in those ${BENEFIT_DAYS} days.${low}`
  return `${describe(k / n)} got something out of it.${low}`
}

const describe = (p: number): string => {
  if (p >= 0.9) return 'Nearly all members'
  if (p >= 0.6) return 'Most members'
  if (p >= 0.4) return 'About half of the members'
  if (p >= 0.29) return 'About a third of the members'
  if (p >= 0.22) return 'About a quarter of the members'
  if (p >= 0.1) return 'A minority of the members'
  return 'Few members'
}

const CAVEAT = 'This is an association, and no proof that help keeps people: who asks differs from who does not in more than being helped.'

const writeRetention = ({ found, days }: ReportMaterial): Pays['retention'] => {
  const [helped, unhelped] = [found?.month['retention-of-helped-joiners'], found?.month['retention-of-unhelped-joiners']]
  const span =
    days === null
      ? null
      : { label: days.month.label.slice(0, 7), when: `of who joined in the year to ${formatDay(addDays(days.month.to_on, -1))}` }
  const side = (id: 'helped' | 'unhelped', one: Measured | undefined) =>
    fitForSponsor(
      makeFigure(
        {
          key: `retention-of-${id}-joiners`,
          unit: 'share',
          label: id === 'helped' ? 'Still here, of those helped early' : 'Still here, of those not helped early',
          note: 'retention',
          is_of_people: true,
        },
        one ?? NOTHING_KNOWN,
        span,
      ),
    )
  const figures = [side('helped', helped), side('unhelped', unhelped)]
  const areTold = figures.every(({ value }) => value !== null)
  return {
    sentence: areTold ? sayRetention(helped as Measured, unhelped as Measured) : sayUntold(figures),
    figures:
      areTold || figures.some(({ value }) => value !== null)
        ? figures
        : figures.slice(0, 1).map((figure) => ({ ...figure, label: 'Joiners still here, helped and not helped' })),
    caveat: areTold ? CAVEAT : '',
  }
}

const sayRetention = (helped: Measured, unhelped: Measured): string => {
  const isApart = (helped.low ?? 0) > (unhelped.high ?? 1) || (helped.high ?? 1) < (unhelped.low ?? 0)
  const what = `half a year after joining`
  if (!isApart)
    return `Joiners who were helped in their first ${LANDMARK_DAYS} days and joiners who were not stayed about alike: their ranges overlap.`
  return (helped.value ?? 0) > (unhelped.value ?? 0)
    ? `More of the joiners who were helped in their first ${LANDMARK_DAYS} days were still here ${what}.`
    : `Fewer of the joiners who were helped in their first ${LANDMARK_DAYS} days were still here ${what}.`
}

const sayUntold = (figures: readonly ReportFigure[]): string =>
  figures.every(({ value }) => value === null)
    ? `Whether joiners who are helped stay longer cannot be told.`
    : `Only one side can be told, so there is nothing to set it beside.`

export const spanWords = { HELPED_HORIZON_DAYS, formatPeriod, sayCount }
