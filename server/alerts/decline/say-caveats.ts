/** What to know of an alert before acting on it. */
import { countOf, formatDay, formatPercent, formatPeriod, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { addDays, daysBetween, periodOfDay } from '../../../shared/period.ts'
import { dayInZone } from '../../../shared/format.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import type { Silence } from '../../diagnosis/direction/hear-weeks.ts'
import { SEASON_REFERENCE_WEEKS, WINDOWS, YEAR_WEEKS } from '../../diagnosis/direction/limits.ts'
import { type Db, type DeclineFrom, lagOf, mondayOf, type NamedTold } from './follow-decline.ts'
import { SERIES_WORDS } from './say-series.ts'

/** A source that used to send and has sent nothing for so long has gone silent (our judgement). */
const SILENT_DAYS = 21
/** Between these shares of the events judged, coming in late says something: all of them do where a history was imported. */
const LATE_LEAST = 0.02
const LATE_MOST = 0.5
const LATE_DAYS = 7

export type Sources = { silent: { source: string; last_on: string }[]; begun: { source: string; first_on: string }[] }

/** Sources that went silent in the weeks judged, or began in the year before them, by the end of a day. */
export const changedSources = ({ material }: DeclineFrom, from_on: string, to_on: string): Sources => {
  const { context, timeZone } = material
  const told = context.sources.flatMap(({ source, first_event_at, last_event_at }) =>
    first_event_at === null || last_event_at === null
      ? []
      : [{ source, first_on: dayInZone(first_event_at, timeZone), last_on: dayInZone(last_event_at, timeZone) }],
  )
  if (told.length < 2) return { silent: [], begun: [] }
  return {
    silent: told.filter(
      ({ first_on, last_on }) => first_on < from_on && last_on > addDays(from_on, -365) && daysBetween(last_on, to_on) >= SILENT_DAYS,
    ),
    begun: told.filter(
      ({ first_on }) => first_on > addDays(from_on, -365) && first_on <= to_on && first_on > addDays(material.firstOn, 28),
    ),
  }
}

const WHY: Partial<Record<Silence, string>> = {
  feed: 'the feed was silent',
  not_told: 'joins were not told at all',
  step: 'an import or a purge lies in them',
  spike: 'it has many times what is usual',
  withheld: 'too much in them is anonymous to count people',
}

export const sayCaveats = async (db: Db, from: DeclineFrom, named: readonly NamedTold[]): Promise<string[]> => {
  const [first] = named
  if (first === undefined) return []
  const lag = lagOf(first.id)
  const from_on = mondayOf(from, first.from - lag)
  const to_on = addDays(mondayOf(from, first.to - lag), 7)
  const holidays = named.map((one) => countIf(from, one, (at, week) => one.is_masked && Boolean(from.all[at]?.is_holiday[week])))
  const mostHolidays = Math.max(...holidays)
  const sources = changedSources(from, from_on, to_on)
  const late = await countLate(db, from, from_on, to_on)
  return [
    ...(named.some(({ is_masked }) => is_masked)
      ? [
          `There are not yet ${countOf(YEAR_WEEKS + SEASON_REFERENCE_WEEKS + first.told.weeks, 'week')} of history, so a slack season cannot be told from a decline.${mostHolidays > 0 ? ` ${startSentence(sayCountOf(mostHolidays, 'holiday week'))} ${mostHolidays === 1 ? 'is' : 'are'} left out.` : ''}`,
        ]
      : []),
    ...sayStopped(from, first.to),
    ...sources.silent.map(
      ({ source, last_on }) =>
        `Nothing has come from the source ${quoteName(source)} since ${formatDay(last_on)}. If it was switched off, some of this is a gap in the data and no decline.`,
    ),
    ...sources.begun.map(
      ({ source, first_on }) =>
        `The source ${quoteName(source)} began in ${formatPeriod(periodOfDay(first_on, 'month'))}: what is counted from it has no full year before it.`,
    ),
    ...saySilences(from, named),
    ...(named.some(({ told }) => told.weeks > WINDOWS[0].weeks)
      ? [
          `So little happens that ${joinWords([...new Set(named.filter(({ told }) => told.weeks > WINDOWS[0].weeks).map(({ told }) => countOf(told.weeks, 'week')))])} had to be taken together: when it began is known less exactly.`,
        ]
      : []),
    ...(late === null
      ? []
      : [
          `${startSentence(sayCountOf(late.count, 'event'))} of the weeks judged came in more than a week late (${formatPercent(late.count / late.of)}); more may still come, and if they undo this, you will be told.`,
        ]),
    ...(named.some(({ told, id }) => told.expected < 30 && id !== 'active-people')
      ? ['Where numbers are small they are told as counts and not as percentages.']
      : []),
  ]
}

/** So many weeks without any event at all are worth a word (our judgement). */
const STOPPED_WEEKS = 3

/** Whether a community falls silent or only its feed cannot be seen from its events. */
const sayStopped = ({ weeks }: DeclineFrom, week: number): string[] => {
  let last = week
  while (last >= 0 && weeks[last]?.event_count === 0) last--
  if (week - last < STOPPED_WEEKS || last < 0) return []
  const since = formatDay(addDays(weeks[last]?.from_on as string, 7))
  return [
    `Nothing at all has come in since ${since}, from any source. It may be the feed that ended, and not the community: look at where the data come from first.`,
  ]
}

const countIf = ({ weeks }: DeclineFrom, { at, from, to }: NamedTold, is: (at: number, week: number) => boolean): number => {
  let count = 0
  for (let week = from; week <= to && week < weeks.length; week++) if (is(at, week)) count++
  return count
}

/** Weeks of those judged of which nothing is known, by why. */
const saySilences = (from: DeclineFrom, named: readonly NamedTold[]): string[] => {
  const said = new Map<string, string[]>()
  for (const one of named) {
    const silences = from.all[one.at]?.silences ?? []
    for (const why of Object.keys(WHY) as Silence[]) {
      const count = countIf(from, one, (_, week) => silences[week] === why)
      if (count === 0) continue
      const text = `${startSentence(sayCountOf(count, 'week'))} of those judged ${count === 1 ? 'is' : 'are'} left out for %: ${(WHY[why] as string).replace('them', count === 1 ? 'it' : 'them')}.`
      said.set(text, [...(said.get(text) ?? []), SERIES_WORDS[one.id].inside])
    }
  }
  return [...said].map(([text, of]) => text.replace('%', joinWords(of)))
}

/** Events of these days that came in more than a week later; null where none, next to none, or as good as all did. */
const countLate = async (
  db: Db,
  { material }: DeclineFrom,
  from_on: string,
  to_on: string,
): Promise<{ count: number; of: number } | null> => {
  const { rows } = await db.query<{ count: number; of: number }>(
    `select count(*) filter (where received_at > occurred_at + interval '${LATE_DAYS * 24} hours')::int as count, count(*)::int as of
     from event
     where community_id = $1
       and occurred_at >= $3::date::timestamp at time zone $2
       and occurred_at < $4::date::timestamp at time zone $2`,
    [material.communityId, material.timeZone, from_on, to_on],
  )
  const { count, of } = rows[0] ?? { count: 0, of: 0 }
  return of === 0 || count / of < LATE_LEAST || count / of > LATE_MOST ? null : { count, of }
}
