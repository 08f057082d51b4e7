import { useSyncExternalStore } from 'react'
import { ApiProblem } from './api.ts'

let hasEnded = false
const listeners = new Set<() => void>()

const note = (ended: boolean) => {
  if (ended === hasEnded) return
  hasEnded = ended
  for (const tell of listeners) tell()
}

/** Notes of a failed request whether it failed because nobody is signed in any more. */
export const noteFailure = (error: unknown): void => {
  if (error instanceof ApiProblem && error.status === 401) note(true)
}

/** Somebody is signed in, perhaps again. */
export const noteSignedIn = (): void => note(false)

/** Whether the session ended while a page was open. */
export const useSessionEnded = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => hasEnded,
  )
