import type { AlertRecipient, AlertWay } from '../../../shared/contract/alert-recipient.ts'
import type { AlertRuleId } from '../../../shared/contract/alert.ts'
import { dayInZone, formatDay, sayCount } from '../../../shared/format.ts'

export const WAYS: Record<AlertWay, { label: string; description: string }> = {
  each: { label: 'Each as it comes', description: 'When something begins, gets clearly worse, or is over' },
  digest: {
    label: 'Once a week',
    description: 'One mail for all communities, on Monday at seven, and none in a week in which nothing was told',
  },
  none: { label: 'Not by mail', description: 'It all stands on this page' },
}

export type RuleName = { rule: AlertRuleId; title: string }

const ROLES = { administrator: 'Administrator', manager: 'Manager', sponsor: 'Sponsor', viewer: 'Viewer' } as const

/** How somebody came to be told. */
export const sayOrigin = ({ role, is_by_default, created_by }: AlertRecipient): string => {
  if (role === null) return created_by === null ? 'Added here' : `Added by ${created_by}`
  return is_by_default ? `${ROLES[role]}: told because of the role` : `${ROLES[role]}: set so`
}

/** Of which rules. */
export const sayRules = (told: readonly AlertRuleId[], all: readonly RuleName[]): string => {
  const titles = all.filter(({ rule }) => told.includes(rule)).map(({ title }) => title)
  if (all.length > 0 && titles.length === all.length) return 'of everything that is watched'
  if (titles.length === 0) return 'of nothing that is watched'
  const left = all.filter(({ rule }) => !told.includes(rule))
  if (left.length === 1) return `of everything but “${left[0]?.title}”`
  return titles.length <= 3
    ? `of ${titles.map((title) => `“${title}”`).join(', ')}`
    : `of ${sayCount(titles.length)} of the ${sayCount(all.length)} things that are watched`
}

/** Each as it comes, of everything that is watched. What a mail server refused is said first. */
export const sayTold = (of: AlertRecipient, all: readonly RuleName[], timeZone: string): string => {
  const day = (at: string) => formatDay(dayInZone(at, timeZone))
  if (of.said_no_at !== null) return `Wants none, since ${day(of.said_no_at)}. Nothing is sent.`
  if (of.how === 'none') return 'Is sent nothing.'
  return `${WAYS[of.how].label}, ${sayRules(of.rules, all)}.`
}

export const sayLast = (of: AlertRecipient, timeZone: string): string | null => {
  const day = (at: string) => formatDay(dayInZone(at, timeZone))
  if (of.refusal !== null) return `The mail server would not take the mail of ${day(of.refusal.at)}.`
  return of.last_sent_at === null ? null : `Last mail on ${day(of.last_sent_at)}.`
}
