import { MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import { cleanText } from '../clean-text.ts'
import { htmlToText } from '../html-to-text.ts'

/** What is said, and the id of the message quoted: https://zulip.com/help/quote-or-forward-a-message */
export type Said = { text: string | null; quotedId: string | null }

// lengths are bounded everywhere, for a pattern that looks far ahead is slow where a file is made to have no end to it
const QUOTES = /\[said\]\([^)\s]{0,500}\/near\/(\d{1,15})\)\s?:/
const QUOTER = /@_\*\*[^*\n]{0,200}\*\* \[said\]\([^)\s]{0,500}\)\s?:/g
const FENCE = /(`{3,20}|~{3,20})[^\n]*\n[\s\S]*?(?:\n\1|$)/g
const LINK = /!?\[([^\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}\)/g

/**
 * The words of a message in Markdown: without code and without what it quotes, which others said. A mention with its id is written
 * `<@id>`, for the name in it changes: https://zulip.com/help/format-your-message-using-markdown
 */
export const readMarkdown = (content: unknown): Said => {
  if (typeof content !== 'string') return { text: null, quotedId: null }
  const text = content
    .slice(0, MAX_TEXT_LENGTH)
    .replace(FENCE, ' ')
    .replace(QUOTER, ' ')
    .replace(/@_?\*\*([^*|\n]{0,200})\|(\d{1,15})\*\*/g, '<@$2>')
    .replace(/@_?\*\*([^*\n]{1,200})\*\*/g, '@$1')
    .replace(/@_?\*([^*\n]{1,200})\*/g, '@$1')
    .replace(/#\*\*([^*\n]{1,200})\*\*/g, '#$1')
    .replace(LINK, '$1')
  return { text: cleanText(text), quotedId: QUOTES.exec(content)?.[1] ?? null }
}

const HTML_QUOTES = /<p>[^\n]{0,1500}?\/near\/(\d{1,15})"[^>\n]{0,100}>said<\/a>:?<\/p>/g
const HTML_MENTION = /<span class="user-mention[^>]{0,200}?data-user-id="(\d{1,15})"[^>]{0,200}>[^<]{0,300}<\/span>/g

/** The same of a message in HTML, as the API and the archive give it. */
export const readHtml = (content: unknown): Said => {
  if (typeof content !== 'string') return { text: null, quotedId: null }
  let quotedId: string | null = null
  const said = withoutQuotes(content.slice(0, MAX_TEXT_LENGTH))
    .replace(HTML_QUOTES, (_, id: string) => {
      quotedId ??= id
      return ' '
    })
    // as it is read back when the tags are gone
    .replace(HTML_MENTION, '&lt;@$1&gt;')
  return { text: cleanText(htmlToText(said)), quotedId }
}

/** What stands outside of block quotes, which may lie in each other. */
const withoutQuotes = (html: string): string => {
  let depth = 0
  return html
    .split(/(<\/?blockquote>)/)
    .filter((part) => {
      if (part === '<blockquote>') depth++
      else if (part === '</blockquote>') depth = Math.max(depth - 1, 0)
      else return depth === 0
      return false
    })
    .join(' ')
}
