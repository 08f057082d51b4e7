/** What the command line of the benchmark says. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export const LINES = ['ingest', 'importers', 'refresh', 'read', 'rebuild', 'support', 'direction', 'browser', 'start'] as const
export type LineName = (typeof LINES)[number]

export type BenchOptions = {
  only: readonly LineName[]
  /** Numbers of stored events, smallest first. */
  sizes: readonly number[]
  /** Events sent through HTTP by each way of sending, and streamed while memory is watched. */
  ingestEvents: number
  memoryEvents: number
  /** Sizes of the made-up archives of each format, the first of which is also parsed alone; and messages of a flat chat. */
  archiveMegabytes: readonly number[]
  inferredMessages: number
  /** Batches timed by the refresh line, and seconds of each reading run. */
  refreshes: number
  readSeconds: number
  /** Over how long the events are spread, whatever their number: more events mean more a day, and more members. */
  weeks: number
  /** Members, where they are not to grow with the events. */
  members?: number | undefined
  /** Of the community whose pages are opened in a browser, over two years. */
  browserSize: number
  browserMembers: number
  seed: number
  /** The last day of the made-up events; fixed, so that files of an earlier run can be used again. */
  endAt: Date
  /** Holds the made-up events and the databases. */
  folder: string
  /** Leave the folder for the next run. */
  isKept: boolean
  resultFile: string | null
}

const USAGE = `npm run bench -- [--quick] [--only ${LINES.join(',')}] [--sizes 100000,1000000,10000000]
  [--ingest-events n] [--memory-events n] [--archive-megabytes 50,500] [--weeks n] [--seed n] [--end 2026-01-31] [--folder path] [--keep] [--out file.json]`

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} should be a whole number, and is "${text}".\n${USAGE}`)
  return value
}

/** Reads arguments; throws an error whose message says how to call it. `now` gives the last day of the events where none is named. */
export const readBenchOptions = (args: readonly string[], now: Date): BenchOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: LINES.join(',') },
      sizes: { type: 'string' },
      'ingest-events': { type: 'string' },
      'memory-events': { type: 'string' },
      'archive-megabytes': { type: 'string' },
      weeks: { type: 'string', default: '522' },
      seed: { type: 'string', default: '1' },
      end: { type: 'string' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  })
  const { quick } = values
  const only = values.only.split(',').map((text) => {
    const line = LINES.find((name) => name === text.trim())
    if (line === undefined) throw new Error(`--only knows no "${text}".\n${USAGE}`)
    return line
  })
  const endAt = new Date(`${values.end ?? now.toISOString().slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(endAt.getTime()) || endAt > now) throw new Error(`--end should be a day that is over.\n${USAGE}`)
  const sizes = (values.sizes ?? (quick ? '5000,20000' : '100000,1000000,10000000')).split(',').map((text) => wholeNumber('sizes', text))
  return {
    only,
    sizes: sizes.sort((a, b) => a - b),
    ingestEvents: wholeNumber('ingest-events', values['ingest-events'] ?? (quick ? '50000' : '500000')),
    memoryEvents: wholeNumber('memory-events', values['memory-events'] ?? (quick ? '100000' : '5000000')),
    archiveMegabytes: (values['archive-megabytes'] ?? (quick ? '2,4' : '50,500'))
      .split(',')
      .map((text) => wholeNumber('archive-megabytes', text)),
    inferredMessages: quick ? 20_000 : 1_000_000,
    refreshes: quick ? 2 : 9,
    readSeconds: quick ? 1 : 10,
    browserSize: quick ? 5_000 : 1_000_000,
    browserMembers: quick ? 500 : 100_000,
    weeks: wholeNumber('weeks', values.weeks),
    seed: wholeNumber('seed', values.seed),
    endAt,
    folder: values.folder ?? join(tmpdir(), 'barnraise-bench'),
    isKept: values.keep || values.folder !== undefined,
    resultFile: values.out ?? null,
  }
}
