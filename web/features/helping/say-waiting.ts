/** Who waits now, in words. Pure. */
import type { Today } from '../../../shared/contract/today.ts'
import { joinWords, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'

type Age = Today['open_by_age'][number]

/** An age in words: less than a day old, one to seven days old, older than 30 days. */
const sayAge = ({ from_days: from, to_days: to }: Age): string => {
  if (to === null) return `${from} days old or older`
  if (from === 0) return to === 1 ? 'less than a day old' : `less than ${sayCount(to)} days old`
  return `${sayCount(from)} to ${sayCountOf(to, 'day')} old`
}

/** How many questions nobody has answered, by age. */
export const sayOpen = ({ open_by_age: ages }: Today): string => {
  const total = ages.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return 'Every question has an answer.'
  const some = ages.filter(({ count }) => count > 0)
  const [only] = some
  if (some.length === 1 && only !== undefined)
    return `${startSentence(sayCountOf(total, 'question has', 'questions have'))} no answer, ${total === 1 ? '' : total === 2 ? 'both ' : 'all '}${sayAge(only)}.`
  return `${startSentence(sayCountOf(total, 'question has', 'questions have'))} no answer: ${joinWords(some.map((age) => `${sayCount(age.count)} ${sayAge(age)}`))}.`
}

/** How many newcomers wait for a first reply. */
export const sayNewcomers = (count: number): string =>
  count === 0
    ? 'Everybody who asked or posted for the first time lately got a reply.'
    : `${startSentence(sayCountOf(count, 'person', 'people'))} asked or posted for the first time and ${count === 1 ? 'has' : 'have'} had no reply.`
