import { type Classify, classifyMessage } from './classify/classify-message.ts'
import { countWords, type WordCounter } from './classify/word-counts.ts'

/** How a community has its messages read on the way in: which words are counted, and what says what a message is. */
export type TextReading = { countWords: WordCounter; classify: Classify }

/** Of a community that has set nothing of its own. */
export const DEFAULT_READING: TextReading = { countWords, classify: classifyMessage }
