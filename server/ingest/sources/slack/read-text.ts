/** What a Slack message says, as words: the markup of https://api.slack.com/reference/surfaces/formatting without its signs. */
import { MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import { cleanText } from '../clean-text.ts'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Before 2018 Slack put these words before the name of a file and what was said with it. */
const UPLOADED = /^<@\w+(?:\|[^>]*)?> (?:uploaded|shared) a file: (?:<[^>|]*\|([^>]*)>|<[^>]*>)(?: and commented: )?/
const COMMENTED = /^<@\w+(?:\|[^>]*)?> commented on [^<]*(?:<@\w+(?:\|[^>]*)?>[^<]*)?<[^>]*>: /

/** The text of a message; of its blocks, attachments or files where it has none. Mentions stay `<@U…>`; code is left out, for it is no talk. */
export const readSlackText = (message: Json): string | null => {
  const text = textOf(message.text)
  const isOfFile = message.subtype === 'file_share' || message.subtype === 'file_comment'
  const said = isOfFile ? text.replace(UPLOADED, '$1\n').replace(COMMENTED, '') : text
  const found = said.trim() || textOfBlocks(message.blocks) || textOfAttachments(message.attachments) || titlesOf(message.files)
  return cleanText(plain(found))
}

/** `<@U1|ana>` and `<@U1>` are one: exports of different years write the one or the other. */
const plain = (text: string): string =>
  text
    // lengths are bounded here and below, for a pattern that looks far ahead is slow where a file is made to have no end to it
    .slice(0, MAX_TEXT_LENGTH)
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/<@([UW]\w{0,40})(?:\|[^>]{0,200})?>/g, '\u0001@$1\u0002')
    .replace(/<#(\w{1,40})\|([^>]{1,200})>/g, '#$2')
    .replace(/<#(\w{1,40})\|?>/g, '#$1')
    .replace(/<!(?:subteam|date)\^[^>|]{0,500}(?:\|([^>]{0,500}))?>/g, (_, label: string | undefined) => label ?? '')
    .replace(/<!(\w{1,40})(?:\|[^>]{0,200})?>/g, '@$1')
    .replace(/<([a-z][a-z0-9+.-]{0,20}:[^>|]{0,3000})(?:\|([^>]{0,1000}))?>/gi, (_, url: string, label: string | undefined) => label || url)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replaceAll('\u0001', '<')
    .replaceAll('\u0002', '>')

/** Blocks may lie in each other; no real message nests deeper. */
const MAX_DEPTH = 8

const textOfBlocks = (blocks: unknown, depth = 0): string =>
  depth > MAX_DEPTH
    ? ''
    : listOf(blocks)
        .map((block) => {
          if (block.type === 'rich_text_preformatted') return ' '
          if (block.type === 'user' && typeof block.user_id === 'string') return `<@${block.user_id}>`
          if (block.type === 'link') return textOf(block.text) || textOf(block.url)
          const own = isObject(block.text) ? textOf(block.text.text) : textOf(block.text)
          const inner = textOfBlocks(block.elements, depth + 1) + textOfBlocks(block.fields, depth + 1)
          return own + inner + (depth < 2 && (own || inner) ? '\n' : '')
        })
        .join('')
        .trimEnd()

const textOfAttachments = (attachments: unknown): string =>
  listOf(attachments)
    .map(({ pretext, title, text, fallback }) => {
      const said = [pretext, title, text].map(textOf).filter((part) => part !== '')
      return said.length > 0 ? said.join('\n') : textOf(fallback)
    })
    .join('\n')
    .trim()

const titlesOf = (files: unknown): string =>
  listOf(files)
    .map(({ title, name }) => textOf(title) || textOf(name))
    .join('\n')
    .trim()
