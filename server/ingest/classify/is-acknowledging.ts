import { findsAnywhere, findsFirst, findsLast, wordsNeeded } from './phrases.ts'
import { plainProse } from './plain-prose.ts'
import { isReplyTitle } from './reading.ts'
import { foldWord, type Sentence, sentencesOf } from './sentences.ts'
import { IN_ADVANCE, NOT_REALLY, THANKING, WORKED } from './words/thanks.ts'

const SAYS_SO = [...THANKING, ...WORKED]
const HINT = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wordsNeeded(SAYS_SO).join('|')})(?![\\p{L}\\p{N}])`, 'u')
const begins = findsFirst(SAYS_SO)
const ends = findsLast(SAYS_SO)
const isInAdvance = findsAnywhere(IN_ADVANCE)
const isNotReally = findsAnywhere(NOT_REALLY)

/** Looked at of the beginning and of the end of a message, which may quote before and sign after; most messages are read no further. */
const EDGE_CHARACTERS = 600
const mayThank = (text: string): boolean =>
  HINT.test(foldWord(text.length <= 2 * EDGE_CHARACTERS ? text : text.slice(0, EDGE_CHARACTERS) + text.slice(-EDGE_CHARACTERS)))

/** So many words may stand before the thanks: "Ah, great, Ana, thanks". */
const MOST_BEFORE = 4
/** A sentence of so few words is a greeting or a name, above or below the message itself. */
const MOST_NAME_WORDS = 2

/** The sentence from each of its first words on, so that a name may come before the thanks. */
const tailsOf = (sentence: Sentence): Sentence[] => {
  const words = sentence.words.trim().split(' ')
  return Array.from({ length: Math.min(MOST_BEFORE + 1, words.length) }, (_, at) => ({
    ...sentence,
    words: ` ${words.slice(at).join(' ')} `,
  }))
}
const isSure = (sentence: Sentence): boolean => !isInAdvance(sentence) && !isNotReally(sentence)
const beginsSo = (sentence: Sentence): boolean => isSure(sentence) && tailsOf(sentence).some(begins)
const endsSo = (sentence: Sentence): boolean => isSure(sentence) && (begins(sentence) || ends(sentence))

/**
 * Begins or ends with thanks or with word that it worked, and asks nothing: said by an asker after an answer, it acknowledges the help.
 * Thanks in advance, a "but" beside the thanks, and thanks between other sentences do not count. English, German, French, Spanish,
 * Portuguese. It is no confirmation: many thank out of courtesy.
 */
export const isAcknowledging = (title: string | null | undefined, text: string | null | undefined): boolean => {
  if ((title && !isReplyTitle(title)) || !text || !mayThank(text)) return false
  const sentences = sentencesOf(plainProse(text).prose)
  if (sentences.length === 0 || sentences.some(({ mark }) => mark === '?')) return false
  const first = sentences[0] as Sentence
  const second = sentences[1]
  if (beginsSo(first) || (first.word_count <= MOST_NAME_WORDS && second !== undefined && beginsSo(second))) {
    // "Thanks. But it leaks still."
    const next = sentences[beginsSo(first) ? 1 : 2]
    return next === undefined || isSure(next)
  }
  const last = sentences.at(-1) as Sentence
  const beforeLast = sentences.at(-2)
  return endsSo(last) || (last.word_count <= MOST_NAME_WORDS && beforeLast !== undefined && endsSo(beforeLast))
}
