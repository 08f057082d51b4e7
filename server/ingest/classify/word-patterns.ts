/** Entries of a list of words that stand for more than themselves; the lists name them, and nobody outside writes a pattern. */
import type { PatternWord } from '../../../shared/work-words.ts'

/** Letters, figures and their marks: a word ends where none of these follows. */
export const WORD_CHARACTERS = '\\p{L}\\p{N}\\p{M}_'

/** Of text without its links. Each takes time in proportion to the text, however it is written: word-counts.test.ts holds them to it. */
export const TEXT_PATTERNS: Record<Exclude<PatternWord, '/pull/…'>, string> = {
  // #123, but not the entity &#39; nor a fragment of an address
  '#…': '(?<![\\p{L}\\p{N}&/#])#\\d+(?![\\p{L}\\p{N}])',
  // ABC-123, but not what only looks so
  'ABC-…':
    '(?<![\\p{L}\\p{N}-])(?!(?:UTF|ISO|SHA|COVID|GPT|RFC|IPV|MPEG|MP|USB|HTTP|TCP|AES|RSA|AK|IEEE|IEC|DIN|EN|CVE)-)[A-Z][A-Z0-9]{1,9}-\\d+(?![\\p{L}\\p{N}-])',
  // minutes of a meeting, not of a clock
  minutes:
    '(?<![\\p{L}\\p{N}])(?<!(?:\\d|few|couple of|couple|several|many|some|two|three|four|five|ten|fifteen|twenty|thirty|forty|sixty|ninety|last|next|within|every|in)[\\s-]+)[Mm]inutes(?![\\p{L}\\p{N}]|\\s+(?:ago|later|late|early|away|long|each|per|left|before|after))',
}

/** An address below one of these is an artefact. */
export const ARTEFACT_LINK = /\/(?:pull|issues|commit|merge_requests)\//

/** Which of the patterns a match is of, told by how it begins. */
export const patternOf = (match: string): PatternWord => (match.startsWith('#') ? '#…' : /^[Mm]inutes$/.test(match) ? 'minutes' : 'ABC-…')
