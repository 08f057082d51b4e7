import { SaxesParser } from 'saxes'
import { SourceError } from '../source.ts'
import type { Attributes } from './read-post.ts'

/** A post has at most 30,000 characters; a row far beyond that is no row of a dump, and would have to be held whole. */
export const MAX_ROW_LENGTH = 8 * 1024 * 1024
/** Bodies hold control characters that XML forbids even as references; a body is only read for its words. */
const HARMLESS = /malformed character entity|disallowed character/

export type ParsedRow = { line: number; row: Attributes } | { line: number; malformed: string }

/**
 * The `<row …/>` elements of a dump's file, streamed. A row that is not well formed is given as such; throws a SourceError
 * when the file is another one, or ends in the middle.
 */
export async function* parseRows(text: AsyncIterable<string>, root: string, path: string): AsyncGenerator<ParsedRow> {
  const parser = new SaxesParser()
  let found: ParsedRow[] = []
  let errors: string[] = []
  let rootName: string | null = null
  let lengthSinceRow = 0
  let isClosed = false
  parser.on('error', (error) => {
    if (!HARMLESS.test(error.message)) errors.push(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, ''))
  })
  parser.on('opentag', ({ name, attributes }) => {
    lengthSinceRow = 0
    if (rootName === null) rootName = name
    else if (errors.length > 0) found.push({ line: parser.line, malformed: errors[0] as string })
    else if (name === 'row') found.push({ line: parser.line, row: attributes as Attributes })
    errors = []
  })
  parser.on('closetag', ({ name }) => {
    if (name === rootName) isClosed = true
  })
  const checkRoot = () => {
    if (rootName !== null && rootName !== root)
      throw new SourceError(
        `${path} is not the file of ${root} of a Stack Exchange dump: it begins with <${rootName}> instead of <${root}>.`,
      )
  }
  for await (const chunk of text) {
    lengthSinceRow += chunk.length
    parser.write(chunk)
    checkRoot()
    if (lengthSinceRow > MAX_ROW_LENGTH)
      throw new SourceError(
        `After line ${parser.line} of ${path} comes no row for ${MAX_ROW_LENGTH >> 20} MB: this is not a dump's file, or it is damaged there.`,
      )
    yield* found
    found = []
  }
  const lastLine = parser.line
  errors = []
  parser.close()
  if (rootName === null) throw new SourceError(`${path} is not the file of ${root} of a Stack Exchange dump: it holds no XML element.`)
  checkRoot()
  if (!isClosed || errors.length > 0)
    throw new SourceError(
      `${path} ends in the middle, at line ${lastLine}: get the whole file and import it again. What was read up to there is kept and will be recognised.`,
    )
  yield* found
}
