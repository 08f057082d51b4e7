import { useEffect, useState } from 'react'
import type { LayoutInput } from './lay-out.ts'
import type { LayoutNews } from './layout-worker.ts'

export type LaidOut = LayoutNews | 'failed' | null

const isSame = (a: LayoutInput, b: LayoutInput): boolean =>
  (['keys', 'from', 'to', 'count'] as const).every((part) => {
    const [one, other]: [readonly unknown[], readonly unknown[]] = [a[part], b[part]]
    return one === other || (one.length === other.length && one.every((value, i) => value === other[i]))
  })

/** The graph as it was where it is still the same, as when only names have come to it. */
const useSame = (next: LayoutInput): LayoutInput => {
  const [kept, setKept] = useState(next)
  if (kept === next || isSame(kept, next)) return kept
  setKept(next)
  return next
}

/** Where everyone stands, worked out beside the page; null until the first places are there. */
export const useLayout = (asked: LayoutInput): LaidOut => {
  const input = useSame(asked)
  const [laidOut, setLaidOut] = useState<{ of: LayoutInput; news: LaidOut }>({ of: input, news: null })
  useEffect(() => {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutNews>) => {
      setLaidOut({ of: input, news: data })
      if (data.isDone) worker.terminate()
    })
    worker.addEventListener('error', () => setLaidOut({ of: input, news: 'failed' }))
    worker.postMessage(input)
    return () => worker.terminate()
  }, [input])
  return laidOut.of === input ? laidOut.news : null
}
