/** Turn what stands around them round: embeddings, overrides and isolates. Marks of direction stay, Arabic and Hebrew need them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu
const INNER_CONTROLS = /(?!\n)[\p{Cc}]/gu

/** Words that somebody wrote, fit to be kept and shown: no control characters, nothing that reorders the rest, no half characters. */
export const cleanWords = (text: string, { length, isOneLine }: { length: number; isOneLine: boolean }): string => {
  const whole = text.toWellFormed().replace(TURNING, '')
  const plain = isOneLine
    ? whole.replace(CONTROLS, ' ').replace(/\s+/gu, ' ')
    : whole
        .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
        .replace(INNER_CONTROLS, '')
        .replace(/\n{3,}/gu, '\n\n')
  const trimmed = plain.trim()
  // by code points, so that no character is cut in two
  return trimmed.length <= length ? trimmed : [...trimmed].slice(0, length).join('').trim()
}
