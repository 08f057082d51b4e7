/** Whether a channel uses threads, month by month. */

/** Slack brought threads to everyone in the weeks after 18 January 2017 (The Verge of that day); a channel before that month is flat. */
export const THREADS_SINCE = '2017-01'
/** Judged by fewer messages, one thread more or less would turn a month over. Our judgement. */
const MIN_MESSAGES = 20
/**
 * Replies in threads among all messages from which on a channel is one that uses them. Where people answer in threads it is a third
 * and more, where nobody does it is next to nothing; the line lies between. Our judgement.
 */
export const MIN_REPLY_SHARE = 0.1

export type MonthCount = { messages: number; replies: number }

/**
 * The months (YYYY-MM) in which the messages of a channel are a flat chat, of its months in order. A month is judged by its own
 * messages and, where they are fewer than 20, by those of the months before it, back until there are 20; never by what came
 * later, so that a newer export judges an old month as this one does.
 */
export const findFlatMonths = (months: readonly (readonly [month: string, MonthCount])[]): Set<string> => {
  const flat = new Set<string>()
  months.forEach(([month], at) => {
    if (month < THREADS_SINCE) {
      flat.add(month)
      return
    }
    let messages = 0
    let replies = 0
    for (let back = at; back >= 0 && messages < MIN_MESSAGES; back--) {
      const [earlier, count] = months[back] as readonly [string, MonthCount]
      if (earlier < THREADS_SINCE) break
      messages += count.messages
      replies += count.replies
    }
    if (replies < messages * MIN_REPLY_SHARE || messages === 0) flat.add(month)
  })
  return flat
}
