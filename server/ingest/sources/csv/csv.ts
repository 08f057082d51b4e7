import { CAPABILITIES, type Capability } from '../../../../shared/contract/metric.ts'
import { SHOWN_BY } from '../../../../shared/contract/shown-by.ts'
import type { EventInput } from '../../../../shared/contract/event.ts'
import type { EventSource, ReadOptions, SourceAccount, SourceItem } from '../source.ts'
import { firstTextOf, type SourceFile } from '../source-files.ts'
import { findMappingProblem, type Layout, readLayout } from './columns.ts'
import { findOpeners, type IsFollowUp } from './find-openers.ts'
import { ownText } from './own-text.ts'
import { prepareCsv, refuse } from './prepare-csv.ts'
import { readEventRow } from './read-event-row.ts'
import { readMemberRow } from './read-member-row.ts'
import { readRows } from './read-rows.ts'
import { createAcceptResolver } from './resolve-accepts.ts'

/**
 * Comma-separated values: a list of events (with our field names, the columns of the public archives, or any mapped to them) or a
 * list of members. Separator, byte order mark and line ends are found; quotes follow RFC 4180.
 */
export const csv: EventSource = {
  name: 'csv',
  title: 'CSV: a list of events or of members',
  tells: null,
  guide: {
    files: 'one or more .csv or .tsv files; a list of events and a list of members may come together',
    how_to_get: [
      'In a spreadsheet, choose File, then Save as or Download, and the kind “CSV UTF-8”; from a database or a reporting tool, export the query as CSV.',
      'Keep the names of the columns in the first row. The columns may have any names and any order: you say which is which before anything is stored.',
      'A list of events has a row for each message, with when it was written and by whom; better also with its thread and its text.',
      'A list of members has a row for each member, with the day of joining and, where there is one, of leaving.',
      'Choose both files at once when you have both; give people the same id or the same address in both.',
    ],
    reads: [
      'Each row of a list of events as what its column of kinds says; where there is none, as a message whose text says whether it is a question.',
      'Of the messages of a thread the earliest as the one that opens it, and the others as replies, where no column says what answers what.',
      'Each row of a list of members as a joining, a leaving, or both.',
      'Names and addresses of the people in it; of an address only a hash is kept, to find out who is the same person elsewhere.',
    ],
    cannot: [
      'What has no column: without threads no answer can be told from a post, and without a list of members nobody is known to have joined or left.',
    ],
    says_questions: true,
  },
  recognise: async ({ files }) => {
    for (const file of files) if (!(await isCsv(file))) return false
    return files.length > 0
  },
  read: async function* ({ files }, options) {
    const told = new Set<Capability>()
    for (const file of files)
      for await (const item of readFile(file, options, told)) yield files.length > 1 ? { ...item, file: file.path } : item
    options.declare?.(CAPABILITIES.filter((capability) => told.has(capability)))
  },
}

