/** What stands in all communities, and what a budget of false alarms comes to, in words. Pure. */
import type { AllAlerts, AlertsOfCommunity, Budget } from '../../../shared/contract/all-alerts.ts'
import { formatDecimal, joinWords, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import type { Cell } from '../../ui/csv.ts'

/** Names are read up to here; beyond, they are counted. Our judgement. */
const MOST_NAMES = 4

/** What stands where. */
export const sayStanding = (communities: readonly AlertsOfCommunity[]): string => {
  if (communities.length === 0) return 'There is no community yet whose alerts you may see.'
  const standing = communities.filter(({ standing: found }) => found.length > 0)
  const of = communities.length === 1 ? 'the one community here' : `any of the ${sayCount(communities.length)} communities`
  if (standing.length === 0) return `Nothing stands in ${of}.`
  const names =
    standing.length > MOST_NAMES
      ? `${sayCount(standing.length)} of ${sayCountOf(communities.length, 'community', 'communities')}`
      : joinWords(standing.map(({ name }) => quoteName(name)))
  return `An alert stands in ${names}${standing.length > MOST_NAMES || standing.length === communities.length ? '' : `, in none of the other ${sayCount(communities.length - standing.length)}`}.`
}

/** How many false alarms to expect, over what one may see or over all. */
export const sayExpected = ({ communities, expected }: AllAlerts): string =>
  communities.every((one) => one.expected === null)
    ? 'Nothing is judged in them now of which it has been measured how often it is false.'
    : `By what is stated, false alarms over all of them: ${sayAlarmRate(expected)}.`

/** A step of strictness as limits are spoken of. */
export const sayStrictness = (strictness: number): string =>
  strictness === 1 ? 'the usual limits' : `limits ${formatDecimal(strictness, 2)} times the usual`

export type Preview = { strictness: number; expected: number; isKept: boolean; weeks: number | null }

/** What a budget would come to: the first step that keeps it, else the last. Null where there are no steps. */
export const previewBudget = ({ steps }: Pick<Budget, 'steps'>, falseAlarms: number | null): Preview | null => {
  const usual = steps[0]
  const found = falseAlarms === null ? usual : steps.find(({ expected }) => expected <= falseAlarms)
  const taken = found ?? steps.at(-1)
  return taken === undefined
    ? null
    : { strictness: taken.strictness, expected: taken.expected, isKept: found !== undefined, weeks: taken.weeks }
}

/** A few decimals: what is added up of stated rates is no more exact. */
export const formatRate = (aYear: number): string => (aYear > 0 && aYear < 0.01 ? 'under 0.01' : formatDecimal(aYear, aYear < 9.95 ? 2 : 0))

const sayWeeks = (weeks: number): string => sayCountOf(Math.round(weeks), 'week')

/** Nothing is judged of which that is known: no 0, but nothing to say. */
const isUnknown = ({ watched, unstated_count }: Budget): boolean => watched.rules <= unstated_count

/** What it does, what it costs, and what would help where it is not enough. */
export const sayPreview = (budget: Budget, falseAlarms: number | null): string[] => {
  const preview = previewBudget(budget, falseAlarms)
  const usual = budget.steps[0]
  if (preview === null || usual === undefined) return []
  if (isUnknown(budget))
    return falseAlarms === null ? [] : ['Limits stay the usual ones until there is something to add up; then they follow by themselves.']
  if (falseAlarms === null)
    return [`Without a budget, ${sayStrictness(1)} hold: ${formatRate(usual.expected)} false alarms a year are to be expected.`]
  if (preview.isKept && preview.strictness === 1)
    return [
      `The usual limits keep it: ${formatRate(usual.expected)} false alarms a year are to be expected. Limits never become looser than usual by a budget.`,
    ]
  const lines = [
    preview.isKept
      ? `It takes ${sayStrictness(preview.strictness)}: ${formatRate(preview.expected)} false alarms a year instead of ${formatRate(usual.expected)}.`
      : `Even ${sayStrictness(preview.strictness)}, the strictest there are, leave ${formatRate(preview.expected)} a year, ${formatRate(preview.expected - falseAlarms)} more than this.`,
    sayDelay(preview, usual),
  ]
  if (!preview.isKept) lines.push(...sayHelp(budget))
  return lines
}

/** By simulation; where no limits are simulated, nothing but the direction is known. */
const sayDelay = ({ weeks }: Preview, usual: Budget['steps'][number]): string => {
  if (usual.weeks === null) return 'Stricter limits notice a real decline later, and miss more of the small ones.'
  if (weeks === null)
    return `Of simulated communities that halve, fewer than half would then be noticed at all; by the usual limits half are within ${sayWeeks(usual.weeks)}.`
  const than = Math.round(weeks) === Math.round(usual.weeks) ? 'as by the usual limits' : `instead of ${sayCount(Math.round(usual.weeks))}`
  return `Of simulated communities that halve, half are then noticed within ${sayWeeks(weeks)}, ${than}.`
}

const sayHelp = ({ without_limits, own, own_count }: Budget): string[] => [
  ...(without_limits > 0
    ? [
        `${formatRate(without_limits)} a year come from rules whose limits cannot be made stricter; switching one off where nobody acts on it would help.`,
      ]
    : []),
  ...(own > 0
    ? [
        `${formatRate(own)} a year come from ${sayCountOf(own_count, 'setting')} that communities have made for themselves, which a budget does not reach.`,
      ]
    : []),
]

/** How the budget stands. */
export const sayBudget = (budget: Budget): string => {
  const { false_alarms: limit, expected, is_kept, strictness, watched, unstated_count } = budget
  const unstated =
    unstated_count === 0
      ? ''
      : ` ${startSentence(sayCountOf(unstated_count, 'rule'))} more ${unstated_count === 1 ? 'is' : 'are'} judged of which nobody has measured that.`
  const over = `${sayCountOf(watched.communities, 'community', 'communities')} and ${sayCountOf(watched.rules - unstated_count, 'rule')} judged in them`
  const rate = `${formatRate(expected)} false alarms a year are to be expected over ${over}, by ${sayStrictness(strictness)}.${unstated}`
  if (isUnknown(budget))
    return `${limit === null ? 'No budget is set.' : `The budget is ${formatDecimal(limit, 2)} false alarms a year.`} Nothing is judged now of which it has been measured how often it is false.`
  if (limit === null) return `No budget is set. ${rate}`
  return is_kept
    ? `The budget of ${formatDecimal(limit, 2)} a year is kept: ${rate}`
    : `The budget of ${formatDecimal(limit, 2)} a year is not kept: ${rate}`
}

/** As a file, one row a community. */
export const allAlertsFile = ({ communities }: AllAlerts): Cell[][] => [
  [
    'community',
    'name',
    'standing',
    'standing_since',
    'last_told_at',
    'last_told',
    'last_called_false',
    'rules_judged',
    'rules',
    'false_alarms_a_year_expected',
    'years_watched',
    'told',
    'ruled',
    'called_false',
    'called_false_low',
    'called_false_high',
    'false_expected_so_far',
  ],
  ...communities.map(({ slug, name, standing, last, judged_count, rule_count, expected, record }): Cell[] => [
    slug,
    name,
    standing.map(({ headline }) => headline).join(' | '),
    standing.map(({ began_on }) => began_on).join(' | '),
    last?.told_at ?? null,
    last?.headline ?? null,
    last === null ? null : last.is_false ? 'yes' : 'no',
    judged_count,
    rule_count,
    expected,
    record.years,
    record.told,
    record.ruled,
    record.false_alarms,
    record.low,
    record.high,
    record.expected,
  ]),
]

export const SORTS = ['standing', 'name', 'expected', 'told'] as const
export type Sort = (typeof SORTS)[number]

/** What stands comes first, and of that the newest; numbers the largest first; what is not known last. */
export const sortCommunities = (communities: readonly AlertsOfCommunity[], sort: Sort): AlertsOfCommunity[] => {
  const byName = communities.toSorted((a, b) => a.name.localeCompare(b.name))
  const keyOf: Record<Sort, (one: AlertsOfCommunity) => string | number> = {
    name: () => 0,
    expected: ({ expected }) => expected ?? -1,
    told: ({ record }) => record.told,
    standing: ({ standing, last }) => standing[0]?.began_on.concat('~') ?? last?.stood_on ?? last?.told_at ?? '',
  }
  const key = keyOf[sort]
  const rank = (one: AlertsOfCommunity) => (sort === 'standing' ? (one.standing.length > 0 ? 2 : one.last === null ? 0 : 1) : 0)
  return byName.toSorted((a, b) => rank(b) - rank(a) || (key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0))
}
