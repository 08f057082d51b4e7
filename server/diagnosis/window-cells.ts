import type { ContentMixCounts } from '../metrics/readings/content-mix-counts.ts'
import { ANSWER_DAYS } from '../metrics/readings/episodes.ts'
import {
  CATEGORY_BITS,
  type ContributionLists,
  HELP,
  IS_ANSWER,
  IS_QUESTION,
  IS_RIPE,
  IS_START,
  NEWS,
  WORK,
} from './readings/window-contributions.ts'

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

/** What only the threads themselves say, in the order of `threadsOf`: who started each, and whether a second person took part. */
export type ThreadFacts = { host_ids: readonly (string | null)[]; is_joined: readonly boolean[] }

/** The threads of a window in the order of their keys, the place of each contribution's thread among them, and all bits of its contributions. */
export type WindowThreads = { keys: string[]; places: Int32Array; bits: Int32Array; starter_ids: (string | null)[] }

export const threadsOf = (lists: ContributionLists): WindowThreads => {
  const keys = [...new Set(lists.thread_keys)].sort()
  const placeOf = new Map(keys.map((key, place) => [key, place]))
  const places = Int32Array.from(lists.thread_keys, (key) => placeOf.get(key) as number)
  const bits = new Int32Array(keys.length)
  const starter_ids: (string | null)[] = keys.map(() => null)
  for (const [i, flags] of lists.flags.entries()) {
    const place = places[i] as number
    bits[place] = (bits[place] as number) | flags
    if (flags & IS_START) starter_ids[place] = lists.person_ids[i] as string | null
  }
  return { keys, places, bits, starter_ids }
}

/** The cells of a window, whatever the order of its contributions. */
export const cellsOf = (lists: ContributionLists, { keys, places }: WindowThreads, { host_ids, is_joined }: ThreadFacts): WindowCells => {
  const people = [...new Set([...host_ids, ...lists.person_ids])].filter((id) => id !== null).sort()
  const indexOf = new Map<string | null, number>(people.map((id, i) => [id, i]))
  const index = (id: string | null) => indexOf.get(id) ?? NOBODY
  const person = Int32Array.from(lists.person_ids, index)
  const order = orderBy(places, keys.length, person)
  const threads = emptyThreads(keys.length)
  const first_cell = new Int32Array(keys.length + 1)
  const cells = emptyCells(order.length)
  const inTime = answeredInTime(lists)
  let cell = -1
  for (const [at, i] of order.entries()) {
    const t = places[i] as number
    const before = order[at - 1]
    if (before === undefined || places[before] !== t || person[before] !== person[i]) {
      cell++
      cells.person[cell] = person[i] as number
      first_cell[t + 1] = cell + 1
    }
    const flags = lists.flags[i] as number
    const category = flags & CATEGORY_BITS
    increase(cells.contributions, cell)
    increase(threads.contributions, t)
    increase(threads[nameOf(category, is_joined[t] as boolean, (flags & IS_START) !== 0)], t)
    if (category === NEWS) increase(cells.news, cell)
    if (person[i] === NOBODY) increase(threads.anonymous, t)
    if (flags & IS_START) {
      increase(cells.starts, cell)
      increase(threads.starts, t)
    }
    if (flags & IS_ANSWER) {
      increase(cells.answers, cell)
      increase(threads.answers, t)
    }
    if (flags & IS_QUESTION) {
      increase(cells.questions, cell)
      increase(threads.questions, t)
    }
    if (flags & IS_RIPE) {
      increase(threads.ripe, t)
      if (inTime(i)) increase(threads.ripe_answered, t)
    }
    increase(threads.words, t, lists.words[i] as number)
    increase(threads.artefact_words, t, lists.artefact_words[i] as number)
    increase(threads.document_words, t, lists.document_words[i] as number)
  }
  return { thread_keys: keys, people, host: Int32Array.from(host_ids, index), threads, first_cell, cells: cutCells(cells, cell + 1) }
}

const increase = (counts: Int32Array, i: number, by = 1) => {
  counts[i] = (counts[i] as number) + by
}

/** What is neither work nor news nor help is discussion where a second person took part, and else left alone. */
const nameOf = (category: number, isJoined: boolean, isStart: boolean): keyof ContentMixCounts => {
  if (category === WORK) return 'work'
  if (category === NEWS) return 'news'
  if (category === HELP) return 'help'
  return isJoined ? 'discussion' : isStart ? 'broadcast' : 'other'
}

/** The contributions thread by thread, and within each person by person, NOBODY first. */
const orderBy = (places: Int32Array, threadCount: number, person: Int32Array): Int32Array => {
  const next = new Int32Array(threadCount + 1)
  for (const place of places) increase(next, place + 1)
  for (let t = 0; t < threadCount; t++) increase(next, t + 1, next[t])
  const order = new Int32Array(places.length)
  for (const [i, place] of places.entries()) {
    order[next[place] as number] = i
    increase(next, place)
  }
  // by now next[t] is where the contributions of t end
  for (let t = 0, from = 0; t < threadCount; t++) {
    const to = next[t] as number
    if (to - from > 1) order.subarray(from, to).sort((a, b) => (person[a] as number) - (person[b] as number) || a - b)
    from = to
  }
  return order
}

const IN_TIME_MICROSECONDS = ANSWER_DAYS * 24 * 3_600_000_000

/** Whether a question found an answer in time. An answer stands later than its question, so those known by then all lie in the window. */
const answeredInTime = ({ flags, question_keys, times }: ContributionLists) => {
  const first = new Map<string, number>()
  for (const [i, key] of question_keys.entries()) {
    if (key === null || (flags[i] as number) & IS_QUESTION) continue
    const time = times[i] as number
    if (!(time >= (first.get(key) ?? Number.POSITIVE_INFINITY))) first.set(key, time)
  }
  return (question: number): boolean => {
    const answered = first.get(question_keys[question] as string)
    return answered !== undefined && answered - (times[question] as number) <= IN_TIME_MICROSECONDS
  }
}

const CELL_NAMES = ['person', 'contributions', 'starts', 'answers', 'questions', 'news'] as const
const emptyCells = (count: number) => Object.fromEntries(CELL_NAMES.map((name) => [name, new Int32Array(count)])) as WindowCells['cells']
const cutCells = (cells: WindowCells['cells'], count: number) =>
  Object.fromEntries(CELL_NAMES.map((name) => [name, cells[name].slice(0, count)])) as WindowCells['cells']

const NAMES: readonly (keyof ThreadCounts)[] = [
  ...(['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const),
  ...(['contributions', 'anonymous', 'starts', 'answers', 'questions', 'ripe', 'ripe_answered'] as const),
  ...(['words', 'artefact_words', 'document_words'] as const),
]

const emptyThreads = (count: number): ThreadCounts => Object.fromEntries(NAMES.map((name) => [name, new Int32Array(count)])) as ThreadCounts
