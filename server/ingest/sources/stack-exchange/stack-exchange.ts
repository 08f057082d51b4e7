import { decodeText } from '../decode-text.ts'
import { type EventSource, SourceError, type SourceItem } from '../source.ts'
import { createAcceptancePairer } from './pair-acceptances.ts'
import { parseRows } from './parse-rows.ts'
import { readPost } from './read-post.ts'

const readSite = (site: string | null): string | null => {
  if (site === null) return null
  const url = URL.parse(site.includes('://') ? site : `https://${site}`)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SourceError(`"${site}" is not the address of a site: write it like beer.stackexchange.com.`)
  return url.origin
}

/**
 * Posts.xml of a Stack Exchange dump, in the order of the file. Edits are left out: LastEditDate knows only the last one.
 * Joins and leaves lie in other files.
 */
export const stackExchange: EventSource = {
  name: 'stack-exchange',
  title: 'Stack Exchange dump: Posts.xml',
  tells: ['questions', 'contributions', 'accepted_answers'],
  recognise: (fileName, firstBytes) =>
    /(^|[\\/])Posts\.xml$/i.test(fileName) || /^\ufeff?\s*(<\?xml[^>]*>\s*)?<posts[\s>]/.test(new TextDecoder().decode(firstBytes)),
  read: async function* (stream, options) {
    const site = readSite(options.site)
    const acceptances = createAcceptancePairer(options.source)
    for await (const parsed of parseRows(decodeText(stream, options.encoding), 'posts')) {
      const position = parsed.line
      if ('malformed' in parsed) {
        yield { position, problem: { pointer: '', code: 'malformed_row', message: `The row is not well-formed XML: ${parsed.malformed}.` } }
        continue
      }
      const post = readPost(parsed.row, site)
      if (post.kind === 'skipped') yield { position, skipped: post.what }
      else if (post.kind === 'problem') yield { position, problem: post.problem }
      else {
        const event = { ...post.event, source: options.source }
        const item: SourceItem = { position, event }
        yield item
        if (post.kind === 'answer') yield* acceptances.answer(event)
        else if (post.acceptedId) yield* acceptances.question(position, event, post.acceptedId)
      }
    }
    yield* acceptances.rest()
  },
}
