import type { ReportContent, ReportFigure } from '../../../shared/contract/value-report.ts'
import { formatMoney, formatMoneyRange } from '../../../shared/currencies.ts'
import { countOf, formatDay, formatPeriod, joinWords, sayCount, startSentence } from '../../../shared/format.ts'
import { addDays, type DayRange, daysBetween, spanLabel } from '../../../shared/period.ts'
import { findBreakEven, sayBreakEven, sayWorkHours } from '../../metrics/break-even.ts'
import type { CostFacts } from './read-cost-facts.ts'
import { COST_MONTHS } from './read-cost-facts.ts'
import { mayTellPart, sayHoursRange } from './write-claims.ts'

export const COST_NOTE = 'cost'
const BREAK_EVEN_NOTE = 'break-even'
const ANSWERED_NOTE = 'break-even-answered'
const MONEY_NOTE = 'claims-money'

/** With fewer days than this, cost beside answers says little (our judgement: a month). */
export const MIN_COUNTED_DAYS = 28

const rangeLabel = ({ from_on, to_on }: DayRange): string => spanLabel(from_on, addDays(to_on, -1))
const isSame = (a: DayRange, b: DayRange): boolean => a.from_on === b.from_on && a.to_on === b.to_on
const sayDays = (days: DayRange, year: DayRange): string =>
  isSame(days, year) ? `in the twelve months to ${formatDay(addDays(year.to_on, -1))}` : `from ${formatPeriod(rangeLabel(days))}`

/** Why not all of the twelve months are counted; each reason a sentence. */
const sayWhyPart = ({ counted, year, cost_from_on, first_on, known_on }: CostFacts): string => {
  if (counted === null || isSame(counted, year)) return ''
  const reasons = [
    ...(counted.from_on === year.from_on
      ? []
      : counted.from_on === cost_from_on
        ? [`the cost is known from ${formatDay(cost_from_on)} on`]
        : [`the data begin on ${formatDay(first_on as string)}`]),
    ...(counted.to_on === year.to_on ? [] : [`the data reach to ${formatDay(known_on as string)}`]),
  ]
  return `${startSentence(joinWords(reasons))}, so cost and answers are both counted over these days alone.`
}

const sayNoCost = ({ cost_from_on, year, first_on, known_on }: CostFacts): string => {
  if (cost_from_on === null) return 'Nobody has said what the community costs.'
  if (cost_from_on >= year.to_on)
    return `What the community costs is known from ${formatDay(cost_from_on)} on only, after the month of this report.`
  if (first_on === null || known_on === null) return 'No data have come yet, so there are no answers to set beside the cost.'
  return first_on >= year.to_on
    ? 'The data begin after the month of this report, so there are no answers to set beside the cost.'
    : 'No day of the twelve months has both a known cost and data, so nothing can be set side by side.'
}

type Written = Pick<ReportContent['pays'], 'break_even'> & { footnotes: ReportContent['footnotes'] }

