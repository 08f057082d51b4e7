import type { Capability } from '../../../../shared/contract/metric.ts'
import { isObject, type JsonObject, textOf, wholeOf } from '../json-fields.ts'
import { readJsonDocuments } from '../read-json-documents.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { type EventSource, type Place, type ReadOptions, type SourceAccount, SourceError, type SourceItem } from '../source.ts'
import { fileNameOf, firstTextOf, type SourceFile, type SourceFiles } from '../source-files.ts'
import { GITHUB_GUIDE } from './guide.ts'
import { acceptanceOf, readItem } from './read-item.ts'
import { isItem, type Left, type WalkedItem, walkAnswer } from './walk-answer.ts'

/** Lists that are long; whatever else people's queries are wrapped in is walked. */
const LISTS = [
  '',
  '/items',
  '/data/repository/discussions/nodes',
  '/data/repository/issues/nodes',
  '/data/repository/pullRequests/nodes',
  '/data/search/nodes',
  '/data/node/comments/nodes',
] as const
const MAX_LOOKED_AT = 50
/** Accounts told of already; our judgement. */
const MAX_TOLD = 50_000
/** With discussions among the files; without, nothing is accepted. */
const TELLS: readonly Capability[] = ['contributions', 'questions', 'accepted_answers']

const PAGE = /"(html_)?url"\s*:\s*"https?:\/\/[^/"]+\/[^/"]+\/[^/"]+\/(issues|pull|discussions)\/\d+/
const QUERIED = /"data"\s*:\s*\{\s*"(repository|search|node|organization)"\s*:/

/** Messages of chats, and events as our own API takes them, give addresses of GitHub too. */
const OTHERS = /"(occurred_at|guild|client_msg_id|messages|subject)"\s*:/

const isJson = (file: SourceFile) => /\.(json|ndjson|jsonl|txt)$/i.test(fileNameOf(file))

/** What is read of GitHub's API: answers of REST and GraphQL as `gh api` writes them, pages one behind the other, in any mixture. */
export const github: EventSource = {
  name: 'github',
  title: 'GitHub: issues, pull requests and discussions as JSON',
  tells: TELLS,
  guide: GITHUB_GUIDE,
  recognise: async ({ files }) => {
    for (const file of files.filter(isJson).slice(0, MAX_LOOKED_AT)) {
      const head = await firstTextOf(file)
      if (OTHERS.test(head)) continue
      if (
        PAGE.test(head) ||
        (QUERIED.test(head) && /"(discussions|issues|pullRequests|discussion|issue|pullRequest|nodes)"\s*:/.test(head))
      )
        return true
    }
    return false
  },
  read: (files, options) => readFiles(files, options),
}

async function* readFiles({ files }: SourceFiles, options: ReadOptions): AsyncGenerator<SourceItem> {
  const readable = files.filter(isJson)
  if (readable.length === 0) throw new SourceError('There is no JSON file among the files.')
  const isSeveral = files.length > 1
  const reader = createReader(options.source)
  const place = (file: SourceFile, position: number): Place => (isSeveral ? { position, file: file.path } : { position })
  for (const file of files) if (!isJson(file)) yield { ...place(file, 1), skipped: 'file that is no JSON' }
  try {
    for (const file of readable) {
      let last = 0
      try {
        for await (const piece of readJsonDocuments(file, { paths: LISTS, encoding: options.encoding, note: options.note })) {
          last = piece.position
          const at = place(file, last)
          if (piece.kind === 'problem') yield { ...at, problem: piece.problem }
          else for (const item of reader.read(piece.value)) yield { ...at, ...item }
        }
      } catch (error) {
        // one bad file of many is a bad row, not the end
        if (!isSeveral) throw error
        yield problemOfFile(error, file, last)
      }
    }
    for (const note of reader.notes()) options.note?.(note)
  } finally {
    options.declare?.(TELLS.filter((tell) => tell !== 'accepted_answers' || reader.hasAnswers()))
  }
}

type Found = { event: Extract<SourceItem, { event: unknown }>['event']; link?: Extract<SourceItem, { event: unknown }>['link'] }
type Item = Found | { account: SourceAccount } | { skipped: string } | { problem: Extract<SourceItem, { problem: unknown }>['problem'] }

const createReader = (source: string) => {
  const told = new Map<string, string>()
  const left: Left = { items: 0, comments: 0 }
  let hasAnswers = false
  let counted = 0
  let comments = 0
  function* tell(account: SourceAccount): Generator<Item> {
    if (told.get(account.id) === account.name) return
    if (told.size >= MAX_TOLD) told.clear()
    told.set(account.id, account.name ?? '')
    yield { account }
  }
  function* readOne({ item, surrounding }: WalkedItem): Generator<Item> {
    const read = readItem(item, surrounding, source)
    if (read.kind === 'problem') yield { problem: read.problem }
    else if (read.kind === 'skipped') yield { skipped: read.what }
    else if (read.kind === 'deleted') yield { event: read.event }
    else {
      if (read.account) yield* tell(read.account)
      const { event } = read
      yield read.is_question
        ? { event, link: { in_reply_to: null, thread_id: event.thread_id as string, by: 'source', is_question: true } }
        : { event }
      if (read.address.comment_id?.startsWith('issuecomment-')) comments++
      if (read.address.comment_id !== null) return
      // REST gives the number of comments alone
      counted += wholeOf(item.comments) ?? 0
      if (event.type === 'question.asked') hasAnswers = true
      const acceptance = acceptanceOf(item, source)
      if (acceptance !== null) yield { event: acceptance }
    }
  }
  return {
    *read(value: unknown): Generator<Item> {
      if (isObject(value) && isArchiveEvent(value)) {
        yield { skipped: 'event of GH Archive' }
        return
      }
      if (isObject(value) && !isItem(value) && textOf(value.message) !== null && 'documentation_url' in value) {
        yield {
          problem: {
            pointer: '',
            code: 'invalid_value',
            message: `GitHub answered with an error: ${textOf(value.message)?.slice(0, 200)}`,
          },
        }
        return
      }
      for (const one of walkAnswer(value, left)) yield* readOne(one)
    },
    hasAnswers: () => hasAnswers,
    *notes(): Generator<string> {
      if (left.items > 0)
        yield `${left.items} discussions, issues or comments have more below them than the file holds, ${left.comments} at least: ask for more at a time, or for the rest.`
      if (counted > comments)
        yield `Issues and pull requests count ${counted} comments, and the files hold ${comments}: add the file of issue comments.`
    },
  }
}

/** Everything that happened on GitHub in an hour, each with the state of an issue at that time. */
const isArchiveEvent = (value: JsonObject): boolean => 'payload' in value && 'repo' in value && /Event$/.test(textOf(value.type) ?? '')
