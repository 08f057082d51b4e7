import { MAX_STORIES } from '../../../shared/contract/report-settings.ts'
import type { ReportContent, ReportStory } from '../../../shared/contract/value-report.ts'
import { sayCount } from '../../../shared/format.ts'
import { daysOfPeriod } from '../../../shared/period.ts'
import { plainLine, shorten } from './plain-words.ts'
import type { ReportMaterial } from './report-material.ts'
import type { Story } from './stories.ts'

/** Stories told up to so long before the end of the month may be shown: a quarter told late is not lost (our judgement). */
export const STORY_DAYS = 365
/** The report chooses by itself from so many days (our judgement: as long as a benefit counts). */
export const OWN_CHOICE_DAYS = 90
/** Characters of a story: three of them are read in half a minute (our judgement). */
export const MAX_STORY_LENGTH = 600
/** Of a name and of a role. */
const MAX_BY_LENGTH = 80

/** A story as a report shows it: one paragraph, shortened where it is long, by whom its teller allows. Null where nothing is left of it. */
export const showStory = (story: Story): ReportStory | null => {
  const { text, is_shortened } = shorten(plainLine(story.text), MAX_STORY_LENGTH)
  return text === '' ? null : { key: story.key, text, by: sayBy(story), on: story.on, is_shortened }
}

const sayBy = ({ consent, name, role }: Story): string => {
  const [who, as] = [name, role].map((one) => shorten(plainLine(one ?? ''), MAX_BY_LENGTH).text)
  if (consent === 'name' && who) return as ? `${who}, ${as}` : who
  if (consent !== 'anonymous' && as) return as
  return 'A member'
}

/** Those that the managers chose, in their order; else the newest of the last days of the month, three at most. */
export const writeStories = ({
  stories,
  words,
  month,
}: Pick<ReportMaterial, 'stories' | 'words' | 'month'>): Pick<ReportContent, 'stories' | 'stories_note'> => {
  const { to_on } = daysOfPeriod(month, 'month')
  const told = stories.filter(({ on }) => on < to_on)
  const chosen = words.story_keys
  const since = new Date(Date.parse(`${to_on}T00:00:00Z`) - OWN_CHOICE_DAYS * 86_400_000).toISOString().slice(0, 10)
  const taken =
    chosen === null ? told.filter(({ on }) => on >= since) : chosen.flatMap((key) => told.find((story) => story.key === key) ?? [])
  const shown = taken
    .map(showStory)
    .filter((story) => story !== null)
    .slice(0, MAX_STORIES)
  return { stories: shown, stories_note: noteOn(shown.length, told.length, chosen) }
}

const noteOn = (shown: number, told: number, chosen: readonly string[] | null): string | null => {
  if (shown > 0)
    return chosen === null
      ? told > shown
        ? `The ${shown === 1 ? 'newest' : `newest ${sayCount(shown)}`} that members allow to be shown.`
        : null
      : 'Chosen by the community’s managers, from those that members allow to be shown.'
  if (chosen !== null && told > 0)
    return chosen.length === 0
      ? 'The community’s managers chose none for this month.'
      : 'None of those that the community’s managers chose may be shown.'
  if (told > 0) return `None was told in the last ${OWN_CHOICE_DAYS} days.`
  return 'No member has told one that may be shown. Stories come from members who are asked whether an answer helped, and who allow theirs to be shown.'
}
