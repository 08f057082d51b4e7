import type { Preview } from '../../../shared/contract/import.ts'
import { countOf, dayInZone, formatDay, joinWords, startSentence } from '../../../shared/format.ts'

/** "6 June 2015 to 27 July 2016", in days of the community; null without dates. */
export const saySpan = (
  { first_event_at, last_event_at }: Pick<Preview, 'first_event_at' | 'last_event_at'>,
  timeZone: string,
): string | null => {
  if (first_event_at === null || last_event_at === null) return null
  const [from, to] = [formatDay(dayInZone(first_event_at, timeZone)), formatDay(dayInZone(last_event_at, timeZone))]
  return from === to ? from : `${from} to ${to}`
}

const eventCount = ({ new_events, known_events, conflicts }: Preview): number => new_events + known_events + conflicts

/** The headline: "1,300 events by 71 people, 6 June 2015 to 27 July 2016". */
export const sayFound = (preview: Preview, timeZone: string): string => {
  const count = eventCount(preview)
  if (count === 0) return preview.csv.some(({ problem }) => problem !== null) ? 'What do its columns hold?' : 'Nothing was found in it'
  const people = preview.member_count - preview.bot_count
  const by = [
    ...(people === 0 ? [] : [countOf(people, 'person', 'people')]),
    ...(preview.bot_count === 0 ? [] : [countOf(preview.bot_count, 'bot')]),
  ]
  const span = saySpan(preview, timeZone)
  return [`${countOf(count, 'event')}${by.length === 0 ? '' : ` by ${joinWords(by)}`}`, ...(span === null ? [] : [span])].join(', ')
}

/** What of it is known already, in sentences; nothing where all is new. */
export const sayKnown = ({ new_events, known_events, conflicts }: Preview, replaces: boolean): string | null => {
  if (known_events + conflicts === 0) return null
  const one = conflicts === 1
  const changed = `${countOf(conflicts, 'message has', 'messages have')} changed since ${one ? 'it was' : 'they were'} imported and will ${replaces ? 'be replaced' : `stay as ${one ? 'it is' : 'they are'}`}`
  const parts = [
    ...(known_events === 0 ? [] : [`${countOf(known_events, 'is', 'are')} known already, or twice in it, and will count once`]),
    ...(conflicts === 0 ? [] : [changed]),
  ]
  return `${new_events === 0 ? 'Nothing in it is new' : `${startSentence(countOf(new_events, 'event is', 'events are'))} new`}; ${joinWords(parts)}.`
}
