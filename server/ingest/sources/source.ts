import type { EventInput } from '../../../shared/contract/event.ts'
import type { CsvMapping } from '../../../shared/contract/import.ts'
import type { Capability } from '../../../shared/contract/metric.ts'
import type { SourceFiles } from './source-files.ts'

/** Why a row became no event. `pointer` is a JSON pointer (RFC 6901) to the field or column; empty for the whole row. */
export type RowProblem = { pointer: string; code: string; message: string }

/**
 * Where a row stands: the line of its file, counted from 1, or its number in it where lines say nothing (a message of a JSON
 * array). `file` names the file inside an archive; left out where there is only one.
 */
export type Place = { position: number; file?: string }

/**
 * What is known of a message beside what it says itself: how the thread of a message of a flat chat was found, or what the source
 * says of it elsewhere (`by: source`), such as in the list of a topic's posts. It is no part of the event: the same message from a
 * feed that has no such list, or from before its question was solved, stays the same event.
 */
export type InferredLink = {
  /** The message it answers; null where it opens a conversation. */
  in_reply_to: string | null
  /** The message that opened the conversation; its own id where it opens one. */
  thread_id: string
  /** `opens`; `named`: the message names whom it answers; `guess`: by who spoke last; `source`: nothing is inferred. */
  by: 'opens' | 'named' | 'guess' | 'source'
  /** The source shows elsewhere that a message is a question: one of its replies was accepted, or somebody labelled it so. */
  is_question?: boolean
  /** Where the original stands, as it follows from the address of the site; no part of the message either. */
  url?: string
}

/**
 * An account as the source knows it today. Names, addresses and flags change, and a newer export has the new ones beside every old
 * message; so they come beside the events, whose actors then have an id alone, and the same message stays the same event.
 */
export type SourceAccount = NonNullable<EventInput['actor']>

/**
 * What a source finds, in the order of the file. A row that is no event by design (a tag's description) is skipped, and counted
 * by what it is. `is_flat` marks a message of a chat where nobody uses threads: which message it answers is inferred on the way
 * in, channel by channel, so such messages must come in the order of their time within a channel.
 */
export type SourceItem = Place &
  (
    | { event: EventInput; is_flat?: boolean; link?: InferredLink }
    | { account: SourceAccount }
    | { problem: RowProblem }
    | { skipped: string }
  )

/** Columns of a CSV file that go by other names: event field -> column. */
export type ColumnMapping = Readonly<Record<string, string>>

export type ReadOptions = {
  /** The name the events carry as their source, unless a row names its own. */
  source: string
  /** The community's time zone: where a day without a time begins. */
  dayTimeZone: string
  /** The time zone of times written without an offset; null: such a row is rejected. */
  timeZone: string | null
  /** Address of the site, for links to the originals; null: no links. */
  site: string | null
  columns: ColumnMapping
  /** CSV: how each file is to be read, by its path, as a person has mapped it. */
  csv?: Readonly<Record<string, CsvMapping>>
  /** Encoding of a text file without a byte order mark, as TextDecoder names them. */
  encoding: string
  /** Something to know about the whole file, once. */
  note?: (message: string) => void
  /** Called when the file itself shows what it can tell, such as a member list with a column of leavers. */
  declare?: (tells: readonly Capability[]) => void
}

/** What people are told of a source, on the page and in docs/sources.md; sentences in plain English. */
export type SourceGuide = {
  /** How to get the export, a step a sentence. */
  how_to_get: readonly string[]
  /** What is read, and as what: "A message with replies: …". */
  reads: readonly string[]
  /** What it cannot tell, and why; beyond the capabilities that `tells` leaves out. */
  cannot: readonly string[]
  /** The names of the files that belong to it, as people see them, such as "export.zip". */
  files: string
  /** It says which messages are questions; false: their text is read and classified. */
  says_questions: boolean
}

/** One native format. `read` streams in constant memory and throws a SourceError when the files cannot be read on. */
export type EventSource = {
  name: string
  title: string
  /** What the format can tell; null: whatever its events show. */
  tells: readonly Capability[] | null
  guide: SourceGuide
  /** By the names and the first bytes of the files; never by the name of the whole alone. */
  recognise: (files: SourceFiles) => boolean | Promise<boolean>
  read: (files: SourceFiles, options: ReadOptions) => AsyncIterable<SourceItem>
}

/** The file as a whole cannot be read, or not to its end. What was read before stays; the message says what to do. */
export class SourceError extends Error {
  override name = 'SourceError'
}
