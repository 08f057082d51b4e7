import { htmlToText } from '../html-to-text.ts'

/**
 * What a post says itself, of its `cooked` HTML. Left out is what others said (quotes) and what Discourse adds to it minutes later:
 * previews of links, titles in the place of bare addresses, captions of pictures; so a post reads the same just made and years old.
 */
export const cookedToText = (cooked: string): string =>
  htmlToText(
    withoutAsides(cooked)
      .replace(/<div class="meta">[\s\S]*?<\/div>/g, ' ')
      .replace(/<a\s[^>]*class="[^"]*onebox[^"]*"[^>]*>[\s\S]*?<\/a>/g, ' ')
      .replace(/<a\s[^>]*>\s*https?:[^<]*<\/a>/g, ' '),
  )

/** Quotes and previews are `aside`s, and quotes lie within quotes. */
const withoutAsides = (html: string): string => {
  let depth = 0
  let kept = ''
  let from = 0
  for (const tag of html.matchAll(/<(\/?)aside\b[^>]*>/g)) {
    if (tag[1] === '') {
      if (depth++ === 0) kept += html.slice(from, tag.index)
    } else if (depth > 0 && --depth === 0) from = tag.index + tag[0].length
  }
  // one that is never closed ends with the post
  return depth === 0 ? `${kept} ${html.slice(from)}` : kept
}
