import { useEffect } from 'react'

const MOST_MS = 5000

/**
 * Brings the section that the address names into sight, again while sections above it still fill, until the reader moves: the
 * router has looked for it before anything was there.
 */
export const useScrollToHash = (): void => {
  useEffect(() => {
    const id = window.location.hash.slice(1)
    if (id === '') return
    const stop = () => {
      clearInterval(timer)
      clearTimeout(end)
      for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown']) window.removeEventListener(kind, stop)
    }
    let before = Number.NaN
    const timer = setInterval(() => {
      const section = document.getElementById(id)
      if (section === null) return
      const top = section.getBoundingClientRect().top + window.scrollY
      if (top !== before) section.scrollIntoView()
      before = top
    }, 100)
    const end = setTimeout(stop, MOST_MS)
    for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown']) window.addEventListener(kind, stop, { passive: true })
    return stop
  }, [])
}
