import { createHash } from 'node:crypto'

/** A whole number from 0 up to, and without, `below`. */
export type RandomIndex = (below: number) => number

/**
 * A stream of random indexes (sfc32, Chris Doty-Humphrey, PractRand), its whole state taken from the SHA-256 of the seed: the same
 * text gives the same indexes on every machine, and texts that are alike give streams that are not.
 */
export const randomIndexOf = (seed: string): RandomIndex => {
  const state = createHash('sha256').update(seed).digest()
  let a = state.readInt32LE(0)
  let b = state.readInt32LE(4)
  let c = state.readInt32LE(8)
  let counter = state.readInt32LE(12)
  return (below) => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return Math.floor(((sum >>> 0) / 2 ** 32) * below)
  }
}
