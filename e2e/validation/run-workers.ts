import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { History } from './evaluation.ts'
import type { Chosen } from './labelled-communities.ts'
import type { WorkerAnswer, WorkerOrder } from './worker.ts'

/** Evaluates the chosen communities in as many processes as there are databases, and gives the histories in the order of choice. */
export const runWorkers = async (
  urls: readonly string[],
  chosen: readonly Chosen[],
  onDone: (answer: WorkerAnswer, done: number) => void,
  signal: AbortSignal,
): Promise<History[]> => {
  const histories = new Map<Chosen, History>()
  let next = 0
  await Promise.all(
    urls.map(async (url) => {
      const worker = fork(new URL('./worker.ts', import.meta.url), [JSON.stringify({ url } satisfies WorkerOrder)], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        signal,
      })
      worker.on('message', (message: WorkerAnswer | 'ready') => {
        if (message !== 'ready') {
          histories.set(message.chosen, message.history)
          onDone(message, histories.size)
        }
        worker.send(next < chosen.length ? (chosen[next++] as Chosen) : 'end')
      })
      const [code] = await once(worker, 'exit')
      if (code !== 0) throw new Error(`A process of the validation ended with ${code}.`)
    }),
  )
  return chosen.map((place) => {
    const history = histories.get(place)
    if (!history) throw new Error(`Community ${place} was not evaluated.`)
    return history
  })
}
