/** What an asker reads: the text a manager posts under the question, and the parts of the mail. */
import { cleanWords } from '../../../shared/clean-words.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { LINK_DAYS } from './ask-rules.ts'

export type AskedQuestion = {
  asked_at: Date
  channel: string | null
  display_name: string | null
  community_name: string
  time_zone: string
}

const oneLine = (text: string, length: number): string => cleanWords(text, { length, isOneLine: true })

/** Which question it is, without its text, which is not kept: "your question of 3 December in pumps". */
export const sayQuestion = ({ asked_at, channel, time_zone }: Pick<AskedQuestion, 'asked_at' | 'channel' | 'time_zone'>): string => {
  const day = formatDay(dayInZone(asked_at.toISOString(), time_zone))
  return `your question of ${day}${channel === null ? '' : ` in ${oneLine(channel, 60)}`}`
}

/** Ready to post where the question was asked. */
export const askPost = (question: AskedQuestion, link: string): string =>
  [
    `${question.display_name === null ? 'Hello' : `Hello ${oneLine(question.display_name, 60)}`}, about ${sayQuestion(question)}: did the answer solve it, and roughly how much time did it save you?`,
    `One click, no sign-in: ${link}`,
    `The link is for you alone and takes an answer for ${LINK_DAYS} days.`,
  ].join('\n')

export type AskMailWords = { subject: string; paragraphs: string[]; link: { text: string; address: string }; closing: string }

export const askMailWords = (question: AskedQuestion, link: string, stop: string): AskMailWords => {
  const community = oneLine(question.community_name, 80)
  return {
    subject: `Did the answer help? ${community}`,
    paragraphs: [
      question.display_name === null ? 'Hello,' : `Hello ${oneLine(question.display_name, 60)},`,
      `somebody in ${community} answered ${sayQuestion(question)}. Did this solve it? Roughly how much time did it save you?`,
      'It takes one click and no sign-in. Nothing is claimed on your behalf: what you say is all that is counted, and you can change it or take it back by the same link.',
    ],
    link: { text: 'Say whether it helped', address: link },
    closing: `The link takes an answer for ${LINK_DAYS} days. You are asked once about a question, and never more than once a week. Never again: ${stop}`,
  }
}
