import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program of this folder with an order and gives the one message it sends back. */
export const runInChild = async <Answer>(program: string, order: object): Promise<Answer> => {
  const child = fork(new URL(program, import.meta.url), [JSON.stringify(order)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${program} ended with ${code} and without an answer`))),
  ])) as [Answer]
  await ended
  return answer
}
