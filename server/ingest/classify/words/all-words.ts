import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import { GERMAN } from './german.ts'
import { PORTUGUESE } from './portuguese.ts'
import type { RuleWords } from './rule-words.ts'
import { SPANISH } from './spanish.ts'

/** By language. All are tried on every message: no language is guessed, and a community may speak several. */
export const RULE_WORDS = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH, pt: PORTUGUESE } as const satisfies Record<string, RuleWords>

export type WordList = keyof RuleWords

/** What a list holds in all languages together. */
export const wordsOf = (list: WordList): string[] => [...new Set(Object.values(RULE_WORDS).flatMap((words) => words[list]))]
