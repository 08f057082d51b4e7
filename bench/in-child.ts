import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program with an order and gives the one message it sends back. */
export const runInChild = async <Answer>(program: URL, order: object): Promise<Answer> => {
  const child = fork(program, [JSON.stringify(order)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${program.pathname} ended with ${code} and without an answer`))),
  ])) as [Answer]
  await ended
  return answer
}
