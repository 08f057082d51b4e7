/** One request's events on their way into the store: counted, listed where they were not accepted, stored a batch at a time. */
import type { EventProblem, IngestAnswer } from '../../shared/contract/event.ts'
import type { EventRow, FieldProblem } from './event-row.ts'
import { normaliseEvent } from './normalise-event.ts'
import { ProblemSpool } from './problem-spool.ts'
import { DEFAULT_READING, type TextReading } from './text-reading.ts'

/** Stores rows in one transaction (`appendEvents` of the store, tied to its database). */
export type Append = (batch: {
  communityId: string
  rows: EventRow[]
  onConflict: 'report' | 'replace'
  dryRun: boolean
  receivedAt: Date
}) => Promise<{ accepted: number; duplicates: number; conflicts: number[] }>

export type RunParts = {
  append: Append
  /** Told after each batch that stored something, when it is durable; must not throw. */
  onAppended?: (communityId: string, acceptedCount: number) => void | Promise<void>
  now: () => Date
  /** Where the list of what was not accepted goes, should it be long. */
  spoolDirectory: string
}

export type RunOptions = { communityId: string; onConflict: 'report' | 'replace'; dryRun: boolean }

type Taken = { index: number; id: string | null }

const CONFLICT =
  'An event with this id and another body is stored already; keep ids unique, or send it with ?on_conflict=replace to put this one in its place.'

export class IngestRun {
  readonly counts = { accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
  readonly notAccepted: ProblemSpool
  readonly options: RunOptions
  readonly #parts: RunParts
  #rows: EventRow[] = []
  #taken: Taken[] = []
  #problems: EventProblem[] = []
  #size = 0
  #reading = DEFAULT_READING
  #storing: Promise<void> = Promise.resolve()

  constructor(parts: RunParts, options: RunOptions) {
    this.#parts = parts
    this.options = options
    this.notAccepted = new ProblemSpool(parts.spoolDirectory)
  }

  /** Reads texts as the community set it; by default unless told. */
  readBy(reading: TextReading): void {
    this.#reading = reading
  }

  /** Takes an event as sent, `size` bytes long; problems found on the way to it come along. `toPointer` leads back to what was sent. */
  take(index: number, input: unknown, size: number, found: FieldProblem[] = [], toPointer = (pointer: string) => pointer): void {
    const normalised = normaliseEvent(input, this.#parts.now(), this.#reading)
    this.#size += size
    if (normalised.ok && found.length === 0) {
      this.#rows.push(normalised.ok)
      this.#taken.push({ index, id: normalised.ok.source_event_id })
      return
    }
    const id = normalised.ok ? normalised.ok.source_event_id : normalised.id
    const own = normalised.ok ? [] : normalised.problems.map((problem) => ({ ...problem, pointer: toPointer(problem.pointer) }))
    this.reject(index, id, [...found, ...own.filter((problem) => !found.some((other) => other.pointer === problem.pointer))])
  }

  /** Lists an event that cannot be taken at all. */
  reject(index: number, id: string | null, problems: FieldProblem[]): void {
    this.counts.rejected += 1
    for (const problem of problems) this.#problems.push({ index, id, ...problem })
  }

  /** True when what was taken is enough for a batch. */
  isFull(maxEvents: number, maxBytes: number): boolean {
    return this.#rows.length + this.#problems.length >= maxEvents || this.#size >= maxBytes
  }

  /** Begins to store what was taken and returns once the batch before is durable: reading goes on meanwhile, two batches at most in memory. */
  async store(): Promise<void> {
    await this.#storing
    const batch = { rows: this.#rows, taken: this.#taken, problems: this.#problems }
    this.#rows = []
    this.#taken = []
    this.#problems = []
    this.#size = 0
    this.#storing = this.#storeBatch(batch)
    // whoever awaits it next sees the error; until then it is no unhandled one
    this.#storing.catch(() => {})
  }

  /** Stores the rest. */
  async finish(): Promise<void> {
    await this.store()
    await this.#storing
  }

  /** Waits for the batch under way and forgets what was taken after it. */
  async abandon(): Promise<void> {
    await this.#storing.catch(() => {})
  }

  answerHead(): Omit<IngestAnswer, 'events'> {
    return { ...this.counts, dry_run: this.options.dryRun }
  }

  async #storeBatch({ rows, taken, problems }: { rows: EventRow[]; taken: Taken[]; problems: EventProblem[] }): Promise<void> {
    if (rows.length > 0) {
      const result = await this.#parts.append({ ...this.options, rows, receivedAt: this.#parts.now() })
      this.counts.accepted += result.accepted
      this.counts.duplicate += result.duplicates
      this.counts.conflict += result.conflicts.length
      for (const at of result.conflicts) problems.push({ ...(taken[at] as Taken), pointer: '', code: 'conflict', message: CONFLICT })
      if (result.conflicts.length > 0) problems.sort((a, b) => a.index - b.index)
      if (result.accepted > 0 && !this.options.dryRun) await this.#parts.onAppended?.(this.options.communityId, result.accepted)
    }
    await this.notAccepted.add(problems)
  }
}
