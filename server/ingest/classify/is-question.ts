import { readMessage } from './reading.ts'
import { RULES } from './rules.ts'

const QUESTION_RULES = RULES.filter(({ finds }) => finds === 'question')

/** Asks others something, by the published rules of questions alone: also for a message in the middle of a chat. */
export const isQuestion = (title: string | null | undefined, text: string | null | undefined): boolean => {
  if (!title && !text) return false
  const reading = readMessage(title, text)
  return QUESTION_RULES.some((rule) => rule.fits(reading))
}
