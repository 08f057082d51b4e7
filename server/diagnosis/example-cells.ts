/** Cells for tests: the window that `countWindow` counts, taken apart by thread and person. */
import type { ExampleThread } from './example-windows.ts'
import type { CellRow } from './readings/window-cells.ts'
import { CELL_COUNTS } from './readings/window-cells.ts'
import { cellsOf, type WindowCells } from './window-cells.ts'

type Counts = Record<(typeof CELL_COUNTS)[number], number>
const none = (): Counts => Object.fromEntries(CELL_COUNTS.map((name) => [name, 0])) as Counts

/** Words of each thread, in their order; none where they are not given. */
export const cellsOfThreads = (threads: readonly ExampleThread[], words: readonly [all: number, artefact: number][] = []): WindowCells => {
  const row: CellRow = {
    thread_keys: [],
    host_ids: [],
    is_joined: [],
    thread_counts: { cells: [], words: [], artefact_words: [], document_words: [], ripe: [], ripe_answered: [] },
    person_ids: [],
    cell_counts: Object.fromEntries(CELL_COUNTS.map((name): [string, number[]] => [name, []])) as CellRow['cell_counts'],
  }
  for (const [i, { kind, by: author, replies = [], is_fresh }] of threads.entries()) {
    const cells = new Map<string | null, Counts>()
    const at = (who: string | null) => {
      const cell = cells.get(who) ?? none()
      cells.set(who, cell)
      return cell
    }
    const isOther = (reply: { by: string | null }) => reply.by !== author
    const start = at(author)
    start.contributions++
    start.starts++
    if (kind === 'question') {
      start.questions++
      start.help++
    } else if (kind === 'work') start.work++
    else if (kind === 'announcement') start.news++
    else start.open_starts++
    for (const reply of replies) {
      const cell = at(reply.by)
      cell.contributions++
      if (kind === 'work') cell.work++
      else if (kind === 'question' && isOther(reply)) {
        cell.help++
        cell.answers++
      }
    }
    row.thread_keys.push(`thread ${String(i).padStart(6, '0')}`)
    row.host_ids.push(author)
    row.is_joined.push(replies.some(isOther))
    row.thread_counts.cells.push(cells.size)
    row.thread_counts.words.push(words[i]?.[0] ?? 0)
    row.thread_counts.artefact_words.push(words[i]?.[1] ?? 0)
    row.thread_counts.document_words.push(0)
    row.thread_counts.ripe.push(kind === 'question' && !is_fresh ? 1 : 0)
    row.thread_counts.ripe_answered.push(
      kind === 'question' && !is_fresh && replies.some((reply) => isOther(reply) && !reply.is_late) ? 1 : 0,
    )
    for (const [who, counts] of cells) {
      row.person_ids.push(who)
      for (const name of CELL_COUNTS) row.cell_counts[name].push(counts[name])
    }
  }
  return cellsOf(row)
}
