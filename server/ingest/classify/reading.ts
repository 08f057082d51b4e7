/** A message as the rules read it. */
import { findsAnywhere, findsFirst, findsLast, findsWhole } from './phrases.ts'
import { plainProse } from './plain-prose.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import { wordsOf } from './words/all-words.ts'

export type Reading = {
  title: readonly Sentence[]
  text: readonly Sentence[]
  /** What stands before the first colon, or in brackets, at the beginning of the title, else of the text: "[ANN]", "Minutes:". */
  label: Sentence | null
  word_count: number
  links: readonly string[]
  calls_all: boolean
}

/** Of a mail, before its own subject. */
const REPLY_PREFIX = /^(?:\s{0,5}(?:re|fwd?|aw|wg|tr|rv|enc|res)\s?(?:\[\d+\])?:)+/i
/** "Re: pump" names what is answered, and says nothing itself. */
export const isReplyTitle = (title: string): boolean => REPLY_PREFIX.test(title)

const LABEL = /^[\s*_#>•-]{0,10}(?:[[(【]([^\])】\n]{1,40})[\])】]|([^:–—|!?\n]{1,40}?)[*_]{0,2}\s?(?::(?!\/\/)|–|—|\||!| - ))/u
const MOST_LABEL_WORDS = 6

const labelOf = (line: string): Sentence | null => {
  const found = LABEL.exec(line)
  const label = found === null ? undefined : sentencesOf(found[1] ?? found[2] ?? '')[0]
  return label === undefined || label.word_count > MOST_LABEL_WORDS ? null : label
}

/** A message without a title that is longer than this says things as well as asking, or answers; our judgement. */
export const SHORT_WORDS = 60
/** It asks with its first or last sentences or not at all. */
export const isLongUntitled = ({ title, word_count }: Reading): boolean => title.length === 0 && word_count > SHORT_WORDS

/** So many sentences at the beginning, and at the end, say what a message is for; our judgement. */
const EDGE_SENTENCES = 3

/** The title and the first sentences of the text. */
export const openingOf = ({ title, text }: Reading): Sentence[] => [...title, ...text.slice(0, EDGE_SENTENCES)]
/** Besides, its last ones. */
export const edgesOf = (reading: Reading): Sentence[] => {
  const { title, text } = reading
  const edge = isLongUntitled(reading) ? EDGE_SENTENCES - 1 : EDGE_SENTENCES
  return text.length <= 2 * edge ? [...title, ...text] : [...title, ...text.slice(0, edge), ...text.slice(-edge)]
}

export const readMessage = (title: string | null | undefined, text: string | null | undefined): Reading => {
  const subject = plainProse(title?.replace(REPLY_PREFIX, ''))
  const body = plainProse(text)
  const [titleSentences, textSentences] = [sentencesOf(subject.prose), sentencesOf(body.prose)]
  return {
    title: titleSentences,
    text: textSentences,
    label: labelOf(subject.prose.trim() || body.prose.trimStart().slice(0, 200)),
    word_count: [...titleSentences, ...textSentences].reduce((sum, { word_count }) => sum + word_count, 0),
    links: [...subject.links, ...body.links],
    calls_all: subject.calls_all || body.calls_all,
  }
}

const isTag = findsLast(wordsOf('tag'))
const isGreeting = findsWhole(wordsOf('greeting'))
const isExclamation = findsWhole(wordsOf('exclamation'))
const isRhetorical = findsFirst(wordsOf('rhetorical'))
const isOffer = findsFirst(wordsOf('offer'))
const answersItself = findsFirst(wordsOf('own_answer'))
const asksOthers = findsAnywhere(wordsOf('asks_others'))
const isHedged = findsAnywhere(wordsOf('hedge'))
const beginsAsQuestion = findsFirst(wordsOf('question_opening'))
/** "maybe, but how": as a clause of its own. */
const CLAUSE = 'but|and|so|or|aber|und|oder|mais|et|ou|pero|y|o|mas|e'
const goesOnAsQuestion = findsAnywhere(wordsOf('question_opening').map((phrase) => `${CLAUSE} ${phrase}`))

/** A question mark that asks: not an aside, a greeting, a tag, a suggestion, an offer, or a question its writer answers in the next breath. */
export const asksWithMark = (sentences: readonly Sentence[], at: number): boolean => {
  const sentence = sentences[at] as Sentence
  if (sentence.mark !== '?') return false
  if (asksOthers(sentence)) return true
  if (sentence.is_aside || isGreeting(sentence) || isExclamation(sentence) || isRhetorical(sentence)) return false
  const isInverted = beginsAsQuestion(sentence) || goesOnAsQuestion(sentence)
  // "it is the blue one, right?" asks nothing, "is this right?" does
  if (isTag(sentence) && !isInverted) return false
  // "Maybe try the blue one?" suggests; "maybe, but which is it?" asks
  if (isHedged(sentence) && !isInverted) return false
  const next = sentences[at + 1]
  // "Interested? Write to us": an offer leads on to something; at the very end it asks
  if (isOffer(sentence) && (next !== undefined || sentence.word_count <= 3)) return false
  // "Why? Because …"
  if (next !== undefined && next.mark !== '?' && sentence.word_count <= 12 && answersItself(next)) return false
  return true
}
