/** Readers, in a process of their own: each asks for the same addresses over and over, one after the other, on one connection. */
import { Agent, request } from 'node:http'

/** Each reader has one set of headers. */
export type ReadOrder = { origin: string; paths: string[]; readers: Record<string, string>[]; seconds: number }
/** Milliseconds of each answer, by path in the order of the paths. */
export type ReadAnswer = { milliseconds: number[][]; bytes: number[]; seconds: number }

const ask = (agent: Agent, origin: string, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { agent, headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(bytes)
        else reject(new Error(`${path}: ${response.statusCode}`))
      })
    })
    sent.on('error', reject)
    sent.end()
  })

const read = async ({ origin, paths, readers, seconds }: ReadOrder): Promise<ReadAnswer> => {
  const milliseconds: number[][] = paths.map(() => [])
  const bytes: number[] = paths.map(() => 0)
  const agents = readers.map(() => new Agent({ keepAlive: true, maxSockets: 1 }))
  // once each before the clock starts: connections open, the program warm
  await Promise.all(
    readers.map(async (headers, n) => {
      for (const path of paths) await ask(agents[n] as Agent, origin, path, headers)
    }),
  )
  const until = performance.now() + seconds * 1000
  await Promise.all(
    readers.map(async (headers, reader) => {
      // not all at the same address at the same time
      for (let turn = reader; turn === reader || performance.now() < until; turn++) {
        const at = turn % paths.length
        const began = performance.now()
        bytes[at] = await ask(agents[reader] as Agent, origin, paths[at] as string, headers)
        milliseconds[at]?.push(performance.now() - began)
      }
    }),
  )
  for (const agent of agents) agent.destroy()
  return { milliseconds, bytes, seconds }
}

if (import.meta.main) {
  const answer = await read(JSON.parse(process.argv[2] ?? '{}') as ReadOrder)
  process.send?.(answer, () => process.disconnect())
}
