import { problemOfFile } from '../problem-of-file.ts'
import { readEpoch } from '../read-epoch.ts'
import { readJsonArray } from '../read-json-array.ts'
import type { Place, RowProblem } from '../source.ts'
import type { SourceFile } from '../source-files.ts'

export type SlackMessage = Record<string, unknown> & { ts: string }

/** A message with its time, or why the entry is none. */
export type DayEntry = Place &
  ({ message: SlackMessage; at: string; problem?: undefined } | { message?: undefined; at?: undefined; problem: RowProblem })

/** Held at once to put a day in order; a day of more comes in pieces of this size, each in order. Slack writes days in order; our judgement. */
const SORTED_TOGETHER = 5000

/**
 * The messages of a day in the order of their time; the same message twice, as two exports give it, once. What cannot be read of
 * a file is a problem at the end of what can, and the next file is read.
 */
export async function* readDay(files: readonly SourceFile[], encoding: string, note?: (message: string) => void): AsyncGenerator<DayEntry> {
  let held: DayEntry[] = []
  for (const file of files) {
    let position = 0
    try {
      for await (const element of readJsonArray(file, { paths: [''], encoding, ...(note ? { note } : {}) })) {
        position = element.position
        held.push({ position, file: file.path, ...(element.problem ? { problem: element.problem } : readEntry(element.value)) })
        if (held.length < SORTED_TOGETHER) continue
        yield* inOrder(held)
        held = []
      }
    } catch (error) {
      held.push(problemOfFile(error, file, position + 1))
    }
  }
  yield* inOrder(held)
}

const readEntry = (value: unknown) => {
  const message = value as SlackMessage | null
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return { problem: { pointer: '', code: 'invalid_type', message: 'The entry is no message: an object was expected.' } }
  const at = readEpoch(message.ts)
  if (at !== null && typeof message.ts === 'string') return { message, at }
  const isMissing = message.ts === undefined || message.ts === null
  return {
    problem: {
      pointer: '/ts',
      code: isMissing ? 'missing_field' : 'invalid_time',
      message: isMissing
        ? 'The message has no ts, its time.'
        : `ts ${JSON.stringify(message.ts)?.slice(0, 60)} is no time of a message: it should be seconds since 1970 as text, after 1990.`,
    },
  }
}

const timeOf = (entry: DayEntry) => entry.at ?? '\uffff'

function* inOrder(entries: DayEntry[]): Generator<DayEntry> {
  const sorted = entries.some((entry, index) => index > 0 && timeOf(entry) < timeOf(entries[index - 1] as DayEntry))
    ? [...entries].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
    : entries
  let before: DayEntry | null = null
  for (const entry of sorted) {
    if (before?.message && entry.message?.ts === before.message.ts && JSON.stringify(entry.message) === JSON.stringify(before.message))
      continue
    before = entry
    yield entry
  }
}
