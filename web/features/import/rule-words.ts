import { startSentence } from '../../../shared/format.ts'

/** A rule's name as words: `ends-with-question-mark` reads “Ends with question mark”. */
export const sayRule = (rule: string): string => startSentence(rule.replaceAll(/[-_.]+/g, ' '))
