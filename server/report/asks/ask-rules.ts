/** Who may be asked whether an answer helped, and when. All of them are our judgement. */
import { countOf } from '../../../shared/format.ts'

/** Days after the first answer: time to try it. */
export const ASK_AFTER_DAYS = 3
/** Days after the question: whoever asked longer ago does not remember what it cost them. */
export const ASK_WITHIN_DAYS = 42
/** A person is asked at most once in so many days, by whichever of their accounts or addresses. */
export const PERSON_PAUSE_DAYS = 7
/** Days for which a link takes an answer. What was answered can be taken back for as long as it is stored. */
export const LINK_DAYS = 30
/** Mails that go out by themselves in one round: a community that turns them on does not write to everybody at once. */
export const MAILS_IN_A_ROUND = 50
/** Hours of the day, where the community lives, in which mails go out by themselves. */
export const MAIL_HOURS = { from: 9, to: 17 } as const

export const DAY_MS = 86_400_000

export const ASK_RULES: readonly string[] = [
  `A question with an answer by somebody else that is at least ${countOf(ASK_AFTER_DAYS, 'day')} old, asked in the last ${ASK_WITHIN_DAYS / 7} weeks.`,
  'Once for each question, and no reminder.',
  `Nobody more than once in ${countOf(PERSON_PAUSE_DAYS, 'day')}, whichever of their accounts asked.`,
  'Nobody who asked not to be asked, who has left, who is a program, or who asked anonymously.',
  'No question that was answered elsewhere, is none, was taken back, or whose asker has told already what it was worth.',
]
