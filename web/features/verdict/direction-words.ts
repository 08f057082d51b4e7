/** The weekly series that a direction rests on, each against its own past, in words. Pure. */
import type { DirectionSeries, Verdict } from '../../../shared/contract/verdict.ts'
import { formatCount, formatDay, formatDecimal, joinWords, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'

const NAMES: Record<DirectionSeries['id'], { label: string; short: string; noun: [string, string] }> = {
  joins: { label: 'People who joined', short: 'people joining', noun: ['person joined', 'people joined'] },
  'active-people': {
    label: 'Active people',
    short: 'active people',
    noun: ['active person a week added up', 'active people, week by week added up'],
  },
  questions: { label: 'Questions', short: 'questions', noun: ['question', 'questions'] },
  answered: { label: 'Questions answered within 7 days', short: 'answered questions', noun: ['question answered', 'questions answered'] },
  leavers: { label: 'People who left', short: 'people leaving', noun: ['person left', 'people left'] },
}
export const nameSeries = (id: DirectionSeries['id']): string => NAMES[id].label

/** An arrow and a word for where the number went; for leavers "down" is worse, so more of them. */
export const sayState = ({ id, state }: Pick<DirectionSeries, 'id' | 'state'>): { arrow: string; word: string } => {
  if (state === 'cannot_judge') return { arrow: '?', word: 'cannot be judged' }
  if (state === 'level') return { arrow: '→', word: 'as before' }
  const isMore = (state === 'up') !== (id === 'leavers')
  return { arrow: isMore ? '↑' : '↓', word: `${isMore ? 'more' : 'fewer'}${state === 'down' ? ', worse' : ', better'}` }
}

/** What was counted against what the weeks before lead one to expect; the reason where that cannot be said. */
export const saySeries = (series: DirectionSeries): string => {
  const { id, observed, expected, weeks, ratio, z, reason } = series
  if (observed === null || expected === null || weeks === null) return reason ?? 'It cannot be judged yet.'
  const [one, many] = NAMES[id].noun
  const seen = `${sayCount(observed) === 'no' ? 'No' : formatCount(observed)} ${observed === 1 ? one : many} in the last ${sayCountOf(weeks, 'week')}`
  const against = `the weeks before would lead one to expect ${formatDecimal(expected, expected < 10 ? 1 : 0)}`
  const times = ratio === null ? '' : `, ${formatDecimal(ratio, 2)} times the earlier rate`
  const swing = z === null ? '' : `; z ${formatDecimal(z, 1)}`
  return `${seen}; ${against}${times}${swing}.${reason === null ? '' : ` ${reason}`}`
}

/** Why it goes the way it goes, as short as a figure's caption: since when, and which series say so. */
export const sayDirection = ({ trajectory, trajectory_detail: detail }: Pick<Verdict, 'trajectory' | 'trajectory_detail'>): string => {
  if (detail === null) return 'The direction follows from the weeks before, and those are not at hand for this day.'
  // the word it begins with stands over it already
  if (detail.since === null || (trajectory !== 'declining' && trajectory !== 'growing'))
    return startSentence(detail.sentence.replace(/^[A-Z][a-z]+( known)?[:.] /, ''))
  const way = trajectory === 'declining' ? 'down' : 'up'
  const moved = detail.series
    .filter(({ state }) => state === way)
    .map((series) => `${sayState(series).word.split(',')[0]} ${NAMES[series.id].short}`)
  return `Noticed in the week of ${formatDay(detail.since)}${moved.length === 0 ? '' : `: ${joinWords(moved)}`}.`
}
