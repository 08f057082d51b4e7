/// <reference lib="webworker" />
import { createLayout, type LayoutInput } from './lay-out.ts'
import { findGroups, packGroups } from './pack-groups.ts'

export type LayoutNews = { positions: Float32Array; progress: number; isDone: boolean }

/** Often enough to look like one movement, seldom enough to leave the page its time. */
const NEWS_MS = 150

// one graph a worker: whoever wants another ends it and begins anew
self.addEventListener('message', ({ data }: MessageEvent<LayoutInput>) => {
  const layout = createLayout(data)
  let told = performance.now()
  let isDone = data.keys.length === 0
  const tell = () => {
    const found = layout.positions()
    const positions = isDone ? packGroups(found, findGroups(data.keys.length, data.from, data.to)) : found
    const news: LayoutNews = { positions, progress: isDone ? 1 : layout.progress(), isDone }
    self.postMessage(news, { transfer: [news.positions.buffer] })
    told = performance.now()
  }
  while (!isDone) {
    isDone = layout.step(10)
    if (!isDone && performance.now() - told > NEWS_MS) tell()
  }
  tell()
})
