/** Senders of events, in a process of their own so that they do not share the server's thread: `send-events.ts <json order>`. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Agent, request } from 'node:http'

export type SendOrder = { url: string; key: string; file: string } & (
  | { how: 'stream' }
  | { how: 'batches'; senders: number; batchEvents: number }
)
/** As told by the server. */
export type SendAnswer = { accepted: number; seconds: number }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

type Counts = { accepted: number; duplicate: number; rejected: number; conflict: number }

const post = (order: SendOrder, contentType: string, body: Buffer | NodeJS.ReadableStream): Promise<Counts> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${order.key}`,
      'content-type': contentType,
      ...(Buffer.isBuffer(body) ? { 'content-length': body.length } : {}),
    }
    const sent = request(order.url, { method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve(JSON.parse(text) as Counts)
        else reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    sent.on('error', reject)
    if (Buffer.isBuffer(body)) sent.end(body)
    else body.pipe(sent)
  })

/** The bodies are made before the clock starts: the sender's own work is not measured. */
const readBodies = async (file: string, batchEvents: number): Promise<Buffer[]> => {
  const bodies: Buffer[] = []
  let lines: string[] = []
  const close = () => {
    if (lines.length > 0) bodies.push(Buffer.from(`{"events":[${lines.join(',')}]}`))
    lines = []
  }
  const handle = await open(file)
  for await (const line of handle.readLines()) if (lines.push(line) === batchEvents) close()
  close()
  return bodies
}

const send = async (order: SendOrder): Promise<SendAnswer> => {
  if (order.how === 'stream') {
    const began = performance.now()
    const { accepted } = await post(order, 'application/x-ndjson', createReadStream(order.file, { highWaterMark: 256 * 1024 }))
    return { accepted, seconds: (performance.now() - began) / 1000 }
  }
  const bodies = await readBodies(order.file, order.batchEvents)
  let accepted = 0
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: order.senders }, async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        const counts = await post(order, 'application/json', body)
        accepted += counts.accepted
      }
    }),
  )
  return { accepted, seconds: (performance.now() - began) / 1000 }
}

if (import.meta.main) {
  const answer = await send(JSON.parse(process.argv[2] ?? '{}') as SendOrder)
  agent.destroy()
  process.send?.(answer, () => process.disconnect())
}
