/** Turn the rest of a sentence round, or a terminal's page. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** Our judgement: enough to know it by; the whole name stands beside it. */
const LONGEST_QUOTE = 60

/** A name that somebody chose, in quotation marks inside a sentence. */
export const quoteName = (name: string): string => {
  const plain = [...name.replace(CONTROLS, '')]
  return plain.length > LONGEST_QUOTE ? `“${plain.slice(0, LONGEST_QUOTE).join('')}…”` : `“${plain.join('')}”`
}
