/** The three forms a body of events may have, each led into a run. */
import { isUtf8 } from 'node:buffer'
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_EVENT_BYTES } from '../../shared/contract/event.ts'
import { ProblemError } from '../api/problem.ts'
import { mapCloudEvent } from './cloud-events.ts'
import type { FieldProblem } from './event-row.ts'
import type { IngestRun } from './ingest-run.ts'
import { type Line, LineSplitter } from './line-splitter.ts'

/** A stream is stored in pieces of this size: large enough to be quick, small enough to be held twice. */
const STREAM_BATCH_EVENTS = 5_000
const STREAM_BATCH_BYTES = 8 * 1024 * 1024
/** Beyond this the stream is not what it says it is; the list of refusals would only fill the disk. */
export const MAX_REJECTED_IN_STREAM = 1_000_000

const TOO_LARGE: FieldProblem = {
  pointer: '',
  code: 'too_large',
  message: `The event is larger than ${MAX_EVENT_BYTES / 1024} KiB; shorten its text, of which only words are counted.`,
}

/** The event on a line, or why there is none. */
const readLine = (bytes: Buffer | null): { input: unknown } | { problem: FieldProblem } => {
  if (bytes === null) return { problem: TOO_LARGE }
  if (!isUtf8(bytes))
    return { problem: { pointer: '', code: 'not_unicode', message: 'The line is not valid UTF-8; convert it before sending.' } }
  try {
    return { input: JSON.parse(bytes.toString()) }
  } catch (error) {
    const why = (error as Error).message.slice(0, 200).toWellFormed()
    return {
      problem: { pointer: '', code: 'malformed_json', message: `The line is no JSON (${why}); write one event, whole, on each line.` },
    }
  }
}

const takeLine = (run: IngestRun, { index, bytes }: Line): void => {
  const read = readLine(bytes)
  if ('problem' in read) run.reject(index, null, [read.problem])
  else run.take(index, read.input, bytes?.length ?? 0)
}

/** Newline-delimited JSON of any length. */
export const ingestLines = async (run: IngestRun, body: AsyncIterable<Buffer>): Promise<void> => {
  const splitter = new LineSplitter(MAX_EVENT_BYTES)
  const takeAll = async (lines: Line[]) => {
    for (const line of lines) {
      takeLine(run, line)
      if (run.isFull(STREAM_BATCH_EVENTS, STREAM_BATCH_BYTES)) await run.store()
    }
  }
  for await (const chunk of body) {
    await takeAll(splitter.push(chunk))
    if (run.counts.rejected > MAX_REJECTED_IN_STREAM)
      throw new ProblemError({
        status: 422,
        type: 'too-many-rejected',
        title: 'Too many events were rejected',
        detail: `Reading stopped after ${run.counts.rejected} rejected events. Look at a few with ?dry_run=true, mend the sender, and send it again.`,
      })
  }
  await takeAll(splitter.end())
  await run.finish()
}

const tooLarge = (detail: string) =>
  new ProblemError({
    status: 413,
    type: 'too-large',
    title: 'The batch is too large',
    detail: `${detail} Send longer ones as application/x-ndjson, one event a line.`,
  })
const malformed = (detail: string) => new ProblemError({ status: 400, type: 'malformed-body', title: 'The body cannot be read', detail })

/** A whole JSON text of at most MAX_BATCH_BYTES, counted after unzipping. */
const readJson = async (body: AsyncIterable<Buffer>): Promise<{ value: unknown; size: number }> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_BATCH_BYTES) throw tooLarge(`A JSON body may have at most ${MAX_BATCH_BYTES} bytes.`)
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  if (!isUtf8(bytes)) throw malformed('The body is not valid UTF-8; convert it before sending. Nothing was stored.')
  try {
    return { value: JSON.parse(bytes.toString().replace(/^\uFEFF/, '')), size }
  } catch (error) {
    throw malformed(`The body is no JSON (${(error as Error).message.slice(0, 200).toWellFormed()}). Nothing was stored.`)
  }
}

const checkCount = (events: unknown[]): void => {
  if (events.length > MAX_BATCH_EVENTS)
    throw tooLarge(`A JSON body may hold at most ${MAX_BATCH_EVENTS} events; this one has ${events.length}.`)
}

/** Only a body large enough to hold one needs looking at. */
const isTooLarge = (event: unknown, bodySize: number): boolean => {
  if (bodySize <= MAX_EVENT_BYTES) return false
  try {
    return Buffer.byteLength(JSON.stringify(event) ?? '') > MAX_EVENT_BYTES
  } catch {
    // nested so deep that it cannot be written out
    return true
  }
}

/** `{"events":[…]}`. */
export const ingestJson = async (run: IngestRun, body: AsyncIterable<Buffer>): Promise<void> => {
  const { value, size } = await readJson(body)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const { events, ...others } = (isObject ? value : {}) as { events?: unknown }
  if (!Array.isArray(events) || Object.keys(others).length > 0)
    throw malformed(
      'The body must be an object with one member, events: {"events":[{"id":"…","source":"…","type":"…","occurred_at":"…"}]}. Nothing was stored.',
    )
  checkCount(events)
  events.forEach((event, index) => {
    if (isTooLarge(event, size)) run.reject(index, null, [TOO_LARGE])
    else run.take(index, event, 0)
  })
  await run.finish()
}

/** An array of CloudEvents. */
export const ingestCloudEvents = async (run: IngestRun, body: AsyncIterable<Buffer>): Promise<void> => {
  const { value, size } = await readJson(body)
  if (!Array.isArray(value)) throw malformed('The body must be an array of CloudEvents. Nothing was stored.')
  checkCount(value)
  value.forEach((envelope, index) => {
    const { event, problems, toPointer } = mapCloudEvent(envelope)
    if (isTooLarge(envelope, size)) run.reject(index, null, [TOO_LARGE])
    else run.take(index, event, 0, problems, toPointer)
  })
  await run.finish()
}
