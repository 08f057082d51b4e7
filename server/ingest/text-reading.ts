import { type Classify, classifyMessage } from './classify/classify-message.ts'
import { countWords, type WordCounter } from './classify/word-counts.ts'

/** How a community has its messages read on the way in: which words are counted, what says what a message is, and whether text is kept. */
export type TextReading = { countWords: WordCounter; classify: Classify; keepsText: boolean }

/** Of a community that has set nothing of its own. */
export const DEFAULT_READING: TextReading = { countWords, classify: classifyMessage, keepsText: false }
