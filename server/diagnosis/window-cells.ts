import type { ContentMixCounts } from '../metrics/readings/content-mix-counts.ts'
import type { CellRow } from './readings/window-cells.ts'

/** Who is not known: an anonymous author, a thread without a host. */
export const NOBODY = -1

/** Counts by thread that add up to those of the window. */
export type ThreadCounts = Record<
  | keyof ContentMixCounts
  | 'contributions'
  | 'anonymous'
  | 'starts'
  | 'answers'
  | 'questions'
  | 'ripe'
  | 'ripe_answered'
  | 'words'
  | 'artefact_words'
  | 'document_words',
  Int32Array
>

/**
 * A window taken apart by thread, and each thread by person: what it takes to count it anew with some threads left out and
 * others counted twice. Threads and people stand in the order of their keys, so that the same window is the same cells
 * wherever it was read.
 */
export type WindowCells = {
  thread_keys: string[]
  /** Everyone who contributed, or started one of the threads. */
  people: string[]
  /** Index of who started each thread, or NOBODY. */
  host: Int32Array
  threads: ThreadCounts
  /** The cells of thread t are those from first_cell[t] up to, and without, first_cell[t + 1]. */
  first_cell: Int32Array
  cells: {
    /** Index of the person, or NOBODY for all anonymous ones. */
    person: Int32Array
    contributions: Int32Array
    starts: Int32Array
    answers: Int32Array
    questions: Int32Array
    news: Int32Array
  }
}

/** From the rows as they were read. */
export const cellsOf = (row: CellRow): WindowCells => {
  const people = [...new Set([...row.host_ids, ...row.person_ids].filter((id) => id !== null))].sort()
  const indexOf = new Map<string | null, number>(people.map((id, i) => [id, i]))
  const index = (id: string | null) => indexOf.get(id) ?? NOBODY
  const { cells: cellsOfThread, ...ofThread } = row.thread_counts
  const { contributions, starts, answers, questions, news, work, help, open_starts } = row.cell_counts
  const threads = emptyThreads(row.thread_keys.length)
  const first_cell = new Int32Array(row.thread_keys.length + 1)
  const cells = {
    person: Int32Array.from(row.person_ids, index),
    contributions: Int32Array.from(contributions),
    starts: Int32Array.from(starts),
    answers: Int32Array.from(answers),
    questions: Int32Array.from(questions),
    news: Int32Array.from(news),
  }
  for (const name of Object.keys(ofThread) as (keyof typeof ofThread)[]) threads[name].set(ofThread[name])
  for (let t = 0, cell = 0; t < row.thread_keys.length; t++) {
    let open = 0
    let openStarts = 0
    for (const end = cell + (cellsOfThread[t] as number); cell < end; cell++) {
      const all = contributions[cell] as number
      const closed = (work[cell] as number) + (news[cell] as number) + (help[cell] as number)
      add(threads.contributions, t, all)
      add(threads.work, t, work[cell] as number)
      add(threads.news, t, news[cell] as number)
      add(threads.help, t, help[cell] as number)
      add(threads.starts, t, starts[cell] as number)
      add(threads.answers, t, answers[cell] as number)
      add(threads.questions, t, questions[cell] as number)
      if (cells.person[cell] === NOBODY) add(threads.anonymous, t, all)
      open += all - closed
      openStarts += open_starts[cell] as number
    }
    first_cell[t + 1] = cell
    // what is neither work nor news nor help is discussion where a second person took part, and else left alone
    if (row.is_joined[t]) threads.discussion[t] = open
    else {
      threads.broadcast[t] = openStarts
      threads.other[t] = open - openStarts
    }
  }
  return { thread_keys: row.thread_keys, people, host: Int32Array.from(row.host_ids, index), threads, first_cell, cells }
}

const add = (counts: Int32Array, i: number, by: number) => {
  counts[i] = (counts[i] as number) + by
}

const NAMES: readonly (keyof ThreadCounts)[] = [
  ...(['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const),
  ...(['contributions', 'anonymous', 'starts', 'answers', 'questions', 'ripe', 'ripe_answered'] as const),
  ...(['words', 'artefact_words', 'document_words'] as const),
]

const emptyThreads = (count: number): ThreadCounts => Object.fromEntries(NAMES.map((name) => [name, new Int32Array(count)])) as ThreadCounts
