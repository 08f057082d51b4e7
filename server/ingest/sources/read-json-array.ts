/** The lists of a JSON file of any size, element by element: what Slack, Discord, Zulip, Discourse and GitHub export. */
import { isUtf8 } from 'node:buffer'
import { decodeText } from './decode-text.ts'
import { type RowProblem, SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'
import { BrokenJson, createJsonSplitter, type JsonPart } from './split-json.ts'

/** A message with everything quoted in it is a few hundred kilobytes at most; our judgement. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024

/** An element of the list at `path`; `position` is its number there, from 1. */
export type JsonElement = { path: string; position: number } & (
  | { value: unknown; problem?: undefined }
  | { value?: undefined; problem: RowProblem }
)

export type JsonArrayOptions = {
  /** Where the lists lie, as JSON pointers: '' is the file itself, '/messages' a name of its object. */
  paths: readonly string[]
  /** As TextDecoder names it; UTF-8 unless said. A byte order mark wins. */
  encoding?: string
  maxElementBytes?: number
  /** Called with each value beside the lists, where it stands; a value too large to hold is undefined. */
  onOther?: (path: string, value: unknown) => void
  /** Something to know about the whole file, once. */
  note?: (message: string) => void
}

/**
 * Reads the elements of the lists at `paths` in the order of the file, in memory bounded by the largest element. An element that
 * is no JSON or too large is a problem, and the rest is read on. Throws a SourceError that says how far it came when the file is
 * cut off, is not JSON, or holds none of the lists.
 */
export async function* readJsonArray(file: SourceFile, options: JsonArrayOptions): AsyncGenerator<JsonElement> {
  const { paths, maxElementBytes = MAX_ELEMENT_BYTES, onOther } = options
  const splitter = createJsonSplitter(paths, maxElementBytes, onOther !== undefined)
  let count = 0
  let hasList = false
  let isNoted = false
  let isEmpty = true
  const tooLarge = (position: number): RowProblem => ({
    pointer: '',
    code: 'too_large',
    message: `Number ${position} of the list is larger than ${Math.round(maxElementBytes / 1024 / 1024)} MiB, which no message is.`,
  })
  const read = (part: JsonPart): JsonElement | null => {
    const { path, position, bytes } = part
    if (position === 0) {
      hasList = true
      return null
    }
    if (position !== null) count++
    if (bytes === null) {
      if (position === null) onOther?.(path, undefined)
      return position === null ? null : { path, position, problem: tooLarge(position) }
    }
    if (position === null && onOther === undefined) return null
    const text = (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).toString()
    if (!isNoted && text.includes('\ufffd') && !isUtf8(bytes)) {
      isNoted = true
      options.note?.(
        `${file.path} is not written in UTF-8: letters beyond plain English may be lost. Name its encoding and import it again.`,
      )
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      if (position === null) throw new BrokenJson(0, `a value at ${path}`)
      const message = `Number ${position} of the list is not JSON (${(error as Error).message}).`
      return { path, position, problem: { pointer: '', code: 'malformed_json', message } }
    }
    if (position !== null) return { path, position, value }
    onOther?.(path, value)
    return null
  }
  try {
    for await (const chunk of toUtf8(file, options.encoding ?? 'utf-8')) {
      if (chunk.length > 0) isEmpty = false
      const { parts, broken } = splitter.push(chunk)
      for (const part of parts) {
        const element = read(part)
        if (element) yield element
      }
      if (broken) throw broken
    }
    const { isWhole, parts } = splitter.end()
    for (const part of parts) read(part)
    if (isEmpty) throw new SourceError(`${file.path} is empty.`)
    if (!isWhole) throw new SourceError(`${file.path} ends in the middle, after ${say(count)}: get the whole file and import it again.`)
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error
    throw new SourceError(
      `${file.path} is not JSON from byte ${error.offset} on, where ${error.message} should stand; ${say(count)} before it were read.`,
    )
  }
  if (!hasList)
    throw new SourceError(`${file.path} holds no list ${paths.map((path) => (path === '' ? 'as a whole' : `at ${path}`)).join(' or ')}.`)
}

const say = (count: number) => (count === 1 ? '1 entry' : `${count} entries`)

/** The bytes as UTF-8 without byte order mark. */
export async function* toUtf8(file: SourceFile, encoding: string): AsyncGenerator<Uint8Array> {
  const isPlain = /^utf-?8$/i.test(encoding)
  let head: Uint8Array | null = new Uint8Array()
  let wide: boolean | null = null
  // decided by the first bytes, so they are looked at before anything is passed on
  for await (const chunk of file.open()) {
    if (head === null) {
      yield chunk
      continue
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    if (head.length < 3) continue
    wide = isWide(head)
    if (wide || !isPlain) break
    yield withoutMark(head)
    head = null
  }
  if (head === null) return
  if (wide || !isPlain) for await (const text of decodeText(file.open(), encoding)) yield Buffer.from(text)
  else yield withoutMark(head)
}

const isWide = (head: Uint8Array) => (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
const withoutMark = (head: Uint8Array) => (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head)
