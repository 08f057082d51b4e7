import { MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import { cutBetween } from '../cut-between.ts'
import { htmlToText } from '../html-to-text.ts'

/**
 * What a post says itself, of its `cooked` HTML. Left out is what others said (quotes) and what Discourse adds to it minutes later:
 * previews of links, titles in the place of bare addresses, captions of pictures; so a post reads the same just made and years old.
 */
export const cookedToText = (cooked: string): string =>
  htmlToText(withoutBareLinks(cutBetween(withoutAsides(cooked.slice(0, 4 * MAX_TEXT_LENGTH)), '<div class="meta">', '</div>')))

/** Each letter is looked at once, as in `cutBetween`. */
const withoutBareLinks = (html: string): string => {
  let kept = ''
  let from = 0
  for (;;) {
    const at = html.indexOf('<a ', from)
    const text = at < 0 ? -1 : html.indexOf('>', at) + 1
    const end = text <= 0 ? -1 : html.indexOf('</a>', text)
    if (end < 0) return kept + html.slice(from)
    const isBare = /class="[^"<]*onebox/.test(html.slice(at, text)) || /^\s*https?:/.test(html.slice(text, text + 100))
    kept += isBare ? `${html.slice(from, at)} ` : html.slice(from, end)
    from = end
  }
}

/** Quotes and previews are `aside`s, and quotes lie within quotes. */
const withoutAsides = (html: string): string => {
  let depth = 0
  let kept = ''
  let from = 0
  for (const tag of html.matchAll(/<(\/?)aside\b[^<>]*>/g)) {
    if (tag[1] === '') {
      if (depth++ === 0) kept += html.slice(from, tag.index)
    } else if (depth > 0 && --depth === 0) from = tag.index + tag[0].length
  }
  // one that is never closed ends with the post
  return depth === 0 ? `${kept} ${html.slice(from)}` : kept
}
