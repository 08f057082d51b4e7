/** realm.json tells the reactions before any message, and without a time: they wait here, sorted by message, in sixteen bytes each. */

/** Held at most, in 34 MB. Our judgement: ten years of lively talk have about a million. */
export const MAX_REACTIONS = 2 ** 21
/** A message's number and a place among the reactions share one exact number. */
const MAX_MESSAGE_ID = 2 ** 31
const FIRST_SIZE = 1024

export type Reaction = { userId: string; emoji: string }

export const createReactions = (most = MAX_REACTIONS) => {
  let keys = new Float64Array(FIRST_SIZE)
  let users = new Uint32Array(FIRST_SIZE)
  let emojis = new Uint32Array(FIRST_SIZE)
  const names: string[] = []
  const numbers = new Map<string, number>()
  let count = 0
  let isSorted = false

  const grow = () => {
    const size = Math.min(keys.length * 2, most)
    const [moreKeys, moreUsers, moreEmojis] = [new Float64Array(size), new Uint32Array(size), new Uint32Array(size)]
    moreKeys.set(keys)
    moreUsers.set(users)
    moreEmojis.set(emojis)
    keys = moreKeys
    users = moreUsers
    emojis = moreEmojis
  }

  return {
    /** False where there is no room, or a number is none of Zulip's. */
    add: (messageId: unknown, userId: unknown, emoji: string): boolean => {
      if (count >= most || !isNumber(messageId, MAX_MESSAGE_ID) || !isNumber(userId, 2 ** 32)) return false
      if (count === keys.length) grow()
      let number = numbers.get(emoji)
      if (number === undefined) {
        number = names.push(emoji) - 1
        numbers.set(emoji, number)
      }
      keys[count] = messageId * MAX_REACTIONS + count
      users[count] = userId
      emojis[count] = number
      count++
      isSorted = false
      return true
    },
    /** Those to a message, in the order they were added. */
    to: (messageId: number): Reaction[] => {
      if (!isSorted) {
        keys.subarray(0, count).sort()
        isSorted = true
      }
      let low = 0
      let high = count
      const from = messageId * MAX_REACTIONS
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((keys[middle] as number) < from) low = middle + 1
        else high = middle
      }
      const found: Reaction[] = []
      for (let at = low; at < count && (keys[at] as number) < from + MAX_REACTIONS; at++) {
        const place = (keys[at] as number) - from
        found.push({ userId: String(users[place]), emoji: names[emojis[place] as number] as string })
      }
      return found
    },
  }
}
export type Reactions = ReturnType<typeof createReactions>

const isNumber = (value: unknown, below: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below
