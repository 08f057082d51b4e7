/** JSON documents one behind the other in a file of any size: lines of JSON, pages of an API written after each other, or just one. */
import { isUtf8 } from 'node:buffer'
import { toUtf8 } from './read-json-array.ts'
import { type RowProblem, SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'
import { BrokenJson, createJsonSplitter, type JsonPart } from './split-json.ts'

/** A topic with a thousand long posts, or a page of a hundred issues, is a few megabytes; our judgement. */
const MAX_VALUE_BYTES = 16 * 1024 * 1024
/** Names of one object that are looked at; no object of a forum has more than a hundred. Our judgement. */
const MAX_NAMES = 2000

/**
 * An element of a wanted list of the document, or, behind the last of them, what else the document's object holds, by JSON pointer
 * without its first slash. `position` counts elements and objects of the file, from 1.
 */
export type JsonPiece = { position: number } & (
  | { kind: 'element'; path: string; value: unknown }
  | { kind: 'rest'; value: Record<string, unknown> }
  | { kind: 'problem'; problem: RowProblem }
)

export type JsonDocumentsOptions = {
  /** Lists read element by element, as JSON pointers; '' is a document that is a list itself. */
  paths: readonly string[]
  encoding?: string
  maxValueBytes?: number
  /** Something to know about the whole file, once. */
  note?: (message: string) => void
}

/**
 * Reads document after document, in memory bounded by the largest value. Throws a SourceError that says how far it came when the
 * file is cut off, is empty or is not JSON.
 */
export async function* readJsonDocuments(file: SourceFile, options: JsonDocumentsOptions): AsyncGenerator<JsonPiece> {
  const { paths, encoding = 'utf-8', maxValueBytes = MAX_VALUE_BYTES } = options
  let count = 0
  let bytesBefore = 0
  let document: ReturnType<typeof readDocument> | null = null
  let isNoted = false
  const noteEncoding = () => {
    if (!isNoted)
      options.note?.(
        `${file.path} is not written in UTF-8: letters beyond plain English may be lost. Name its encoding and import it again.`,
      )
    isNoted = true
  }
  const boundaries = createBoundaryFinder()
  try {
    for await (const chunk of toUtf8(file, encoding)) {
      let at = 0
      while (at < chunk.length) {
        if (document === null) {
          at = boundaries.skip(chunk, at)
          if (at >= chunk.length) break
          document = readDocument(paths, maxValueBytes, noteEncoding)
        }
        const end = boundaries.findEnd(chunk, at)
        for (const piece of document.push(chunk.subarray(at, end < 0 ? chunk.length : end))) yield { ...piece, position: ++count }
        if (end < 0) break
        for (const piece of document.end()) yield { ...piece, position: ++count }
        document = null
        at = end
      }
      bytesBefore += chunk.length
    }
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error
    throw new SourceError(
      `${file.path} is not JSON near byte ${bytesBefore + error.offset}, where ${error.message} should stand; ${say(count)} before it were read.`,
    )
  }
  if (document !== null)
    throw new SourceError(`${file.path} ends in the middle, after ${say(count)}: get the whole file and import it again.`)
  if (count === 0 && bytesBefore === 0) throw new SourceError(`${file.path} is empty.`)
}

const say = (count: number) => (count === 1 ? '1 entry' : `${count} entries`)

type Piece = JsonPiece extends infer One ? (One extends unknown ? Omit<One, 'position'> : never) : never

const readDocument = (paths: readonly string[], maxValueBytes: number, noteEncoding: () => void) => {
  const splitter = createJsonSplitter(paths, maxValueBytes)
  // without a prototype, which a file could else name
  const rest = Object.create(null) as Record<string, unknown>
  let names = 0
  function* read(parts: readonly JsonPart[]): Generator<Piece> {
    for (const { path, position, bytes } of parts) {
      if (position === 0) continue
      if (bytes === null) {
        const message = `The value is larger than ${Math.round(maxValueBytes / 1024 / 1024)} MiB, which no message is.`
        yield { kind: 'problem', problem: { pointer: position === null ? path : '', code: 'too_large', message } }
        continue
      }
      let value: unknown
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
      if (text.includes('\ufffd') && !isUtf8(bytes)) noteEncoding()
      try {
        value = JSON.parse(text)
      } catch (error) {
        yield {
          kind: 'problem',
          problem: { pointer: path, code: 'malformed_json', message: `It is not JSON (${(error as Error).message}).` },
        }
        continue
      }
      if (position !== null) yield { kind: 'element', path, value }
      else if (path === '') {
        if (typeof value === 'object' && value !== null) Object.assign(rest, value)
      } else if (++names <= MAX_NAMES) rest[path.slice(1)] = value
    }
  }
  return {
    *push(chunk: Uint8Array): Generator<Piece> {
      const { parts, broken } = splitter.push(chunk)
      yield* read(parts)
      if (broken) throw broken
    },
    *end(): Generator<Piece> {
      yield* read(splitter.end().parts)
      if (Object.keys(rest).length > 0) yield { kind: 'rest', value: rest }
    },
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Finds where a document, an object or a list, ends; between two stand blanks, or nothing at all (`gh api --paginate` writes `][`). */
const createBoundaryFinder = () => {
  let depth = 0
  let isInText = false
  let isEscaped = false
  return {
    skip: (chunk: Uint8Array, from: number): number => {
      let at = from
      while (at < chunk.length && (chunk[at] === 0x20 || chunk[at] === 0x0a || chunk[at] === 0x0d || chunk[at] === 0x09)) at++
      if (at < chunk.length && chunk[at] !== 0x7b && chunk[at] !== 0x5b) throw new BrokenJson(at, '"{" or "["')
      return at
    },
    /** Behind its last bracket, or -1 where it goes on. */
    findEnd: (chunk: Uint8Array, from: number): number => {
      let at = from
      if (isEscaped && at < chunk.length) {
        at++
        isEscaped = false
      }
      while (at < chunk.length) {
        const byte = chunk[at++] as number
        if (isInText) {
          if (byte === QUOTE) isInText = false
          else if (byte === BACKSLASH) {
            if (at < chunk.length) at++
            else isEscaped = true
          }
        } else if (byte === QUOTE) isInText = true
        else if (byte === 0x7b || byte === 0x5b) depth++
        else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at
      }
      return -1
    },
  }
}
