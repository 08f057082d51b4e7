import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program with an order and gives the one message it sends back; `flags` are Node's. */
export const runInChild = async <Answer>(program: URL, order: object, flags: readonly string[] = []): Promise<Answer> => {
  const child = fork(program, [JSON.stringify(order)], { execArgv: [...flags], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let answer: Answer | undefined
  child.on('message', (message) => {
    answer = message as Answer
  })
  // exit may come before the last message; the end of both does not
  const [[code]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  if (answer === undefined) throw new Error(`${program.pathname} ended with ${code} and without an answer`)
  return answer
}
