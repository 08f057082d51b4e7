import { decodeText } from '../decode-text.ts'
import { isObject, type JsonObject, listOf } from '../json-fields.ts'
import { readJsonDocuments } from '../read-json-documents.ts'
import { splitRecords } from '../split-records.ts'
import type { RowProblem } from '../source.ts'
import { fileNameOf, type SourceFile } from '../source-files.ts'

/** Lists of the API's answers that hold what is read: /t/1.json, /posts.json, /latest.json, /categories.json, /site.json, /admin/users. */
const LISTS = [
  '',
  '/post_stream/posts',
  '/latest_posts',
  '/posts',
  '/topics',
  '/topic_list/topics',
  '/category_list/categories',
  '/categories',
  '/users',
] as const

export type ArchiveItem = { position: number } & ({ item: JsonObject } | { problem: RowProblem } | { unread: string })

/** Also as wget names what it saves: "7.json?print=true". */
const isJson = (file: SourceFile) => /\.(json|ndjson|jsonl|txt)([?@].*)?$/i.test(fileNameOf(file)) || !fileNameOf(file).includes('.')
const isCsv = (file: SourceFile) => /\.csv$/i.test(fileNameOf(file))

/** Files that can hold something to read, by their names. */
export const readableFiles = (files: readonly SourceFile[]): SourceFile[] => files.filter((file) => isJson(file) || isCsv(file))

/** The objects of a file: posts, topics, categories and people, whichever way they were put together. */
export async function* readArchiveFile(file: SourceFile, encoding: string, note?: (message: string) => void): AsyncGenerator<ArchiveItem> {
  if (isCsv(file)) {
    yield* readUserList(file, encoding)
    return
  }
  for await (const piece of readJsonDocuments(file, { paths: LISTS, encoding, note })) {
    const { position } = piece
    if (piece.kind === 'problem') yield { position, problem: piece.problem }
    else for (const item of unwrap(piece.value)) yield { position, item }
  }
}

/** A topic with its posts in it gives each of them first; collectors such as Perceval put every topic into `data`; slurped pages are lists of lists. */
function* unwrap(value: unknown, depth = 0): Generator<JsonObject> {
  if (Array.isArray(value) && depth < 4) {
    for (const one of value) yield* unwrap(one, depth + 1)
    return
  }
  if (!isObject(value)) return
  const stream = isObject(value.post_stream) ? value.post_stream : null
  if (stream !== null) yield* listOf(stream.posts).filter(isObject)
  if (isObject(value.data) && depth < 4 && !('post_number' in value)) yield* unwrap(value.data, depth + 1)
  else if (depth > 0 || !('latest_posts' in value)) yield value
  if (depth < 4)
    for (const name of ['latest_posts', 'topic_list', 'category_list', 'topics', 'categories', 'posts', 'users'])
      if (typeof value[name] === 'object') yield* unwrap(value[name], depth + 1)
}

/** The first columns of the list of users an administrator exports (app/jobs/regular/export_csv_file.rb). */
export const USER_LIST = /^\ufeff?"?id"?,"?name"?,"?username"?,"?email"?,"?title"?,"?created_at"?,/
/** The first columns of what one person downloads of their own posts (app/jobs/regular/export_user_archive.rb). */
export const OWN_POSTS = /^\ufeff?topic_title,categor/

async function* readUserList(file: SourceFile, encoding: string): AsyncGenerator<ArchiveItem> {
  let header: string[] | null = null
  for await (const record of splitRecords(decodeText(file.open(), encoding))) {
    const position = record.line
    if ('problem' in record) {
      yield { position, problem: record.problem }
      continue
    }
    const { cells } = record
    if (header === null) {
      header = cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
      if (!header.includes('username') || !header.includes('created_at')) {
        const what = header[0] === 'topic_title' ? 'one person’s own posts' : 'CSV file that is no list of users'
        yield { position, unread: what }
        return
      }
      continue
    }
    if (cells.length === 1 && cells[0] === '') continue
    const names = header
    yield { position, item: { trust_level: '', ...Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) } }
  }
}
