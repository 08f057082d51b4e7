import type { InferredLink } from '../source.ts'

/** An answer that names no message belongs to the last one of its subject, unless that is older than this; our judgement. */
const WINDOW_MS = 30 * 24 * 60 * 60 * 1000
/** Subjects remembered, the longest unused are forgotten first: some 10 MB. */
const MAX_SUBJECTS = 20_000
/** Files hold messages as they arrived, and clocks differ. */
const MAX_BACKWARDS_MS = 24 * 60 * 60 * 1000

type Subject = { id: string; thread: string; at: number }

/** A copy of its own: a piece of a longer text would keep the whole of it in memory. */
const detach = (text: string): string => Buffer.from(text).toString()

/** Finds by its subject what a mail answers that names no other: some programs leave those headers out. A guess, and marked so. */
export const createSubjectThreads = (max = MAX_SUBJECTS) => {
  const subjects = new Map<string, Subject>()
  const remember = (key: string, subject: Subject) => {
    subjects.delete(key)
    subjects.set(key, subject)
    if (subjects.size > max) subjects.delete(subjects.keys().next().value as string)
  }
  return {
    /** A message of that subject in that thread; the first of a subject is the one that later answers are for. */
    note: (channel: string, key: string, { id, thread, at }: Subject, isReply: boolean): void => {
      if (key === '') return
      const place = detach(`${channel}\0${key}`)
      const known = subjects.get(place)
      const isFresh = known !== undefined && Math.abs(at - known.at) <= WINDOW_MS
      remember(place, isReply && isFresh ? { ...known, at: Math.max(at, known.at) } : { id: detach(id), thread: detach(thread), at })
    },
    find: (channel: string, key: string, at: number): InferredLink | null => {
      const known = key === '' ? undefined : subjects.get(`${channel}\0${key}`)
      if (known === undefined || at - known.at > WINDOW_MS || known.at - at > MAX_BACKWARDS_MS) return null
      return { in_reply_to: known.id, thread_id: known.thread, by: 'guess' }
    },
  }
}
