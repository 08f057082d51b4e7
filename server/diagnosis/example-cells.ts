/** Cells for tests: the window that `countWindow` counts, taken apart by thread and person. */
import type { ExampleThread } from './example-windows.ts'
import {
  type ContributionLists,
  HELP,
  IS_ANSWER,
  IS_QUESTION,
  IS_RIPE,
  IS_START,
  NEWS,
  OPEN,
  WORK,
} from './readings/window-contributions.ts'
import { cellsOf, threadsOf, type WindowCells } from './window-cells.ts'

const CATEGORIES = { question: HELP, post: OPEN, announcement: NEWS, work: WORK }
const HOUR = 3_600_000_000

/** Words of each thread, in their order; none where they are not given. */
export const cellsOfThreads = (threads: readonly ExampleThread[], words: readonly [all: number, artefact: number][] = []): WindowCells => {
  const lists: ContributionLists = {
    known_by: null,
    thread_keys: [],
    person_ids: [],
    flags: [],
    words: [],
    artefact_words: [],
    document_words: [],
    question_keys: [],
    times: [],
  }
  for (const [i, { kind, by: author, replies = [], is_fresh }] of threads.entries()) {
    const key = `thread ${String(i).padStart(6, '0')}`
    const add = (person_id: string | null, flags: number, question_key: string | null, time: number | null) => {
      const isFirst = lists.thread_keys.at(-1) !== key
      lists.thread_keys.push(key)
      lists.person_ids.push(person_id)
      lists.flags.push(flags)
      lists.words.push(isFirst ? (words[i]?.[0] ?? 0) : 0)
      lists.artefact_words.push(isFirst ? (words[i]?.[1] ?? 0) : 0)
      lists.document_words.push(0)
      lists.question_keys.push(question_key)
      lists.times.push(time)
    }
    if (kind === 'question') add(author, HELP | IS_START | IS_QUESTION | (is_fresh ? 0 : IS_RIPE), key, 0)
    else add(author, CATEGORIES[kind] | IS_START, null, null)
    for (const reply of replies) {
      if (kind === 'question' && reply.by !== author) add(reply.by, HELP | IS_ANSWER, key, (reply.is_late ? 7 * 24 + 1 : 1) * HOUR)
      else add(reply.by, kind === 'work' ? WORK : OPEN, null, null)
    }
  }
  const host_ids = threads.map((thread) => thread.by)
  const is_joined = threads.map(({ by, replies = [] }) => replies.some((reply) => reply.by !== by))
  return cellsOf(lists, threadsOf(lists), { host_ids, is_joined })
}
