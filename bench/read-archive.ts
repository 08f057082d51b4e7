/**
 * Reads one archive in a process of its own with the flags of the process that imports, and tells its parent how long it took and the
 * most memory it held. What is read is made into rows and thrown away.
 */
import { readFileSync } from 'node:fs'
import type { EventRow } from '../server/ingest/event-row.ts'
import { inferLinks } from '../server/ingest/infer/infer-links.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { importEvents } from '../server/ingest/sources/import-events.ts'
import { findFormat, recogniseFormat } from '../server/ingest/sources/known-sources.ts'
import { openFiles } from '../server/ingest/sources/open-files.ts'
import type { SourceItem } from '../server/ingest/sources/source.ts'
import { makeMessage } from './made-talk.ts'
import { parseOnly } from './parse-only.ts'

/** `infer` and `pass`: made-up messages of a flat chat, so many. */
export type ReadOrder = { mode: 'import' | 'parse'; path: string; format: string } | { mode: 'infer' | 'pass'; messages: number }
export type ReadAnswer = { seconds: number; rows: number; rejected: number; mostBytes: number }

const now = new Date('2030-01-01T00:00:00Z')
const OPTIONS = { dayTimeZone: 'UTC', timeZone: 'UTC', site: null, columns: {}, encoding: 'utf-8' }

const importArchive = async (path: string, format: string) => {
  const files = await openFiles([path])
  const found = await recogniseFormat(files)
  if (found.name !== format) throw new Error(`${path} is recognised as ${found.name} and not as ${format}`)
  let problem = ''
  const { counts, failure } = await importEvents<EventRow>(inferLinks(findFormat(format).read(files, { ...OPTIONS, source: format })), {
    normalise: (event, link) => normaliseEvent(event, now, undefined, link),
    typeOf: ({ type }) => type,
    append: async (rows) => ({ accepted: rows.length, duplicates: 0, conflicts: [] }),
    onRejected: ({ file, position, message }) => {
      problem ||= `${file} ${position}: ${message}`
    },
  })
  await files.close()
  if (failure !== null) throw failure
  if (counts.accepted === 0 || counts.rejected > 0)
    throw new Error(`${path}: ${counts.accepted} accepted, ${counts.rejected} rejected; ${problem}`)
  return { rows: counts.accepted, rejected: counts.rejected }
}

const parseArchive = async (path: string, format: string) => {
  const files = await openFiles([path])
  const rows = await parseOnly(format, files.files)
  await files.close()
  return { rows, rejected: 0 }
}

async function* makeChat(count: number): AsyncGenerator<SourceItem> {
  for (let no = 0; no < count; no++) {
    const { at, person, channel, text } = makeMessage(no)
    const event = {
      id: `m${no}`,
      source: 'chat',
      type: 'message.posted' as const,
      occurred_at: at.toISOString(),
      actor: { id: `p${person % 200}` },
      channel,
      text,
    }
    yield { position: no, event, is_flat: true }
  }
}

const followChat = async (count: number, isInferred: boolean) => {
  let rows = 0
  const chat = makeChat(count)
  for await (const item of isInferred ? inferLinks(chat) : chat) if ('event' in item) rows++
  return { rows, rejected: 0 }
}

/** Linux hands the highest mark of a process on to what it starts; what this program itself held is in its own status. */
const readMostBytes = (): number => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
  } catch {
    return process.resourceUsage().maxRSS * 1024
  }
}

const order = JSON.parse(process.argv[2] ?? '{}') as ReadOrder
const began = performance.now()
const run = async () => {
  if ('messages' in order) return followChat(order.messages, order.mode === 'infer')
  return order.mode === 'import' ? importArchive(order.path, order.format) : parseArchive(order.path, order.format)
}
const counted = await run()
process.send?.({
  ...counted,
  seconds: (performance.now() - began) / 1000,
  mostBytes: readMostBytes(),
} satisfies ReadAnswer)
process.disconnect?.()
