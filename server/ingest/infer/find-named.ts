import { COMMON_WORDS } from './common-words.ts'
import { TEXT_READ } from './limits.ts'

/** The person a word names in a channel, by the word in lower case; null where none, or more than one, goes by it. */
export type WhoIs = (word: string) => string | null

const MENTION = /^<@!?([^>|\s]+)(?:\|[^>]*)?>/
/** What a name ends with where it speaks to somebody. */
const ADDRESSING = /[:,>;]/
const ADDRESSED = /^[:,>;]/
/** A first word that is only written like a name needs so many letters, … */
const FIRST_WORD_LETTERS = 3
/** … a later one so many. */
const LATER_WORD_LETTERS = 4
const LEADING_MARKS = /^["'([{*_~]+/
const TRAILING_MARKS = /[.!?"')\]}*_~…]+$/

/**
 * Whom a message names: by a mention such as "<@U123>", by its first word, or else by the first later word that is the name of
 * somebody who has spoken. Gives the id of the person, who may be unknown where mentioned; null for nobody. `channel` is the
 * name of the channel, which is nobody's.
 */
export const findNamed = (text: string, whoIs: WhoIs, channel: string): string | null => {
  const words = text.slice(0, TEXT_READ).split(/\s+/)
  let isFirst = true
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '') continue
    const named = isFirst ? readFirst(word, words[i + 1] ?? '', whoIs) : readLater(word, whoIs, channel)
    if (named !== null) return named
    isFirst = false
  }
  return null
}

const readFirst = (word: string, next: string, whoIs: WhoIs): string | null => {
  const mentioned = MENTION.exec(word.replace(LEADING_MARKS, ''))
  if (mentioned) return mentioned[1] as string
  const isMarked = word.startsWith('@')
  const bare = isMarked ? word.slice(1) : word
  const end = bare.search(ADDRESSING)
  const isAddressed = end > 0 || (end === -1 && ADDRESSED.test(next))
  const name = (end === -1 ? bare : bare.slice(0, end)).toLowerCase()
  const isName = (some: string) => isAddressed || isMarked || (some.length >= FIRST_WORD_LETTERS && !COMMON_WORDS.has(some))
  return lookUp(name, whoIs, isName) ?? (isMarked ? whoIs(`${name} ${withoutMarks(next)}`) : null)
}

const readLater = (word: string, whoIs: WhoIs, channel: string): string | null => {
  const start = word.replace(LEADING_MARKS, '')
  const mentioned = MENTION.exec(start)
  if (mentioned) return mentioned[1] as string
  const isMarked = start.startsWith('@')
  const bare = isMarked ? start.slice(1) : start
  const end = bare.search(ADDRESSING)
  const name = (end > 0 ? bare.slice(0, end) : bare).toLowerCase()
  if (name.length < LATER_WORD_LETTERS && !isMarked) return null
  const isName = (some: string) => isMarked || (some.length >= LATER_WORD_LETTERS && !COMMON_WORDS.has(some) && some !== channel)
  return lookUp(name, whoIs, isName)
}

/** As it stands first: "[foo]" is somebody's name too. */
const lookUp = (name: string, whoIs: WhoIs, isName: (name: string) => boolean): string | null => {
  const known = isName(name) ? whoIs(name) : null
  if (known !== null) return known
  const plain = name.replace(TRAILING_MARKS, '')
  return plain !== name && plain !== '' && isName(plain) ? whoIs(plain) : null
}

const withoutMarks = (word: string): string => word.split(ADDRESSING, 1)[0]?.replace(TRAILING_MARKS, '').toLowerCase() ?? ''
