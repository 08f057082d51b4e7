/** What turns the rest of a line round, hides, or is no text (Unicode TR 36; RFC 6530 leaves it to whoever shows an address). */
const NO_TEXT = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

const clip = (text: string, most: number): string => {
  const letters = [...text]
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text
}

/** A text that somebody wrote as one line that cannot reorder, hide or break what stands around it; at most `most` characters. */
export const plainLine = (text: string, most = Number.POSITIVE_INFINITY): string =>
  clip(
    text
      .toWellFormed()
      .replace(/\s+/gu, (gap) => (/^\u00a0+$/.test(gap) ? '\u00a0' : ' '))
      .replace(NO_TEXT, '')
      .trim(),
    most,
  )

/** The same as paragraphs: line breaks stay, one empty line at most between two. */
export const plainParagraphs = (text: string, most = Number.POSITIVE_INFINITY): string[] =>
  clip(
    text
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
      .split('\n')
      .map((line) => plainLine(line))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    most,
  ).split('\n\n')
