/** The answers of the page in words. Every number is the server's; sums of what is shown are the only arithmetic. */
import type { Point } from '../../../shared/contract/metric.ts'
import type { Network } from '../../../shared/contract/network.ts'
import {
  countOf,
  formatCount,
  formatPercent,
  formatPercentInterval,
  formatPeriod,
  MIN_CASES_FOR_PERCENT,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import type { HelpPerson } from './help-graph.ts'

type Whole = NonNullable<Network['whole']>
export const pointOf = (network: Network, id: string): Point | undefined => network.metrics.find((one) => one.id === id)?.point

/** 44 people helped 38 others. */
export const sayHelped = ({ gave, received }: Whole): string =>
  `${startSentence(sayCountOf(gave, 'person', 'people'))} helped ${received === 1 ? 'one other' : `${sayCount(received)} others`}`

/** 12 of the 70 did both (17 %, 10–27 %); where too few take part, the counts alone. */
export const sayBoth = ({ both, people }: Whole, point: Point | undefined): string => {
  const count = `${both === 0 ? 'none' : sayCount(both)} of the ${formatCount(people)} did both`
  if (point?.value == null || point.low === null || point.high === null) return count
  const interval = formatPercentInterval(point.low, point.high)
  return people < MIN_CASES_FOR_PERCENT ? `${count} (${interval})` : `${count} (${formatPercent(point.value, people)}; ${interval})`
}

export const sayHeldTogether = (point: Point | undefined): string | null =>
  point?.value == null || point.numerator === null || point.denominator === null
    ? null
    : `${startSentence(sayCount(point.numerator))} of ${countOf(point.denominator, 'active person', 'active people')} are one group, tied to each other over others`

export const sayBack = (point: Point | undefined): string | null =>
  point?.value == null || point.numerator === null || point.denominator === null
    ? null
    : `${point.numerator === 0 ? 'no pair' : sayCountOf(point.numerator, 'pair')} of ${formatCount(point.denominator)} helped both ways`

/** Under the question of the drawing. */
export const sayDrawn = (network: Network, shown: { people: number; ties: number }, least: number): string => {
  const when = formatPeriod(network.period)
  const all = `${countOf(shown.people, 'person', 'people')} and ${countOf(shown.ties, 'pair')} of helper and helped, ${when}.`
  return least > 1 ? `Helped at least ${formatCount(least)} times: ${all}` : all
}

export const sayLeftOut = (network: Network): string | null =>
  network.left_out === null
    ? null
    : `Not drawn or listed, to keep this quick: ${countOf(network.left_out.people, 'person', 'people')} and ${countOf(network.left_out.ties, 'pair')}. ${network.left_out.rule} The numbers at the top are of everybody.`

export const sayPerson = ({ gave, received, helped, helpedBy }: HelpPerson): string => {
  const gives =
    gave === 0
      ? 'Helped nobody'
      : `Helped with ${sayCountOf(gave, 'question')}${helped.length > 0 ? ` of ${sayCountOf(helped.length, 'person', 'people')}` : ''}`
  const gets =
    received === 0
      ? 'was helped by nobody'
      : `was helped ${received === 1 ? 'once' : `${sayCount(received)} times`}${helpedBy.length > 0 ? ` by ${sayCountOf(helpedBy.length, 'person', 'people')}` : ''}`
  return `${gives}; ${gets}.`
}

export const timesOf = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`)
