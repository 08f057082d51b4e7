/** Starts the program of app-process.ts and talks to it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AppMessage, AppOrder } from './app-process.ts'

export type RunningApp = { address: string; pid: number; residentBytes: () => Promise<number>; stop: () => Promise<void> }

/** The flags that `npm start` gives Node. */
const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { scripts: { start: string } }
const startFlags = [...new Set(scripts.start.match(/--\S+/g))]

/** Resolves when it listens. `flags` are further flags of Node, such as those of the profiler. */
export const startApp = async (order: AppOrder, flags: string[] = []): Promise<RunningApp> => {
  const execArgv = [...startFlags, ...flags]
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
