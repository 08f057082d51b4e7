/**
 * The same text in memory of its own. A cell is a view into the piece of the file that it was cut from, and one that is remembered
 * would keep all of that piece.
 */
export const ownText = (text: string): string => Buffer.from(text).toString()
