/** Answers that many ask for and few events change: kept as the bytes that are sent, compressed once for each way of compressing. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** In bytes of all answers together; some hundred reports of two years (our judgement). */
const MAX_CACHE_BYTES = 32 * 1024 * 1024
/** Shorter ones fit in a packet or two as they are. */
const MIN_COMPRESSED_BYTES = 1024
/** A third of the time of the best, for a few percent more bytes (our judgement). */
const BROTLI_QUALITY = 5

const brotliOf = promisify(brotliCompress)
const gzipOf = promisify(gzip)

type Encoding = 'br' | 'gzip' | 'identity'

/** `size` counts what has been compressed so far as well. */
export type Answer = { etag: string; body: Buffer; size: number; compressed: Map<Encoding, Promise<Buffer>> }

export type AnswerCache = {
  /**
   * The answer under a key, made when there is none. The key must name all that the answer depends on: who may see it, what
   * was asked, and the state of what it was made from. Whoever asks while it is being made waits for the same; one that could
   * not be made is not kept, and `isKept` false keeps one from serving anybody who has not waited for it.
   */
  find: (key: string, make: () => Promise<{ text: string; isKept: boolean }>) => Promise<Answer>
}

export const createAnswerCache = (maxBytes = MAX_CACHE_BYTES): AnswerCache => {
  const underWay = new Map<string, Promise<Answer>>()
  // in the order of their last use, the oldest first
  const kept = new Map<string, Answer>()

  const keep = (key: string, answer: Answer) => {
    kept.set(key, answer)
    let bytes = [...kept.values()].reduce((sum, { size }) => sum + size, 0)
    for (const [oldest, { size }] of kept) {
      if (bytes <= maxBytes) break
      kept.delete(oldest)
      bytes -= size
    }
  }

  const begin = async (key: string, make: () => Promise<{ text: string; isKept: boolean }>): Promise<Answer> => {
    try {
      const { text, isKept } = await make()
      const body = Buffer.from(text)
      // weak: the bytes on the way depend on how they are compressed
      const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`
      const answer: Answer = { etag, body, size: body.length, compressed: new Map() }
      if (isKept) keep(key, answer)
      return answer
    } finally {
      underWay.delete(key)
    }
  }

  return {
    find: async (key, make) => {
      const known = kept.get(key)
      if (known !== undefined) {
        kept.delete(key)
        kept.set(key, known)
        return known
      }
      const waiting = underWay.get(key) ?? begin(key, make)
      if (!underWay.has(key)) underWay.set(key, waiting)
      return waiting
    },
  }
}

/** The best of what the asker takes, by RFC 9110; a name with q=0 is refused. */
export const chooseEncoding = (header: string | undefined): Encoding => {
  const taken = new Set(
    (header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
      .map(([name]) => name),
  )
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : 'identity'
}

const compress = (answer: Answer, encoding: 'br' | 'gzip'): Promise<Buffer> => {
  let bytes = answer.compressed.get(encoding)
  if (bytes === undefined) {
    bytes =
      encoding === 'gzip' ? gzipOf(answer.body) : brotliOf(answer.body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
    answer.compressed.set(encoding, bytes)
    bytes.then(
      ({ length }) => {
        answer.size += length
      },
      () => answer.compressed.delete(encoding),
    )
  }
  return bytes
}

/** Sends it as the asker takes it, or says that what the asker has is still so. */
export const sendAnswer = async (request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<FastifyReply> => {
  reply.header('etag', answer.etag).header('vary', 'accept-encoding')
  if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim() === answer.etag)) return reply.status(304).send()
  reply.type('application/json; charset=utf-8')
  const encoding = answer.body.length < MIN_COMPRESSED_BYTES ? 'identity' : chooseEncoding(request.headers['accept-encoding'])
  if (encoding === 'identity') return reply.send(answer.body)
  return reply.header('content-encoding', encoding).send(await compress(answer, encoding))
}
