import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** By then it is shown even if the browser never rests. */
const LATEST_MS = 400

// Safari has no idle callbacks: there the next free moment has to do
const whenIdle = (act: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(act, 0)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(act, { timeout: LATEST_MS })
  return () => cancelIdleCallback(request)
}

/**
 * The value, changed when the browser rests, and alone: where many charts change at once, putting all of them on the page in one go
 * would keep a click waiting for as long.
 */
export const useInTurn = <Value>(value: Value): Value => {
  const [shown, setShown] = useState(value)
  useEffect(() => {
    if (value === shown) return undefined
    return whenIdle(() => flushSync(() => setShown(value)))
  }, [value, shown])
  return shown
}
