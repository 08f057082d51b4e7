/** An alert as a chat shows it: a few lines of text that mean the same in Slack, Mattermost, Rocket.Chat and Discord. Blocks do not. */
import type { AlertContent } from '../../shared/contract/alert.ts'
import { plainLine } from '../../shared/plain-text.ts'

/** Discord takes no more than 2,000 letters; the others take more. Escapes make a text longer. */
const MOST_LETTERS = 1_800
const LONGEST_LINE = 500
/** Breaks a word for who reads links and mentions, and is not seen. */
const JOINER = '\u2060'

/**
 * A text in which names of communities, channels and sources stand, so that a chat shows it and makes nothing of it: no mention, no link, no
 * markup. Slack asks for &, < and > as entities; the others know these.
 */
export const plainForChat = (text: string): string =>
  plainLine(text, LONGEST_LINE)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // @here, @channel, @everyone, @name: to every chat that does not want them as <!here>
    .replaceAll('@', '＠')
    .replaceAll('://', `:${JOINER}//`)
    // example.org without anything before it, and [text](address)
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L})/gu, `.${JOINER}`)
    .replaceAll('](', `]${JOINER}(`)
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ʼ')
    .replaceAll('||', `|${JOINER}|`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')

type Told = Pick<AlertContent, 'subject' | 'sentences' | 'driver' | 'how_sure'>

/** `link`: where the alert is, on our own server. */
export const chatText = ({ subject, sentences, driver, how_sure }: Told, link: string): string => {
  // each line begins with a word of ours, so that no name can stand where # or > would mean something
  const lines = [
    `Barnraise: ${plainForChat(subject)}`,
    plainForChat(sentences.slice(0, 2).join(' ')),
    driver?.is_found ? plainForChat(driver.sentence) : '',
    how_sure === '' ? '' : `How sure: ${plainForChat(how_sure)}`,
  ].filter((line) => line !== '')
  let text = ''
  for (const line of lines) if ([...text, ...line].length + link.length + 2 <= MOST_LETTERS) text += `${line}\n`
  return `${text}${link}`
}
