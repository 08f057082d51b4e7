import type { ClientBase, Pool } from 'pg'
import type { VerdictView } from '../../shared/verdict-views.ts'
import { type ReadParams, readPeriods } from '../metrics/measure-periods.ts'
import { IS_JOINED, IS_RECOUNTED, IS_START, windowContributions } from './readings/window-contributions.ts'
import { readHosts, readJoined, type ThreadsThen } from './readings/window-threads.ts'
import { cellsOf, threadsOf, type WindowCells } from './window-cells.ts'

/** The cells of each window, as known at its end and seen in a view. */
export const readCells = async (db: Pool | ClientBase, view: VerdictView, params: Omit<ReadParams, 'isNow'>): Promise<WindowCells[]> => {
  const scope = { communityId: params.communityId, view }
  const lists = await readPeriods(db, windowContributions(view), params)
  const windows = lists.map((one) => ({ lists: one, threads: threadsOf(one) }))
  const threadsWith = (is: (bits: number) => boolean): ThreadsThen & { of: [window: number, thread: number][] } => {
    const found: ThreadsThen & { of: [number, number][] } = { thread_keys: [], known_bys: [], of: [] }
    for (const [w, window] of windows.entries())
      for (const [t, bits] of window.threads.bits.entries())
        if (is(bits)) {
          found.thread_keys.push(window.threads.keys[t] as string)
          found.known_bys.push(window.lists.known_by)
          found.of.push([w, t])
        }
    return found
  }
  const host_ids = windows.map(({ threads }) => threads.starter_ids)
  const is_joined = windows.map(({ threads }) => Array.from(threads.bits, (bits) => (bits & IS_JOINED) !== 0))
  // a start in the window is at hand
  const startedBefore = threadsWith((bits) => (bits & IS_START) === 0)
  for (const [i, host] of (await readHosts(db, scope, startedBefore)).entries()) {
    const [window, thread] = startedBefore.of[i] as [number, number]
    ;(host_ids[window] as (string | null)[])[thread] = host
  }
  const recounted = threadsWith((bits) => (bits & IS_RECOUNTED) !== 0)
  for (const [i, joined] of (await readJoined(db, scope, recounted)).entries()) {
    const [window, thread] = recounted.of[i] as [number, number]
    ;(is_joined[window] as boolean[])[thread] = joined
  }
  return windows.map(({ lists: one, threads }, w) =>
    cellsOf(one, threads, { host_ids: host_ids[w] as (string | null)[], is_joined: is_joined[w] as boolean[] }),
  )
}
