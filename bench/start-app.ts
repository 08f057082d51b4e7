/** Starts the program of app-process.ts and talks to it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AppMessage, AppOrder } from './app-process.ts'

export type RunningApp = { address: string; pid: number; residentBytes: () => Promise<number>; stop: () => Promise<void> }

/** Resolves when it listens. `execArgv` are flags of Node, such as those of the profiler. */
export const startApp = async (order: AppOrder, execArgv: string[] = []): Promise<RunningApp> => {
  const child = fork(new URL('./app-process.ts', import.meta.url), [JSON.stringify(order)], {
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const tell = async (): Promise<AppMessage> => {
    const [message] = (await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error('the server under measurement ended'))),
    ])) as [AppMessage]
    return message
  }
  const first = await tell()
  if (!('address' in first)) throw new Error('the server under measurement said something else than its address')
  return {
    address: first.address,
    pid: child.pid as number,
    residentBytes: async () => {
      child.send('memory')
      const message = await tell()
      return 'residentBytes' in message ? message.residentBytes : 0
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.disconnect()
      await ended
    },
  }
}
