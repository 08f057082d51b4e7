import { decodeText } from '../decode-text.ts'
import { type EventSource, SourceError, type SourceItem } from '../source.ts'
import { fileNameOf, firstTextOf } from '../source-files.ts'
import { createAcceptancePairer } from './pair-acceptances.ts'
import { parseRows } from './parse-rows.ts'
import { readPost } from './read-post.ts'

const POSTS = /^\ufeff?\s*(<\?xml[^>]*>\s*)?<posts[\s>]/

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
  guide: {
    files: 'Posts.xml',
    how_to_get: ['Download the dump of your site and unpack it.'],
    reads: ['Posts.xml: questions, answers and which answer was accepted.'],
    cannot: [],
    says_questions: true,
  },
  recognise: async ({ files }) => {
    for (const file of files) if (/^Posts\.xml$/i.test(fileNameOf(file)) || POSTS.test(await firstTextOf(file))) return true
    return false
  },
  read: async function* ({ files }, options) {
    const posts = files.find((file) => /^Posts\.xml$/i.test(fileNameOf(file))) ?? files[0]
    if (posts === undefined) throw new SourceError('There is no file to read.')
    const stream = posts.open()
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
