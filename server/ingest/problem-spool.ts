/** The events that were not accepted, in memory while they are few and in a file beyond: the list has no bound, memory has one. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventProblem } from '../../shared/contract/event.ts'

/** So many are kept in memory; some hundred bytes each. */
const MAX_IN_MEMORY = 2_000

export class ProblemSpool {
  readonly #directory: string
  #file: FileHandle | undefined
  #size = 0
  #texts: string[] = []
  count = 0

  /** `directory`: where the file goes, should there be many. */
  constructor(directory: string) {
    this.#directory = directory
  }

  async add(problems: readonly EventProblem[]): Promise<void> {
    for (const problem of problems) this.#texts.push(JSON.stringify(problem))
    this.count += problems.length
    if (this.#texts.length > MAX_IN_MEMORY) await this.#spill()
  }

  /** True when the list lies in a file, so that it is to be sent as a stream. */
  get isLarge(): boolean {
    return this.#file !== undefined
  }

  /** The events as text of a JSON array, without its brackets. */
  async *json(): AsyncGenerator<string | Buffer> {
    if (this.#file) {
      const chunk = Buffer.allocUnsafe(64 * 1024)
      for (let at = 0; at < this.#size; ) {
        const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, at)
        if (bytesRead === 0) break
        at += bytesRead
        yield Buffer.from(chunk.subarray(0, bytesRead))
      }
      if (this.#texts.length > 0) yield ','
    }
    yield this.#texts.join(',')
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async #spill(): Promise<void> {
    if (!this.#file) {
      const folder = await mkdtemp(join(this.#directory, 'barnraise-not-accepted-'))
      this.#file = await open(join(folder, 'list'), 'wx+', 0o600)
      // without a name it disappears with the process, however that ends
      await rm(folder, { recursive: true })
    }
    const text = Buffer.from(`${this.#size > 0 ? ',' : ''}${this.#texts.join(',')}`)
    this.#texts = []
    await this.#file.appendFile(text)
    this.#size += text.length
  }
}
