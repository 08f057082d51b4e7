import type { Asks } from '../../../shared/contract/ask.ts'
import { countOf, formatCount, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'

type Replies = Omit<Asks['replies'], 'bands'>

/** What became of asking, in a sentence: counts alone, and of those who replied. */
export const sayReplies = ({ asked_count, replied_count, solved_count, partly_count, not_solved_count }: Replies): string => {
  if (asked_count === 0) return 'Nobody has been asked yet.'
  const asked = `${startSentence(sayCountOf(asked_count, 'asker'))} ${asked_count === 1 ? 'was' : 'were'} asked`
  if (replied_count === 0) return `${asked}, and nobody has replied yet.`
  if (asked_count === 1) return `${asked} and replied: ${solved_count > 0 ? 'solved' : partly_count > 0 ? 'partly solved' : 'not solved'}.`
  const said = [
    solved_count > 0 ? `solved for ${formatCount(solved_count)}` : null,
    partly_count > 0 ? `partly for ${formatCount(partly_count)}` : null,
    not_solved_count > 0 ? `not for ${formatCount(not_solved_count)}` : null,
  ].filter((part) => part !== null)
  return `Of ${countOf(asked_count, 'asker')} who were asked, ${formatCount(replied_count)} replied: ${joinWords(said)}.`
}

/** Why there is nobody to ask, or why not more of them. */
export const sayNotYet = ({ too_fresh, paused, opted_out, left }: Asks['not_yet']): string | null => {
  const parts = [
    too_fresh > 0 ? `${sayCountOf(too_fresh, 'question')} too freshly answered` : null,
    paused > 0 ? `${sayCountOf(paused, 'question')} of people asked this week` : null,
    opted_out > 0 ? `${sayCountOf(opted_out, 'question')} of people who do not want to be asked` : null,
    left > 0 ? `${sayCountOf(left, 'question')} of people who have left` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : `Not to be asked about now: ${joinWords(parts)}.`
}

export const STATE_WORDS: Record<Asks['asks'][number]['state'], string> = {
  made: 'Link made, not posted',
  posted: 'Link posted',
  waiting: 'Mail waits to be sent',
  sent: 'Mail sent',
  not_sent: 'Mail not sent',
}