const isCsv = async (file: SourceFile): Promise<boolean> => {
  if (/\.(csv|tsv)$/i.test(file.path)) return true
  const firstLine = (await firstTextOf(file)).split('\n')[0] ?? ''
  return (
    !/^\ufeff?\s*[<{[]/.test(firstLine) &&
    /[,;\t|]/.test(firstLine) &&
    /(^|[,;\t|"])(type|kind|joined|joined_at)([,;\t|"\r]|$)/i.test(firstLine)
  )
}

async function* readFile(file: SourceFile, options: ReadOptions, told: Set<Capability>): AsyncGenerator<SourceItem> {
  const given = options.csv?.[file.path]
  const prepared = given
    ? null
    : await prepareCsv(file, { mapping: null, saved: () => null, named: options.columns, encoding: options.encoding, withValues: false })
  const mapping = given ?? prepared?.mapping ?? refuse('The columns are not known.')
  for (const guess of prepared?.guesses ?? []) options.note?.(`${guess} Say otherwise with --map.`)
  let layout: Layout | null = null
  const onHeader = (header: string[]) => {
    const problem = findMappingProblem(mapping, header)
    if (problem) refuse(problem)
    layout = readLayout(header, mapping)
    if (mapping.kind === 'members')
      for (const capability of ['joins', ...(layout.at.has('left') ? ['leaves'] : [])]) told.add(capability as Capability)
    if (layout.unused.length > 0) options.note?.(`Columns not used: ${layout.unused.join(', ')}.`)
    if (mapping.kind === 'events' && !layout.at.has('id'))
      options.note?.('The file has no column of ids: rows are told apart by their content, and equal rows count once.')
  }
  // found when a message first needs it: most files say what each row is
  let isFollowUp: IsFollowUp | null = null
  const accepts = createAcceptResolver()
  const isNews = createNews()
  const types = new Set<EventInput['type']>()
  for await (const row of readRows(file, options.encoding, onHeader)) {
    const position = row.line
    if (row.cells === undefined) {
      yield { position, problem: row.problem }
      continue
    }
    const columns = layout as unknown as Layout
    const found = mapping.kind === 'members' ? readMemberRow(columns, row.cells, options) : readEventRow(columns, row.cells, options)
    if ('problem' in found || 'skipped' in found) {
      yield { position, ...found }
      continue
    }
    for (const account of found.accounts) if (isNews(account, found.events[0]?.occurred_at ?? '')) yield { position, account }
    for (const read of found.events) {
      const thread = threadToAsk(read)
      if (thread !== null) isFollowUp ??= await findOpeners(file, mapping, options)
      const event: EventInput = thread !== null && isFollowUp?.(thread, position) ? { ...read, type: 'reply.posted' } : read
      if (!types.has(event.type)) for (const capability of capabilitiesOf(event.type)) told.add(capability)
      types.add(event.type)
      yield* withAcceptance(accepts, position, event)
    }
  }
  yield* accepts.rest()
}

/** The thread of a message of unknown kind: one that comes later in it is a reply, whatever it says. */
const threadToAsk = ({ type, thread_id, in_reply_to }: EventInput): string | null =>
  type === 'message.posted' && thread_id && !in_reply_to ? thread_id : null

/** What an event of this type shows the file to tell; an untyped message is read for questions. */
const capabilitiesOf = (type: EventInput['type']): Capability[] =>
  type === 'message.posted'
    ? ['contributions', 'questions']
    : CAPABILITIES.filter((capability) => (SHOWN_BY[capability] as readonly string[]).includes(type))

const withAcceptance = function* (
  accepts: ReturnType<typeof createAcceptResolver>,
  position: number,
  event: EventInput,
): Generator<SourceItem> {
  if (event.type === 'answer.accepted' && !event.in_reply_to) {
    const answerer = typeof event.target_actor === 'string' ? event.target_actor : event.target_actor?.id
    if (answerer && event.thread_id) yield* accepts.accept({ position, event, answerer })
    else
      yield {
        position,
        problem: {
          pointer: '/in_reply_to',
          code: 'missing_field',
          message: 'An acceptance needs the answer it is about: its id in in_reply_to, or its thread and its author in target_actor.',
        },
      }
    return
  }
  yield { position, event }
  if (event.type === 'answer.posted' && event.thread_id && event.actor) yield* accepts.answer(event.thread_id, event.actor.id, event.id)
}

/** So many accounts are remembered to tell each once: some 10 MB; beyond them one is told again, which changes nothing. */
const MAX_REMEMBERED = 50_000

/** Whether an account says anything new; a row older than the one that said it before says nothing, whatever the order of the file. */
const createNews = () => {
  const remembered = new Map<string, { said: string; at: number }>()
  return (account: SourceAccount, occurredAt: string): boolean => {
    const said = JSON.stringify(account)
    const at = Date.parse(occurredAt) || 0
    const known = remembered.get(account.id)
    if (known !== undefined && (known.said === said || known.at > at)) return false
    remembered.delete(account.id)
    remembered.set(ownText(account.id), { said: ownText(said), at })
    if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
    return true
  }
}
