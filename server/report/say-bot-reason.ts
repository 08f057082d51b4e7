import type { BehaviourReason, BotReason } from '../../shared/contract/bot.ts'
import { formatCount, joinWords } from '../../shared/format.ts'

const percent = (share: number) => `${Math.round(share * 100)} %`

const sayRound = (minutes: number) => (minutes === 60 ? 'the same minute of the hour' : `the same moment of every ${minutes} minutes`)

const sayGap = (seconds: number): string => {
  const [amount, unit] =
    seconds < 5400 ? [seconds / 60, 'minutes'] : seconds < 129_600 ? [seconds / 3600, 'hours'] : [seconds / 86_400, 'days']
  return `${Number(amount.toFixed(1))} ${unit}`
}

/** The one of the two by which more is regular. */
const sayRegular = ({ clock, gap, contributions }: BehaviourReason): string[] => {
  const clockShare = clock ? clock.contributions / contributions : 0
  const gapShare = gap ? gap.gaps / gap.of : 0
  if (clock && clockShare >= gapShare) return [`at ${sayRound(clock.minutes)} in ${formatCount(clock.contributions)} of them`]
  return gap ? [`${sayGap(gap.seconds)} or a multiple of that apart in ${formatCount(gap.gaps)} of ${formatCount(gap.of)} gaps`] : []
}

const sayAnswers = ({ answered, replies }: BehaviourReason): string[] => [
  answered === 0
    ? 'nobody else ever wrote in those threads'
    : `${formatCount(answered)} of them ${answered === 1 ? 'lies in a thread' : 'lie in threads'} in which somebody else wrote`,
  replies === 0 ? 'it replied to nobody' : `${formatCount(replies)} of them ${replies === 1 ? 'is a reply' : 'are replies'}`,
]

const sayLengths = ({ word_variation }: BehaviourReason): string[] =>
  word_variation === null ? [] : [`their lengths differ by ${percent(word_variation)}`]

const sayNights = ({ hours, is_sure }: BehaviourReason): string[] =>
  is_sure && hours >= 20 ? [`they fall on ${hours} of the 24 hours of the day`] : []

const HELD_BACK: Record<BehaviourReason['held_back'][number], (reason: BehaviourReason) => string> = {
  few: ({ contributions }) => `${formatCount(contributions)} contributions are few to tell by`,
  slow: () => 'it writes as seldom as people do who publish',
  news: () => 'what it writes is mostly news, as an editor would',
  main_author: ({ share }) => `${percent(share)} of what was written on those days is by it or others found alike`,
  shared_clock: () => 'the times of everyone there are rounded',
}

/** Why an account looks like a program, as a sentence. */
export const sayBotReason = (reason: BotReason): string => {
  if (reason.by === 'source') return 'Its source says that it is a bot.'
  if (reason.by === 'name') {
    if (reason.matched === '[bot]') return 'Its name or id ends in “[bot]”.'
    return reason.is_sure
      ? `It goes by “${reason.matched}”, as only a program does.`
      : `“${reason.matched}” is part of its name or id, which may be a person’s all the same.`
  }
  const signs = [...sayRegular(reason), ...sayAnswers(reason), ...sayLengths(reason), ...sayNights(reason)]
  const doubts = reason.held_back.map((doubt) => HELD_BACK[doubt](reason))
  const times = formatCount(reason.contributions)
  const told = `${reason.contributions >= 200 ? `The last ${times} times it wrote` : `It wrote ${times} times`}: ${joinWords(signs)}.`
  return doubts.length === 0 ? told : `${told} What speaks against leaving it out unasked: ${joinWords(doubts)}.`
}
