import { UPLOAD_PIECE_BYTES } from '../../../shared/contract/upload-limits.ts'

/** A first piece this large, then so much as a slow line sends in about two seconds: the bar moves, and little is sent twice. Our judgement. */
const FIRST_PIECE_BYTES = 512 * 1024
const LEAST_PIECE_BYTES = 128 * 1024
const WANTED_MS = 2000
/** After a failure so long, then twice as long, until the last. */
const FIRST_WAIT_MS = 1000
const LAST_WAIT_MS = 30_000

/** It will not go by itself: what is wrong, for people. `status` 0 when there was no answer. */
export class UploadRefused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'UploadRefused'
    this.status = status
  }
}

export type Sending = {
  /** The address of a piece that begins at this byte. */
  addressOf: (offset: number) => string
  /** Bytes the server has. */
  from: number
  signal: AbortSignal
  onSent: (uploaded: number) => void
  /** The line is broken, or the server asks to wait: it will be tried again after so long. Null: it goes on. */
  onWaiting: (waiting: { ms: number; why: string } | null) => void
  /** Ends after so long, or earlier when told to try at once. Rejects when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
  now: () => number
  fetch: typeof globalThis.fetch
}

type Answer = { uploaded?: number; detail?: string; title?: string }

/**
 * Sends a file in pieces from where the server has it. A broken line and a server that is away are waited for, longer each time;
 * what the server has already is never sent again. Throws UploadRefused for what waiting does not mend, and the signal's reason.
 */
export const sendFile = async (file: Blob, sending: Sending): Promise<void> => {
  const { addressOf, signal, onSent, onWaiting, wait, now } = sending
  let offset = sending.from
  let pieceBytes = FIRST_PIECE_BYTES
  let failures = 0
  while (offset < file.size) {
    signal.throwIfAborted()
    const piece = file.slice(offset, offset + pieceBytes)
    const began = now()
    const outcome = await sendPiece(piece, addressOf(offset), sending)
    signal.throwIfAborted()
    if ('uploaded' in outcome) {
      if (failures > 0) onWaiting(null)
      failures = 0
      const took = Math.max(now() - began, 1)
      if (outcome.uploaded > offset) {
        pieceBytes = Math.round(Math.min(Math.max((piece.size / took) * WANTED_MS, LEAST_PIECE_BYTES), UPLOAD_PIECE_BYTES))
      }
      offset = outcome.uploaded
      onSent(offset)
      continue
    }
    // a piece that never arrives whole is halved, for lines that break every few seconds
    pieceBytes = Math.max(Math.round(pieceBytes / 2), LEAST_PIECE_BYTES)
    const ms = outcome.waitMs ?? Math.min(FIRST_WAIT_MS * 2 ** failures, LAST_WAIT_MS)
    failures++
    onWaiting({ ms, why: outcome.why })
    await wait(ms, signal)
  }
}

const sendPiece = async (
  piece: Blob,
  address: string,
  { fetch, signal }: Sending,
): Promise<{ uploaded: number } | { why: string; waitMs: number | null }> => {
  let response: Response
  try {
    response = await fetch(address, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/octet-stream', accept: 'application/json' },
      body: piece,
      signal,
    })
  } catch {
    signal.throwIfAborted()
    // the file itself may be gone: another program has changed or removed it, and no piece of it can be read again
    if (!(await canRead(piece)))
      throw new UploadRefused(0, 'The file cannot be read any more: it was changed, moved or removed since it was chosen. Choose it again.')
    return { why: 'The server cannot be reached.', waitMs: null }
  }
  const answer = await readAnswer(response)
  if (response.ok && answer.uploaded !== undefined) return { uploaded: answer.uploaded }
  const why = answer.detail ?? answer.title ?? `The server answered with status ${response.status}.`
  // another window has sent this piece, or ours arrived and its answer did not: go on from where the server is
  if (response.status === 409 && answer.uploaded !== undefined)
    return /on its way/.test(why) ? { why, waitMs: FIRST_WAIT_MS } : { uploaded: answer.uploaded }
  if (response.status === 429 || response.status === 503) return { why, waitMs: retryAfter(response) }
  if (response.status >= 500 && response.status !== 507) return { why, waitMs: null }
  throw new UploadRefused(response.status, why)
}

const readAnswer = async (response: Response): Promise<Answer> => {
  try {
    return await response.json()
  } catch {
    // a proxy's page: the status has to do
    return {}
  }
}

const canRead = async (piece: Blob): Promise<boolean> =>
  piece
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )

const retryAfter = (response: Response): number | null => {
  const seconds = Number(response.headers.get('retry-after'))
  return seconds > 0 ? Math.min(seconds * 1000, LAST_WAIT_MS) : null
}
