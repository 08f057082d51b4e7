import { SourceError } from './source.ts'

/** How far the reading of the files on the disk is. */
export type Counter = {
  /** Bytes of the disk, packed as they are. */
  count: number
  /** Called for every piece; what it throws ends the reading. */
  check: () => void
}

/** JSON and mails pack thirty to one at most; far beyond that lies only a file made to wear a machine out. Our judgement. */
const MAX_RATIO = 200
/** Below this nothing is a bomb. */
const HARMLESS_BYTES = 64 * 1024 * 1024

/** Throws a SourceError where so few packed bytes have become so many. */
export const refuseBomb = (name: string, packed: number, unpacked: number): void => {
  if (unpacked > HARMLESS_BYTES && unpacked > packed * MAX_RATIO)
    throw new SourceError(`${name} unpacks to more than ${MAX_RATIO} times its size: it is no export, and is not read.`)
}
