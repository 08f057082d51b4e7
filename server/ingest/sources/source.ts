import type { EventInput } from '../../../shared/contract/event.ts'
import type { Capability } from '../../../shared/contract/metric.ts'

/** Why a row became no event. `pointer` is a JSON pointer (RFC 6901) to the field or column; empty for the whole row. */
export type RowProblem = { pointer: string; code: string; message: string }

/**
 * What a source finds, in the order of the file. `position` is the line of the file, counted from 1: what an editor
 * shows. A row that is no event by design (a tag's description) is skipped, and counted by what it is.
 */
export type SourceItem =
  | { position: number; event: EventInput }
  | { position: number; problem: RowProblem }
  | { position: number; skipped: string }

export type ReadOptions = {
  /** The name the events carry as their source, unless a row names its own. */
  source: string
  /** The community's time zone: where a day without a time begins. */
  dayTimeZone: string
  /** The time zone of times written without an offset; null: such a row is rejected. */
  timeZone: string | null
  /** Address of the site, for links to the originals; null: no links. */
  site: string | null
  /** Event field -> the column that holds it, for files whose columns have other names. */
  columns: Readonly<Record<string, string>>
  /** Encoding of a text file without a byte order mark, as TextDecoder names them. */
  encoding: string
  /** Something to know about the whole file, once. */
  note?: (message: string) => void
  /** Called when the file itself shows what it can tell, such as a member list with a column of leavers. */
  declare?: (tells: readonly Capability[]) => void
}

/** One native format. `read` streams in constant memory and throws a SourceError when the file cannot be read on. */
export type EventSource = {
  name: string
  title: string
  /** What the format can tell; null: whatever its events show. */
  tells: readonly Capability[] | null
  /** `firstBytes` are of the unpacked file. */
  recognise: (fileName: string, firstBytes: Uint8Array) => boolean
  read: (stream: AsyncIterable<Uint8Array>, options: ReadOptions) => AsyncIterable<SourceItem>
}

/** The file as a whole cannot be read, or not to its end. What was read before stays; the message says what to do. */
export class SourceError extends Error {
  override name = 'SourceError'
}
