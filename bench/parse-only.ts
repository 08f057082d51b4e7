/** The same files through the same parsers as the sources use, and nothing done with what they give: what reading is held against. */
import { readJsonArray } from '../server/ingest/sources/read-json-array.ts'
import { decodeText } from '../server/ingest/sources/decode-text.ts'
import { splitMessages } from '../server/ingest/sources/mbox/split-messages.ts'
import { parseRows } from '../server/ingest/sources/stack-exchange/parse-rows.ts'
import type { SourceFile } from '../server/ingest/sources/source-files.ts'
import { splitRecords } from '../server/ingest/sources/split-records.ts'

const LISTS: Readonly<Record<string, string>> = { slack: '', discord: '/messages', zulip: '/zerver_message', discourse: '', github: '' }

const count = async (items: AsyncIterable<unknown>): Promise<number> => {
  let rows = 0
  for await (const _ of items) rows++
  return rows
}

/** Rows of its largest files; lists of people beside them are left out. */
export const parseOnly = async (format: string, files: readonly SourceFile[]): Promise<number> => {
  let rows = 0
  const most = Math.max(...files.map(({ size }) => size ?? 0))
  for (const file of files) {
    if (format !== 'slack' && (file.size ?? 0) < most) continue
    const list = LISTS[format]
    if (list !== undefined) rows += await count(readJsonArray(file, { paths: [list] }))
    else if (format === 'mbox') rows += await count(splitMessages(file.open()))
    else if (format === 'stack-exchange') rows += await count(parseRows(decodeText(file.open(), 'utf-8'), 'posts', file.path))
    else if (format === 'ndjson') rows += await countLines(file)
    else rows += await count(splitRecords(decodeText(file.open(), 'utf-8')))
  }
  return rows
}

const countLines = async (file: SourceFile): Promise<number> => {
  let rows = 0
  let rest = ''
  for await (const text of decodeText(file.open(), 'utf-8')) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      JSON.parse(line)
      rows++
    }
  }
  return rows
}
