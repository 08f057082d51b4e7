import type { Capability } from '../../../../shared/contract/metric.ts'
import { decodeText } from '../decode-text.ts'
import { type EventSource, type Place, type ReadOptions, SourceError, type SourceItem } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { type DumpFiles, READ_ROOTS, type ReadRoot, rootOf, sortDumpFiles } from './dump-files.ts'
import { createAcceptancePairer } from './pair-acceptances.ts'
import { parseRows } from './parse-rows.ts'
import { readComment } from './read-comment.ts'
import { type Attributes, readPost } from './read-post.ts'
import { readUser } from './read-user.ts'

const TELLS: readonly Capability[] = ['questions', 'contributions', 'accepted_answers']

const readSite = (site: string | null): string | null => {
  if (site === null) return null
  const url = URL.parse(site.includes('://') ? site : `https://${site}`)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SourceError(`"${site}" is not the address of a site: write it like beer.stackexchange.com.`)
  return url.origin
}

/** What becomes of a row of a file, and what is left to say at its end. */
type RowReader = { row: (row: Attributes, place: Place) => SourceItem[]; end: () => Iterable<SourceItem> }

const readUsers = ({ source }: ReadOptions): RowReader => ({
  row: (row, place) => {
    const user = readUser(row, source)
    if ('problem' in user) return [{ ...place, ...user }]
    const account: SourceItem = { ...place, account: user.account }
    return user.joined === null ? [account] : [account, { ...place, event: user.joined }]
  },
  end: () => [],
})

const readPosts = (options: ReadOptions): RowReader => {
  const site = readSite(options.site)
  const acceptances = createAcceptancePairer(options.source)
  return {
    row: (row, place) => {
      const post = readPost(row, site)
      if (post.kind === 'skipped') return [{ ...place, skipped: post.what }]
      if (post.kind === 'problem') return [{ ...place, problem: post.problem }]
      const event = { ...post.event, source: options.source }
      const item: SourceItem = { ...place, event }
      if (post.kind === 'answer') return [item, ...acceptances.answer(event)]
      return post.acceptedId ? [item, ...acceptances.question(place, event, post.acceptedId)] : [item]
    },
    end: acceptances.rest,
  }
}

const readComments = ({ source }: ReadOptions): RowReader => ({
  row: (row, place) => [{ ...place, ...readComment(row, source) }],
  end: () => [],
})

const READERS: Readonly<Record<ReadRoot, (options: ReadOptions) => RowReader>> = {
  users: readUsers,
  posts: readPosts,
  comments: readComments,
}

async function* readFile(root: ReadRoot, file: SourceFile, options: ReadOptions, isNamed: boolean): AsyncGenerator<SourceItem> {
  const { row, end } = READERS[root](options)
  for await (const parsed of parseRows(decodeText(file.open(), options.encoding), root, file.path)) {
    const place: Place = isNamed ? { position: parsed.line, file: file.path } : { position: parsed.line }
    if ('malformed' in parsed)
      yield { ...place, problem: { pointer: '', code: 'malformed_row', message: `The row is not well-formed XML: ${parsed.malformed}.` } }
    else yield* row(parsed.row, place)
  }
  yield* end()
}

/**
 * The files of one site's dump: accounts, then posts, then comments, each in the order of its file. Votes and edits are left out.
 * A vote of acceptance has a day and no time: an acceptance must stay the same event whether or not Votes.xml lies beside Posts.xml,
 * so it is put at the time of the answer. Edits are care for questions, not a workgroup's work on documents: on the site our tests
 * have an excerpt of, a third of the posts was edited at least once.
 */
export const stackExchange: EventSource = {
  name: 'stack-exchange',
  title: 'Stack Exchange data dump',
  tells: [...TELLS, 'joins'],
  guide: {
    files: 'Posts.xml, with Users.xml and Comments.xml of the same site; alone, in a ZIP or in a folder',
    how_to_get: [
      'For a public site: sign in there, open your profile’s Settings, choose "Data dump access" and download the dump of that site; older ones lie at archive.org/details/stackexchange.',
      'Unpack the .7z file with 7-Zip or a program like it.',
      'Choose or drop Posts.xml, Users.xml and Comments.xml together, or the whole folder. Posts.xml alone will do.',
      'One site at a time: two sites use the same numbers for other posts.',
    ],
    reads: [
      'Posts.xml: questions, answers, and which answer was accepted.',
      'Users.xml: the name of each account, and when it was made, as the day it joined.',
      'Comments.xml: each comment as a reply to the post it stands under. Comments ask for details and remark, so none counts as an answer; they are discussion.',
      'A deleted account keeps its number, or the name it left on its posts, as one pseudonym.',
    ],
    cannot: [
      'When an answer was accepted: dumps know the day at best, so it is put at the time the answer was given.',
      'Who voted: Votes.xml is anonymous and is not read.',
      'Edits: PostHistory.xml is not read, for mending a question is not work on a common document.',
      'Who left: deleted accounts are not in the dump. Deleted posts are not either.',
      'Stack Overflow for Teams: its JSON export has no published format and is not read; send its posts as CSV.',
    ],
    says_questions: true,
  },
  recognise: async ({ files }) => {
    for (const file of files) if ((READ_ROOTS as readonly (string | null)[]).includes(await rootOf(file))) return true
    return false
  },
  read: async function* ({ files }, options) {
    const found: DumpFiles = await sortDumpFiles(files)
    const roots = READ_ROOTS.filter((root) => found[root] !== undefined)
    if (roots.length === 0) throw new SourceError('None of the files is Posts.xml, Users.xml or Comments.xml of a Stack Exchange dump.')
    if (found.posts === undefined) options.note?.('Posts.xml is missing: without it there are no questions and answers.')
    const ofTalk: readonly Capability[] = found.posts ? TELLS : found.comments ? ['contributions'] : []
    options.declare?.(found.users ? [...ofTalk, 'joins'] : ofTalk)
    for (const { file, what } of found.others) yield { position: 1, file: file.path, skipped: what }
    for (const root of roots) yield* readFile(root, found[root] as SourceFile, options, files.length > 1)
  },
}
