import { useEffect, useState } from 'react'
import type { LayoutInput } from './lay-out.ts'
import type { LayoutNews } from './layout-worker.ts'

export type LaidOut = LayoutNews | 'failed' | null

/** Where everyone stands, worked out beside the page; null until the first places are there. */
export const useLayout = (input: LayoutInput): LaidOut => {
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
