import { setTimeout as wait } from 'node:timers/promises'

/** Listens, waiting some seconds for a predecessor that is on its way out to give the port back; then throws what Node does. */
export const listenWhenFree = async (listen: () => Promise<unknown>, say: (line: string) => void, patienceMs = 12_000): Promise<void> => {
  const until = performance.now() + patienceMs
  for (let isFirst = true; ; isFirst = false) {
    try {
      await listen()
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || performance.now() > until) throw error
      if (isFirst) say(`the port is in use; waiting up to ${Math.round(patienceMs / 1000)} s for whoever has it to let go`)
      await wait(200)
    }
  }
}
