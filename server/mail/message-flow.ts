import { Readable } from 'node:stream'
import type { MayHandOver } from './carrier.ts'

/** A message that leaves when it is asked for and has been allowed to, and remembers how far it got. */
export type MessageFlow = {
  stream: Readable
  /** The server waits for the message; from now on it counts how long it takes to hand it over. */
  onBegun: (call: () => void) => void
  /** Bytes have left: from now on nobody but the server knows what becomes of it. */
  hasFlowed: () => boolean
  /** Resolves when nothing is being asked any more. */
  settled: () => Promise<void>
}

export const createMessageFlow = (bytes: Buffer, mayHandOver: MayHandOver): MessageFlow => {
  let asked: Promise<void> | null = null
  let hasFlowed = false
  let onBegun = () => {}
  const ask = async (stream: Readable) => {
    onBegun()
    const isAllowed = await mayHandOver().catch(() => false)
    if (!isAllowed) {
      stream.destroy(new Error('We broke off before the mail was handed over.'))
      return
    }
    // the connection may have broken meanwhile: then nothing leaves
    if (stream.destroyed) return
    hasFlowed = true
    stream.push(bytes)
    stream.push(null)
  }
  const stream = new Readable({
    read() {
      asked ??= ask(this)
    },
  })
  return {
    stream,
    onBegun: (call) => {
      onBegun = call
    },
    hasFlowed: () => hasFlowed,
    settled: async () => {
      await asked
    },
  }
}
