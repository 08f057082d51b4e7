import { MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from '../../../shared/contract/event.ts'

/** Text of a message as it can be kept: without NUL, half characters (as cut emoji leave them) and what is beyond the limit; null where nothing is left. */
export const cleanText = (value: unknown, maxLength = MAX_TEXT_LENGTH): string | null => {
  if (typeof value !== 'string' || value === '') return null
  // cut off as a copy: a piece of a text keeps the whole of it in memory
  const text = value.length > maxLength ? Buffer.from(value.slice(0, maxLength)).toString() : value
  return text.replaceAll('\0', '').toWellFormed().trim() || null
}

/** The same of a name. */
export const cleanName = (value: unknown): string | null => cleanText(value, MAX_NAME_LENGTH)
