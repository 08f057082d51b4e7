/** Uploads of this window. They live beside the pages, so that going to another page of ours does not end them. */
import { useSyncExternalStore } from 'react'
import { pathOf } from '../house-rules/settings-queries.ts'
import { sendFile, UploadRefused } from './send-file.ts'

export type Upload = {
  /** Bytes the server has of all files, and bytes there are. */
  sent: number
  total: number
  bytesPerSecond: number | null
  /** `sending`; `waiting`: the line is broken, tried again at `retryAt`; `stopped`: it needs a person; `done`. */
  state: 'sending' | 'waiting' | 'stopped' | 'done'
  message: string | null
  retryAt: number | null
}

type Running = { upload: Upload; files: FileToSend[]; abort: AbortController; tryNow: () => void }
export type FileToSend = { no: number; file: File; uploaded: number }

/** The speed shown is of the last seconds. */
const SPEED_WINDOW_MS = 10_000

const running = new Map<string, Running>()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const change = (importId: string, changes: Partial<Upload>) => {
  const one = running.get(importId)
  if (one === undefined) return
  one.upload = { ...one.upload, ...changes }
  tell()
}

const warn = (event: BeforeUnloadEvent) => {
  if ([...running.values()].some(({ upload }) => upload.state === 'sending' || upload.state === 'waiting')) event.preventDefault()
}

/** Begins or goes on to send the files of an import. */
export const startUpload = (slug: string, importId: string, files: FileToSend[], already = 0): void => {
  stopUpload(importId)
  const total = already + files.reduce((sum, { file }) => sum + file.size, 0)
  const sent = already + files.reduce((sum, { uploaded }) => sum + uploaded, 0)
  const one: Running = {
    upload: { sent, total, bytesPerSecond: null, state: 'sending', message: null, retryAt: null },
    files,
    abort: new AbortController(),
    tryNow: () => {},
  }
  running.set(importId, one)
  window.addEventListener('beforeunload', warn)
  tell()
  void sendAll(slug, importId, one, already)
}

const sendAll = async (slug: string, importId: string, one: Running, already: number): Promise<void> => {
  const marks: { at: number; sent: number }[] = [{ at: performance.now(), sent: one.upload.sent }]
  const note = () => {
    const sent = already + one.files.reduce((sum, { uploaded }) => sum + uploaded, 0)
    const at = performance.now()
    marks.push({ at, sent })
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > SPEED_WINDOW_MS) marks.shift()
    const first = marks[0] as { at: number; sent: number }
    change(importId, { sent, bytesPerSecond: at > first.at ? ((sent - first.sent) / (at - first.at)) * 1000 : null })
  }
  try {
    for (const entry of one.files)
      await sendFile(entry.file, {
        addressOf: (offset) => `${pathOf(slug, 'imports', importId, 'files', String(entry.no))}?offset=${offset}`,
        from: entry.uploaded,
        signal: one.abort.signal,
        onSent: (uploaded) => {
          entry.uploaded = uploaded
          note()
        },
        onWaiting: (waiting) =>
          change(
            importId,
            waiting === null
              ? { state: 'sending', message: null, retryAt: null }
              : { state: 'waiting', message: waiting.why, retryAt: Date.now() + waiting.ms, bytesPerSecond: null },
          ),
        wait: (ms, signal) => waitFor(ms, signal, (tryNow) => (one.tryNow = tryNow)),
        now: () => performance.now(),
        fetch: (...input) => fetch(...input),
      })
    change(importId, { state: 'done', message: null, retryAt: null })
  } catch (error) {
    if (one.abort.signal.aborted) return
    const message =
      error instanceof UploadRefused && error.status === 401
        ? 'You have been signed out. Sign in again in another tab, then go on here.'
        : error instanceof Error
          ? error.message
          : 'The upload ended.'
    change(importId, { state: 'stopped', message, retryAt: null, bytesPerSecond: null })
  }
}

const waitFor = (ms: number, signal: AbortSignal, onTryNow: (tryNow: () => void) => void) =>
  new Promise<void>((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer)
      window.removeEventListener('online', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    // the line is back: no need to wait any longer
    window.addEventListener('online', finish)
    onTryNow(finish)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      window.removeEventListener('online', finish)
      reject(signal.reason)
    })
  })

/** Ends sending; what the server has stays there. */
export const stopUpload = (importId: string): void => {
  running.get(importId)?.abort.abort()
  running.delete(importId)
  tell()
}

/** Tries again at once, without waiting any longer, or after it stopped. */
export const resumeUpload = (slug: string, importId: string): void => {
  const one = running.get(importId)
  if (one === undefined) return
  if (one.upload.state === 'waiting') one.tryNow()
  if (one.upload.state === 'stopped') {
    const already = one.upload.total - one.files.reduce((sum, { file }) => sum + file.size, 0)
    startUpload(slug, importId, one.files, already)
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** This window's upload of an import; null when it sends none. */
export const useUpload = (importId: string): Upload | null => useSyncExternalStore(subscribe, () => running.get(importId)?.upload ?? null)
