import { useEffect, useRef } from 'react'

/** Brings what the address names into sight once, when it is there; `null` while it is not. Choosing another brings that. */
export const useScrollTo = (id: string | null): void => {
  const done = useRef<string | null>(null)
  useEffect(() => {
    if (id === null || done.current === id) return
    const found = document.getElementById(id)
    if (found === null) return
    done.current = id
    // what is in sight already stays where the reader has it
    const { top, bottom } = found.getBoundingClientRect()
    if (top < 0 || Math.min(bottom, top + 120) > window.innerHeight) found.scrollIntoView()
  }, [id])
}
