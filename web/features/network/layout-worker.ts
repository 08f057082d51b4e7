/// <reference lib="webworker" />
import { createLayout, type LayoutInput } from './lay-out.ts'
import { findGroups, packGroups } from './pack-groups.ts'

/** `positions` are null on the way where there are too many people to watch. */
export type LayoutNews = { positions: Float32Array | null; progress: number; isDone: boolean }

/** Often enough to look like one movement, seldom enough to leave the page its time. */
const NEWS_MS = 150
/** Above this many, moving everybody at each news would take the page longer than the layout itself (measured). */
const MAX_WATCHED = 1000

// one graph a worker: whoever wants another ends it and begins anew
self.addEventListener('message', ({ data }: MessageEvent<LayoutInput>) => {
  const layout = createLayout(data)
  let told = performance.now()
  let isDone = data.keys.length === 0
  const tell = () => {
    const isWatched = isDone || data.keys.length <= MAX_WATCHED
    const found = isWatched ? layout.positions() : null
    const positions = found && isDone ? packGroups(found, findGroups(data.keys.length, data.from, data.to)) : found
    const news: LayoutNews = { positions, progress: isDone ? 1 : layout.progress(), isDone }
    self.postMessage(news, positions === null ? {} : { transfer: [positions.buffer] })
    told = performance.now()
  }
  while (!isDone) {
    isDone = layout.step(10)
    if (!isDone && performance.now() - told > NEWS_MS) tell()
  }
  tell()
})
