/** Today's list in words. Pure. */
import { CARE_KINDS, type CareItem, type CareKind, type CareMark, type Today } from '../../../shared/contract/today.ts'
import { dayInZone, formatCount, joinWords, NO_BREAK, sayCountOf } from '../../../shared/format.ts'
import { periodOfDay } from '../../../shared/period.ts'

export const KIND_WORDS: Record<CareKind, { title: string; one: string; many: string; metric: string }> = {
  unanswered_question: { title: 'Unanswered questions', one: 'unanswered question', many: 'unanswered questions', metric: 'questions' },
  waiting_newcomer: {
    title: 'Newcomers without a reply',
    one: 'newcomer without a reply',
    many: 'newcomers without a reply',
    metric: 'newcomers-answered-share',
  },
  quiet_regular: { title: 'Regulars gone quiet', one: 'regular gone quiet', many: 'regulars gone quiet', metric: 'active-people' },
  topic_on_one: {
    title: 'Topics that hang on one person',
    one: 'topic that hangs on one person',
    many: 'topics that hang on one person',
    metric: 'topics-on-one-helper',
  },
}

export const MARK_WORDS: Record<CareMark, { act: string; said: string }> = {
  done: { act: 'Done', said: 'done' },
  answered_elsewhere: { act: 'Answered elsewhere', said: 'answered elsewhere' },
  not_a_question: { act: 'Not a question', said: 'not a question' },
}

const HOUR = 3_600_000

/** How long it waits as people say it: 5 hours, 3 days, 7 weeks, 4 months. */
export const sayWaits = (since: string, until: string): string => {
  const hours = Math.max(0, (Date.parse(until) - Date.parse(since)) / HOUR)
  const of = (count: number, unit: string) => `${formatCount(count)}${NO_BREAK}${unit}${count === 1 ? '' : 's'}`
  if (hours < 1) return 'under an hour'
  if (hours < 48) return of(Math.floor(hours), 'hour')
  const days = Math.floor(hours / 24)
  if (days < 21) return of(days, 'day')
  if (days < 92) return of(Math.floor(days / 7), 'week')
  return days < 730 ? of(Math.floor(days / 30.44), 'month') : of(Math.floor(days / 365.25), 'year')
}

/** The person as the reader may see them. */
export const namePerson = ({ person }: Pick<CareItem, 'person'>): string | null => person?.name ?? person?.pseudonym ?? null

/** What the item is, as short as a heading; `who` and `where` stand apart, so that neither can turn the other around. */
export const headItem = (item: CareItem): { before: string; who: string | null; between: string; where: string | null } => {
  const who = namePerson(item)
  const where = item.channel
  const between = where === null ? '' : ' in '
  if (item.kind === 'unanswered_question') return { before: who === null ? 'A question' : 'A question by ', who, between, where }
  if (item.kind === 'waiting_newcomer') return { before: who === null ? 'A newcomer' : 'Newcomer ', who, between, where }
  if (item.kind === 'quiet_regular') return { before: who === null ? 'A regular' : 'Regular ', who, between: '', where: null }
  return { before: 'Only ', who: who ?? 'one person', between: ' answers in ', where }
}

/** The heading as one text, for labels. */
export const sayItem = (item: CareItem): string => {
  const { before, who, between, where } = headItem(item)
  return `${before}${who ?? ''}${where === null ? '' : `${between}${where}`}`
}

/** The metric and the month in which the item is one of the cases. */
export const evidenceOf = ({ kind, since }: CareItem, timeZone: string): { key: string; period: string } => ({
  key: KIND_WORDS[kind].metric,
  period: periodOfDay(dayInZone(since, timeZone), 'month'),
})

export type KindGroup = { kind: CareKind; items: CareItem[]; count: number }

/** What waits by kind, in the order of the kinds; those with nothing left out. */
export const groupByKind = (today: Today): KindGroup[] =>
  CARE_KINDS.map((kind) => ({
    kind,
    items: today.items.filter((item) => item.kind === kind),
    count: today.counts[kind] ?? 0,
  })).filter(({ items, count }) => items.length > 0 || count > 0)

/** All that waits, in one sentence. */
export const sayWaiting = (groups: readonly KindGroup[]): string =>
  groups.length === 0
    ? 'Nothing waits.'
    : `${joinWords(groups.map(({ kind, count }) => sayCountOf(count, KIND_WORDS[kind].one, KIND_WORDS[kind].many)))}.`.replace(
        /^./,
        (first) => first.toUpperCase(),
      )

/** How many rows of each kind are shown at first: one screen holds about `room`, and every kind has one. */
export const sharesOfRoom = (groups: readonly KindGroup[], room: number): number[] => {
  const shares = groups.map(({ items }) => Math.min(1, items.length))
  let left = room - shares.reduce((sum, share) => sum + share, 0)
  for (let isMore = true; isMore && left > 0; ) {
    isMore = false
    for (const [i, { items }] of groups.entries()) {
      if (left <= 0 || (shares[i] as number) >= items.length) continue
      shares[i] = (shares[i] as number) + 1
      left--
      isMore = true
    }
  }
  return shares
}
