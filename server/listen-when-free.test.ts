import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { listenWhenFree } from './listen-when-free.ts'

const listenOn = (port: number) => () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      servers.push(server)
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
const servers: ReturnType<typeof createServer>[] = []

it('waits for a port that is being given back, and not for ever', async () => {
  const port = await listenOn(0)()
  const said: string[] = []
  const say = (line: string) => {
    said.push(line)
    servers[0]?.close()
  }
  await expect(listenWhenFree(listenOn(port), () => {}, 0)).rejects.toThrow('EADDRINUSE')
  await listenWhenFree(listenOn(port), say, 5000)
  expect(said).toEqual(['the port is in use; waiting up to 5 s for whoever has it to let go'])
  for (const server of servers) server.close()
})
