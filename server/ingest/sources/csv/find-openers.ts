import type { CsvMapping } from '../../../../shared/contract/import.ts'
import type { ReadOptions } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { type Layout, readLayout, readType } from './columns.ts'
import { ownText } from './own-text.ts'
import { cellOf, readingOf } from './read-event-row.ts'
import { readRows } from './read-rows.ts'
import { readTime } from './read-time.ts'

/** Threads that are remembered: some 40 MB; beyond them a message of a further thread stays of unknown kind. Our judgement. */
const MAX_THREADS = 200_000

/** Says of a message of unknown kind in a thread whether it comes after another one of it. */
export type IsFollowUp = (thread: string, line: number) => boolean

/**
 * A list that names threads, and not which message answers which, says by its times alone which message opened a thread: the
 * earliest; the others are replies. Exports come in either order, so
 * the file is read once for it.
 */
export const findOpeners = async (file: SourceFile, mapping: CsvMapping, options: ReadOptions): Promise<IsFollowUp> => {
  const openers = new Map<string, { at: number; line: number }>()
  let layout: Layout | null = null
  const rows = readRows(file, options.encoding, (header) => {
    layout = readLayout(header, mapping)
  })
  for await (const { cells, line } of rows) {
    if (cells === undefined || layout === null) continue
    const { at } = layout as Layout
    const thread = cellOf(at, cells, 'thread_id')
    if (thread === null || !isMessage(at, cells, mapping)) continue
    const time = readTime(
      [cellOf(at, cells, 'occurred_at'), cellOf(at, cells, 'occurred_time')].filter(Boolean).join(' '),
      readingOf(mapping, options),
    )
    if ('problem' in time) continue
    const happened = Date.parse(time.time)
    const known = openers.get(thread)
    if (known !== undefined) {
      if (happened < known.at) Object.assign(known, { at: happened, line })
    } else if (openers.size < MAX_THREADS) openers.set(ownText(thread), { at: happened, line })
  }
  return (thread, line) => {
    const opener = openers.get(thread)
    return opener !== undefined && opener.line !== line
  }
}

/** Of the kinds that open a thread or answer in it: a question that is named as one opens it as well. */
const isMessage = (at: Layout['at'], cells: readonly string[], { every_row, types }: CsvMapping): boolean => {
  const said = cellOf(at, cells, 'type')
  const type = said === null ? every_row : readType(said, types)
  return type === 'message.posted' || type === 'question.asked' || type === 'post.published' || type === 'announcement.published'
}
