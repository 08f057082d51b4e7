import { MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import { cleanText } from '../clean-text.ts'

/** Discord takes no more in one message. */
const MAX_MENTIONS = 100

type Json = Record<string, unknown>
const listOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * What a message says; of what it passes on, embeds or attaches where it says nothing. Mentions are written `<@id>`, whether the
 * exporter wrote them out as names (its default) or left them: names change, and the message must stay the same. Code is left out.
 */
export const readDiscordText = (message: Json): string | null => {
  const said =
    textOf(message.content) ||
    textOf((message.forwardedMessage as Json | null | undefined)?.content) ||
    textOfEmbeds(message.embeds) ||
    [...listOf(message.attachments).map(({ fileName }) => textOf(fileName)), ...listOf(message.stickers).map(({ name }) => textOf(name))]
      .filter(Boolean)
      .join('\n')
  return cleanText(
    withIds(said.slice(0, MAX_TEXT_LENGTH).replace(/```[\s\S]*?```/g, ' '), listOf(message.mentions).slice(0, MAX_MENTIONS))
      .replace(/<@!(\d+)>/g, '<@$1>')
      .replace(/<a?:(\w+):\d+>/g, ':$1:'),
  )
}

const textOfEmbeds = (embeds: unknown): string =>
  listOf(embeds)
    .map(({ title, description }) => [textOf(title), textOf(description)].filter(Boolean).join('\n'))
    .join('\n')
    .trim()

/** Longest names first, so that "@Ana" does not eat the beginning of "@Ana Maria". */
const withIds = (text: string, mentions: readonly Json[]): string => {
  if (mentions.length === 0 || !text.includes('@')) return text
  const names = mentions
    .flatMap(({ id, nickname, name }) => [nickname, name].map((shown) => ({ id: textOf(id), shown: textOf(shown) })))
    .filter(({ id, shown }) => id !== '' && shown !== '')
    .sort((a, b) => b.shown.length - a.shown.length)
  return names.reduce((done, { id, shown }) => done.replaceAll(`@${shown}`, `<@${id}>`), text)
}
