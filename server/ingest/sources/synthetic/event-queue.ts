import type { EventInput } from '../../../../shared/contract/event.ts'

/** An event to come. `order` breaks ties, so that the same seed gives the same sequence. */
export type Upcoming = { at: number; order: number; event: Omit<EventInput, 'occurred_at'> }

const isBefore = (a: Upcoming, b: Upcoming) => a.at < b.at || (a.at === b.at && a.order < b.order)

/** Events to come, the earliest first (a binary heap). */
export const createEventQueue = () => {
  const heap: Upcoming[] = []
  const swap = (i: number, j: number) => {
    const held = heap[i] as Upcoming
    heap[i] = heap[j] as Upcoming
    heap[j] = held
  }
  return {
    add: (upcoming: Upcoming) => {
      let i = heap.push(upcoming) - 1
      for (let parent = (i - 1) >> 1; i > 0 && isBefore(upcoming, heap[parent] as Upcoming); parent = (i - 1) >> 1) {
        swap(i, parent)
        i = parent
      }
    },
    /** The next event at or before `until`; null when there is none. */
    takeUntil: (until: number): Upcoming | null => {
      const first = heap[0]
      if (!first || first.at > until) return null
      const last = heap.pop() as Upcoming
      if (heap.length > 0) {
        heap[0] = last
        for (let i = 0; ; ) {
          let least = i
          for (const child of [2 * i + 1, 2 * i + 2])
            if (child < heap.length && isBefore(heap[child] as Upcoming, heap[least] as Upcoming)) least = child
          if (least === i) break
          swap(i, least)
          i = least
        }
      }
      return first
    },
  }
}
