import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

/** After a stream that the server refused; doubled each time, up to the last. */
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30_000
/** A line that comes back within this was not worth a word. */
const UNSAID_MS = 3_000

type Connection = { isLost: boolean; since: number | null }
let connection: Connection = { isLost: false, since: null }
const listeners = new Set<() => void>()
const setConnection = (isLost: boolean) => {
  if (isLost === connection.isLost) return
  connection = { isLost, since: isLost ? Date.now() : null }
  for (const tell of listeners) tell()
}

/** Whether the page has lost the server, and since when in milliseconds of the clock; false where no page listens. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => connection,
  )

const listen = (slug: string, client: QueryClient): (() => void) => {
  let stream: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let said: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['community', slug] })
    void client.invalidateQueries({ queryKey: ['communities'] })
  }
  const open = () => {
    stream = new EventSource(`/api/v1/communities/${encodeURIComponent(slug)}/live`)
    stream.addEventListener('refreshed', refresh)
    // what changed between loading the page and listening, or while the connection was broken, was told to nobody
    stream.addEventListener('open', () => {
      wait = FIRST_WAIT_MS
      clearTimeout(said)
      said = undefined
      setConnection(false)
      refresh()
    })
    stream.addEventListener('error', () => {
      said ??= setTimeout(() => setConnection(true), UNSAID_MS)
      // a broken line is tried again by the browser; a refusal, such as of a restarting proxy, is not
      if (stream?.readyState !== EventSource.CLOSED) return
      stream.close()
      // what refused the stream refuses this too, and says why
      refresh()
      retry = setTimeout(open, wait)
      wait = Math.min(LONGEST_WAIT_MS, wait * 2)
    })
  }
  open()
  return () => {
    clearTimeout(retry)
    clearTimeout(said)
    stream?.close()
    setConnection(false)
  }
}

/** Keeps an open page up to date: asks again for what it shows whenever the community's numbers have changed. */
export const useLiveCommunity = (slug: string): void => {
  const client = useQueryClient()
  useEffect(() => listen(slug, client), [slug, client])
}
