/**
 * How well threads in flat chats are inferred: `npm run validate:threads` measures the part of the annotated logs that lies in the
 * project, `npm run validate:threads -- <folder>` all logs of a folder. Prints the tables and writes them to docs/threads.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inferred, inferredWithoutAgain, oneAnHour, onePrevious } from './link-methods.ts'
import { measureThreads } from './measure-threads.ts'
import { readAnnotated } from './read-annotated.ts'
import { renderAnswered, renderSpeed, renderTables, renderThreads, renderWays } from './render-threads.ts'
import { timeInference } from './time-inference.ts'

const MESSAGES_TIMED = 300_000
const doc = join(import.meta.dirname, '../../docs/threads.md')
const print = (text: string) => process.stdout.write(`${text}\n`)

const before = existsSync(doc) ? readFileSync(doc, 'utf8') : ''
const sectionOf = (name: string) => before.split(`<!-- ${name} -->\n`)[1]?.split(`\n<!-- /${name} -->`)[0] ?? ''

const measureAll = (folder: string): string => {
  const logs = readAnnotated(folder)
  const [ours, ...others] = (
    [
      ['Barnraise', inferred],
      ['without rule 8', inferredWithoutAgain],
      ['each answers the one before', onePrevious],
      ['one thread an hour', oneAnHour],
    ] as const
  ).map(([title, method]) => ({ title, measured: measureThreads(logs, method) }))
  if (!ours) throw new Error('nothing to measure')
  return [
    `${logs.length} logs.`,
    renderTables([ours, ...others]),
    renderWays(ours.measured),
    renderAnswered([ours, ...others.slice(0, 1)]),
  ].join('\n\n')
}

const folder = process.argv[2]
// by the time of the processor, so that what else runs on the machine does not count
const speed = timeInference(MESSAGES_TIMED, () => process.cpuUsage().user / 1000)
const part = folder ? sectionOf('part') : measureAll(join(import.meta.dirname, 'annotated'))
const whole = folder
  ? ['### The whole development part', measureAll(folder), `Speed, on the machine that wrote this: ${renderSpeed(speed)}`].join('\n\n')
  : sectionOf('whole')
print(folder ? whole : part)
if (!folder) print(`\n${renderSpeed(speed)}`)
writeFileSync(doc, renderThreads({ whole, part }))
