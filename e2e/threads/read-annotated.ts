import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A line of the log of a channel. */
export type LogLine = {
  /** Its place in the log, counted from 0. */
  no: number
  /** Who wrote it; null for the system. */
  nick: string | null
  /** Milliseconds; only differences mean anything. */
  at: number
  text: string
}

/** A log with its links as people see them: of the lines from `first_no` on, which they answer; their own number where they open. */
export type AnnotatedLog = { name: string; lines: LogLine[]; first_no: number; answers: Map<number, number[]> }

/** Lines before this one are context: nobody annotated them. A part cut from a log says in its name where it begins: "…@750.raw.txt". */
const CONTEXT_LINES = 1000
const MESSAGE = /^\[(\d\d):(\d\d)\] (?:<([^>]+)> ?|\* ?(\S+) )(.*)$/
const DAY_MINUTES = 24 * 60
/** Clocks of twelve and of twenty-four hours stand in these logs: what seems to go back has passed noon, or midnight. */
const HALF_DAY_MINUTES = 12 * 60

/** All annotated logs of a folder: "<name>.raw.txt" beside "<name>.annotation.txt". */
export const readAnnotated = (folder: string): AnnotatedLog[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.raw.txt'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.raw.txt'.length)
      const offset = Number(/@(\d+)$/.exec(name)?.[1] ?? 0)
      const lines = readLines(readFileSync(join(folder, file), 'utf8'), offset)
      const answers = new Map<number, number[]>()
      for (const line of readFileSync(join(folder, `${name}.annotation.txt`), 'utf8').split('\n')) {
        const [one, other] = line.split(' ').map(Number)
        if (one === undefined || other === undefined) continue
        const [earlier, later] = one < other ? [one, other] : [other, one]
        // a line that somebody annotated on the way answers a line that was not
        if (later >= CONTEXT_LINES) answers.set(later, [...(answers.get(later) ?? []), earlier])
      }
      return { name, lines, first_no: CONTEXT_LINES, answers }
    })

const readLines = (text: string, offset: number): LogLine[] => {
  let minutes = 0
  let clock: number | null = null
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, i) => {
      const said = MESSAGE.exec(line)
      if (!said) return { no: offset + i, nick: null, at: minutes * 60_000, text: line }
      const now = Number(said[1]) * 60 + Number(said[2])
      if (clock !== null) minutes += stepOf(clock, now)
      clock = now
      return { no: offset + i, nick: said[3] ?? said[4] ?? null, at: minutes * 60_000, text: said[5] ?? '' }
    })
}

/** Minutes from one reading of the clock to the next. A minute back is a clock that was set; more has passed noon or midnight. */
const stepOf = (before: number, now: number): number => {
  if (now >= before) return now - before
  if (before - now <= 2) return 0
  return (now - before + DAY_MINUTES) % HALF_DAY_MINUTES
}
