/** The made-up events of a size, written once: as they are sent, and as the rows they become. */
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import type { EventInput } from '../shared/contract/event.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { contributionsForEvents, generateEvents, type SyntheticOptions } from '../server/ingest/sources/synthetic/synthetic.ts'
import { copyLine } from '../server/store/copy-events.ts'
import { collectIdentities, type IdentitySight } from '../server/store/upsert-identities.ts'

/** All made-up communities have this id, so that a file of rows fits each database. */
export const BENCH_COMMUNITY_ID = 'be0c0000-0000-4000-8000-000000000000'
/** Members grow with the events. */
const EVENTS_A_MEMBER = 400
const BLOCK_EVENTS = 5000

export type EventFiles = {
  /** One event a line, as a sender sends them. */
  ndjson: string
  /** The same events as lines of COPY's text format into `event`. */
  rows: string
  /** Accounts as rows of `identity`, JSON. */
  identities: string
  eventCount: number
  bytes: number
}

export type FileOrder = { folder: string; size: number; weeks: number; members?: number | undefined; seed: number; endAt: Date }

/** How the benchmark's community of about `size` events is made. */
const syntheticOptionsOf = ({ size, weeks, members, seed, endAt }: Omit<FileOrder, 'folder'>): SyntheticOptions => {
  const made: SyntheticOptions = {
    archetype: 'community',
    seed,
    endAt,
    timeZone: 'UTC',
    weeks,
    members: members ?? Math.max(20, Math.round(size / EVENTS_A_MEMBER)),
  }
  return { ...made, contributionsPerWeek: contributionsForEvents(size, made) }
}

/** Writes the files, or finds those of an earlier call. */
export const makeEventFiles = async (order: FileOrder): Promise<EventFiles> => {
  const name = `events-${order.size}${order.members === undefined ? '' : `-members-${order.members}`}-weeks-${order.weeks}-seed-${order.seed}-until-${order.endAt.toISOString().slice(0, 10)}`
  const at = (ending: string) => join(order.folder, `${name}.${ending}`)
  const manifest = at('manifest.json')
  if (existsSync(manifest)) return JSON.parse(await readFile(manifest, 'utf8')) as EventFiles
  await mkdir(order.folder, { recursive: true })
  const files = { ndjson: at('ndjson'), rows: at('rows'), identities: at('identities.json') }
  const counted = await writeEvents(files, order)
  const made: EventFiles = { ...files, ...counted }
  // named last: a run that was cut short leaves no manifest
  await writeFile(`${manifest}.new`, JSON.stringify(made))
  await rename(`${manifest}.new`, manifest)
  return made
}

const writeEvents = async (files: { ndjson: string; rows: string; identities: string }, order: FileOrder) => {
  const [events, rows] = [createWriteStream(files.ndjson), createWriteStream(files.rows)]
  const received = order.endAt.toISOString()
  const sights = new Map<string, IdentitySight>()
  let eventCount = 0
  let bytes = 0
  const write = async (stream: typeof events, text: string) => {
    if (!stream.write(text)) await once(stream, 'drain')
  }
  const writeBlock = async (block: EventInput[]) => {
    const normalised = block.map((event) => normaliseEvent(event, order.endAt).ok)
    const good = normalised.filter((row) => row !== undefined)
    if (good.length !== block.length) throw new Error('a made-up event was rejected')
    // one name an account throughout, so that a block's sight of it is as good as any other's
    for (const sight of collectIdentities(good))
      if (sight.display_name !== null || !sights.has(sight.identity_key)) sights.set(sight.identity_key, sight)
    const text = block.map((event) => `${JSON.stringify(event)}\n`).join('')
    eventCount += block.length
    bytes += Buffer.byteLength(text)
    await write(events, text)
    await write(rows, good.map((row) => copyLine(BENCH_COMMUNITY_ID, row, received)).join(''))
  }
  let block: EventInput[] = []
  for (const event of generateEvents(syntheticOptionsOf(order))) {
    block.push(event)
    if (block.length < BLOCK_EVENTS) continue
    await writeBlock(block)
    block = []
  }
  await writeBlock(block)
  events.end()
  rows.end()
  await Promise.all([once(events, 'close'), once(rows, 'close')])
  await writeFile(files.identities, JSON.stringify([...sights.values()]))
  return { eventCount, bytes }
}
