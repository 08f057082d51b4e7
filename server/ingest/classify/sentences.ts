/** Prose as sentences of folded words, so that rules compare words alone. */

export type Sentence = {
  /** Lower case, without accents and apostrophes, single spaces, one at each end: " how do i fix this ". */
  words: string
  word_count: number
  mark: '?' | '!' | '.' | ''
  /** Its mark stands inside quotation marks or brackets that it opened: somebody else's question, or an aside. */
  is_aside: boolean
}

/** So many are read; a longer message said what it wants before. */
const MAX_SENTENCES = 400

const MAX_FOLDED = 40_000
/** What runs on for longer is cut, so that no text makes the search for phrases long. */
const MOST_WORDS = 120

/** Question marks of other scripts: Greek, Armenian, Ethiopic, Arabic, full width, double. */
const QUESTION_MARKS = /[\u037e\u055e\u1367\u061f\uff1f\ufe56\u2047\u2048\u2049\u203d\u2e2e\ua60f]/g
const TOKEN = /([\p{L}\p{N}]+(?:['’ʼ]\p{L}+)*)|([?!.。！]+)|(\n+)|(["“”„«»‹›()[\]])/gu
/** A full stop after these ends no sentence. */
const ABBREVIATIONS = new Set([
  'eg',
  'e',
  'g',
  'ie',
  'i',
  'vs',
  'mr',
  'mrs',
  'ms',
  'dr',
  'st',
  'no',
  'nr',
  'bzw',
  'ca',
  'usw',
  'z',
  'b',
  'zb',
  'd',
  'h',
  'p',
  'ex',
  'sr',
  'sra',
  'ej',
  'approx',
])
/** A line shorter than this was ended by its writer, a longer one perhaps by the width of a mail. */
const WRAPPED_FROM = 55

/** Letters without their accents and small, so that "cómo", "como" and "COMO" are one word. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')

export const foldWord = (word: string): string => foldText(word).replace(/['’ʼ]/g, '')

/** The sentences of a prose, ended by marks, blank lines, bullets and short lines. */
export const sentencesOf = (prose: string): Sentence[] => {
  const sentences: Sentence[] = []
  // folding may make eighteen letters of one
  const text = foldText(prose.replace(QUESTION_MARKS, '? ')).slice(0, MAX_FOLDED)
  let words: string[] = []
  let lineStart = 0
  let [quotes, brackets, isInQuote] = [0, 0, false]
  const end = (mark: Sentence['mark'], is_aside: boolean) => {
    if (words.length > 0 || mark === '?') {
      if (words.length > 0) sentences.push({ words: ` ${words.join(' ')} `, word_count: words.length, mark, is_aside })
      // "Have you seen this https://example.org ?" or a mark on a line of its own belongs to the sentence before
      else if (sentences.length > 0 && !is_aside) (sentences.at(-1) as Sentence).mark = '?'
    }
    words = []
    quotes = 0
    brackets = 0
    isInQuote = false
  }
  for (const match of text.matchAll(TOKEN)) {
    if (sentences.length >= MAX_SENTENCES) break
    const [whole, word, marks, lines, sign] = match
    const after = text[match.index + whole.length]
    if (word !== undefined) {
      if (words.length >= MOST_WORDS) end('', false)
      words.push(word.replace(/['’ʼ]/g, ''))
    } else if (marks !== undefined) {
      const isInWord = after !== undefined && /[\p{L}\p{N}/_=&]/u.test(after)
      if (marks.includes('?')) {
        // not in "don?t", where a letter was lost
        if (!isInWord) end('?', (isInQuote && /["”“»«›‹]/.test(after ?? '')) || (brackets > 0 && after === ')'))
      } else if (!isInWord && !(marks === '.' && ABBREVIATIONS.has(words.at(-1) ?? ''))) end(/[!！]/.test(marks) ? '!' : '.', false)
    } else if (lines !== undefined) {
      const isShort = match.index - lineStart < WRAPPED_FROM
      lineStart = match.index + whole.length
      if (lines.length > 1 || isShort || /^\s*(?:[-*•–]|\d{1,2}[.)])\s/.test(text.slice(lineStart, lineStart + 40))) end('', false)
    } else if (sign === '(' || sign === '[') brackets += 1
    else if (sign === ')' || sign === ']') brackets = Math.max(0, brackets - 1)
    else {
      quotes += 1
      isInQuote = quotes % 2 === 1
    }
  }
  end('', false)
  return sentences
}