/** What each confirmed answer must save for the cost to be covered, and what members' claims come to beside it. */
export const writeBreakEven = (facts: CostFacts): Written => {
  const { counted, cost, year, confirmed_count, answered_count } = facts
  if (counted === null) return { break_even: { sentence: sayNoCost(facts), figures: [] }, footnotes: [] }
  const when = sayDays(counted, year)
  const figure = (
    id: string,
    label: string,
    said: { value: string } | { reason: string },
    more: Partial<ReportFigure> = {},
  ): ReportFigure => ({
    id,
    label,
    value: 'value' in said ? said.value : null,
    reason: 'reason' in said ? said.reason : null,
    metric: null,
    period: rangeLabel(counted),
    // said once, where the cost is
    when: id === 'cost' ? when : null,
    numerator: null,
    denominator: null,
    note: null,
    ...more,
  })
  const say = (...sentences: string[]) => sentences.filter((sentence) => sentence !== '').join(' ')
  const [first, second] = cost.stretches
  if (first === undefined) return { break_even: { sentence: sayNoCost(facts), figures: [] }, footnotes: [] }
  if (second !== undefined) {
    const parts = cost.stretches.map((part) => `${formatMoney(part.amount, part.currency)} from ${formatPeriod(rangeLabel(part))}`)
    const currencies = [...new Set(cost.stretches.map(({ currency }) => currency))]
    return {
      break_even: {
        sentence: say(
          `The cost ${when} was stated in ${sayCount(currencies.length)} currencies: ${joinWords(parts)}. Amounts in different currencies are not added up, so there is nothing to break even with.`,
          sayWhyPart(facts),
        ),
        figures: [],
      },
      footnotes: [],
    }
  }
  const costFigure = figure(
    'cost',
    'What it cost',
    { value: first.amount === 0 ? 'nothing' : formatMoney(first.amount, first.currency) },
    { note: COST_NOTE },
  )
  if (first.amount === 0)
    return {
      break_even: {
        sentence: say(`${sayBreakEven({ cost: 0, hourly_rate: 0, helpful_answer_count: 0 })}`, sayWhyPart(facts)),
        figures: [costFigure],
      },
      footnotes: [COST_FOOTNOTE],
    }
  const costSentence = `${startSentence(when)} the community cost ${formatMoney(first.amount, first.currency)}.`
  if (daysBetween(counted.from_on, counted.to_on) < MIN_COUNTED_DAYS)
    return {
      break_even: {
        sentence: say(costSentence, sayWhyPart(facts), `Under ${MIN_COUNTED_DAYS} days are too few to say what each answer must save.`),
        figures: [costFigure],
      },
      footnotes: [COST_FOOTNOTE],
    }
  const rate = cost.mean_rate
  const inputs = { cost: first.amount, hourly_rate: rate, helpful_answer_count: confirmed_count }
  const confirmed = findBreakEven(inputs)
  const answered = findBreakEven({ ...inputs, helpful_answer_count: answered_count })
  const atRate = rate === null ? '' : `${formatMoney(rate, first.currency)} an hour${cost.is_rate_steady ? '' : ' on average'}`
  const figures = [
    costFigure,
    figure(
      'break-even',
      confirmed_count ? `Each of ${countOf(confirmed_count, 'confirmed answer')} must have saved` : 'Each confirmed answer must have saved',
      confirmed.hours_per_answer === null ? { reason: confirmed.reason ?? '' } : { value: sayWorkHours(confirmed.hours_per_answer) },
      { denominator: confirmed.hours_per_answer === null ? null : confirmed_count, note: BREAK_EVEN_NOTE },
    ),
    ...(answered.hours_per_answer === null
      ? []
      : [
          figure(
            'break-even-answered',
            `The same over all ${countOf(answered_count, 'answered question')}, confirmed or not`,
            { value: sayWorkHours(answered.hours_per_answer) },
            { denominator: answered_count, note: ANSWERED_NOTE },
          ),
        ]),
    ...claimsFigure(facts, figure),
  ]
  const footnotes = [COST_FOOTNOTE, BREAK_EVEN_FOOTNOTE, ANSWERED_FOOTNOTE, MONEY_FOOTNOTE].filter(({ mark }) =>
    figures.some(({ note }) => note === mark),
  )
  return {
    break_even: {
      sentence: say(
        costSentence,
        sayWhyPart(facts),
        confirmed.hours_per_answer === null
          ? sayBreakEven(inputs)
          : `${sayBreakEven(inputs).slice(0, -1)}, at ${atRate}. That is arithmetic, not evidence that it did.`,
        facts.is_inferred ? 'Which message answers which question is inferred here for some or all of them.' : '',
        sayClaimsBeside(facts),
      ),
      figures,
    },
    footnotes,
  }
}

/** Claims of the counted days, where they may be told and an hour has a price. */
const claimedMoney = ({ counted, year, claims, cost }: CostFacts) => {
  const [first] = cost.stretches
  if (counted === null || first === undefined || cost.mean_rate === null || cost.mean_rate === 0) return null
  const sums = isSame(counted, year) ? claims.year : claims.counted
  const rest = isSame(counted, year) ? { ...claims.uncounted, people_count: 0 } : claims.uncounted
  if (!mayTellPart(sums, rest) || sums.high_hours === 0) return null
  const { mean_rate: rate } = cost
  return { sums, rate, currency: first.currency, money: formatMoneyRange(sums.low_hours * rate, sums.high_hours * rate, first.currency) }
}

const claimsFigure = (
  facts: CostFacts,
  figure: (id: string, label: string, said: { value: string }, more: Partial<ReportFigure>) => ReportFigure,
): ReportFigure[] => {
  const found = claimedMoney(facts)
  return found === null
    ? []
    : [
        figure(
          'claims-money',
          `What members claim, at ${formatMoney(found.rate, found.currency)} an hour`,
          { value: found.money },
          { note: MONEY_NOTE },
        ),
      ]
}

const sayClaimsBeside = (facts: CostFacts): string => {
  const found = claimedMoney(facts)
  const [first] = facts.cost.stretches
  if (found === null || first === undefined) return ''
  return `Members claim ${sayHoursRange(found.sums)} saved in the same time; at that rate it comes to ${found.money}, beside the ${formatMoney(first.amount, first.currency)} it cost.`
}

const COST_FOOTNOTE = {
  mark: COST_NOTE,
  text: `As the managers said: hours of people’s work a month × what an hour costs + tools and the like a month, over the ${COST_MONTHS === 12 ? 'twelve' : COST_MONTHS} months up to the month’s end. Each day of a month bears the same part of it; from a day on which the managers named another cost, that one counts.`,
}
const BREAK_EVEN_FOOTNOTE = {
  mark: BREAK_EVEN_NOTE,
  text: 'Cost ÷ what an hour costs (the mean of the days, where it changed) ÷ questions asked in the same days whose answer stands accepted, or whose asker said that it solved the problem. It leaves out everything else a community is good for, and everybody whom the same answer helped later.',
}
const ANSWERED_FOOTNOTE = {
  mark: ANSWERED_NOTE,
  text: 'The same cost ÷ all questions of these days that somebody else answered. Nobody has confirmed that each of these answers helped: it is arithmetic, not evidence.',
}
const MONEY_FOOTNOTE = {
  mark: MONEY_NOTE,
  text: 'Low and high hours that members claimed on these days × what an hour costs. It is what those who replied say, not what was measured; nothing is assumed of anybody else, and claims without an upper end are not in it.',
}
