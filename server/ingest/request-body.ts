/** The bytes of a request, unzipped where they are zipped, at the pace they are read. */
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The body ended before its end, or is no gzip; what was read before may be used. */
export class BrokenBodyError extends Error {
  readonly kind: 'cut' | 'gzip'
  constructor(kind: 'cut' | 'gzip', cause?: unknown) {
    super(kind === 'cut' ? 'The connection was cut before the body was complete' : 'The body is not valid gzip', { cause })
    this.name = 'BrokenBodyError'
    this.kind = kind
  }
}

// destroying a request closes its socket, and with it the way for the answer
const chunksOf = (stream: Readable): AsyncIterable<Buffer> => stream.iterator({ destroyOnReturn: false })

async function* readPlain(request: Readable): AsyncGenerator<Buffer> {
  try {
    yield* chunksOf(request)
  } catch (error) {
    throw new BrokenBodyError('cut', error)
  }
}

async function* readZipped(request: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  let received = 0
  let cut: Error | undefined
  const onData = (chunk: Buffer) => {
    received += chunk.length
  }
  const onError = (error: Error) => {
    cut = error
    gunzip.destroy(error)
  }
  const onClose = () => {
    if (!request.readableEnded) onError(new Error('closed before its end'))
  }
  request.on('data', onData).on('error', onError).on('close', onClose)
  request.pipe(gunzip)
  try {
    yield* chunksOf(gunzip)
    // zlib passes over anything behind the last gzip member; nothing may be dropped in silence
    if (gunzip.bytesWritten !== received) throw new Error('there is something else behind the gzip data')
  } catch (error) {
    throw new BrokenBodyError(cut ? 'cut' : 'gzip', error)
  } finally {
    request.off('data', onData).off('close', onClose)
    request.unpipe(gunzip)
    gunzip.destroy()
  }
}

/** Chunks of the body; throws BrokenBodyError. Leaving early leaves the request open for its answer. */
export const readBody = (request: Readable, isZipped: boolean): AsyncGenerator<Buffer> =>
  isZipped ? readZipped(request) : readPlain(request)
