/** Who waits now, in words. Pure. */
import type { Today } from '../../../shared/contract/today.ts'
import { joinWords, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'

type Age = Today['open_by_age'][number]

/** An age in words: less than a day old, one to seven days old, 30 days old or more. */
const sayAge = ({ from_days: from, to_days: to }: Age): string => {
  if (to === null) return `${sayCountOf(from, 'day')} old or more`
  if (from === 0) return to === 1 ? 'less than a day old' : `less than ${sayCount(to)} days old`
  return `${sayCount(from)} to ${sayCountOf(to, 'day')} old`
}

/** How many questions nobody has answered, by age. */
export const sayOpen = ({ open_by_age: ages }: Today): string => {
  const total = ages.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return 'No question waits for an answer.'
  const some = ages.filter(({ count }) => count > 0)
  const all = startSentence(sayCountOf(total, 'question has', 'questions have'))
  const [only] = some
  if (some.length === 1 && only !== undefined)
    return total === 1
      ? `One question has no answer; it is ${sayAge(only)}.`
      : `${all} no answer, ${total === 2 ? 'both' : 'all'} ${sayAge(only)}.`
  return `${all} no answer: ${joinWords(some.map((age) => `${sayCount(age.count)} ${age.count === 1 ? 'is' : 'are'} ${sayAge(age)}`))}.`
}

/** How many newcomers wait for a first reply. */
export const sayNewcomers = (count: number): string =>
  count === 0
    ? 'Nobody who asked or posted for the first time lately waits for a reply.'
    : `${startSentence(sayCountOf(count, 'person', 'people'))} asked or posted for the first time and ${count === 1 ? 'has' : 'have'} had no reply.`
