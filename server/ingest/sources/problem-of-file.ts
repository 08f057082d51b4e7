import { ImportStopped } from './import-events.ts'
import { type Place, type RowProblem, SourceError } from './source.ts'
import type { SourceFile } from './source-files.ts'

/**
 * What cannot be read of one file among many, as a problem at the place where its reading ended: the others are read. Everything
 * else is thrown on: that somebody stopped the import, and errors of our own.
 */
export const problemOfFile = (error: unknown, file: SourceFile, position: number): Place & { problem: RowProblem } => {
  if (!(error instanceof SourceError) || error instanceof ImportStopped) throw error
  return { position, file: file.path, problem: { pointer: '', code: 'malformed_json', message: error.message } }
}
