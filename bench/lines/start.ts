/** Cold start with data there, to the first answer; and what a browser must load before the dashboard runs. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import type { Finding } from '../finding.ts'

const TARGET_BYTES = 250_000
const ASK_EVERY_MS = 20
const TIMES = 3
const root = join(import.meta.dirname, '../..')
const dist = join(root, 'web/dist')

export const benchStart = async (_server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  // the demonstration is loaded on the very first start, which is not measured
  const dataDir = join(options.folder, 'start')
  await startOnce(dataDir, true)
  const seconds: number[] = []
  for (let time = 0; time < TIMES; time++) seconds.push(await startOnce(dataDir, false))
  const bytes = await firstLoadBytes()
  return [
    {
      line: 'start',
      what: `npm start with data there, to the first answer of /readyz, best of ${TIMES}`,
      size: null,
      value: Math.min(...seconds),
      unit: 's',
    },
    {
      line: 'start',
      what: 'JavaScript of the first load, gzip',
      size: null,
      value: bytes / 1000,
      unit: 'kB',
      target: `under ${TARGET_BYTES / 1000} kB`,
      is_met: bytes < TARGET_BYTES,
    },
  ]
}

/** Starts the program with its own embedded database, waits until it is ready, stops it; seconds to ready. */
const startOnce = async (dataDir: string, isFirst: boolean): Promise<number> => {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'error', DATABASE_URL: '' }
  const began = performance.now()
  const child = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'], detached: true })
  const ended = once(child, 'exit')
  try {
    const patience = isFirst ? 300_000 : 60_000
    while (performance.now() - began < patience) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
      if (answer?.ok) return (performance.now() - began) / 1000
      if (child.exitCode !== null) throw new Error('npm start ended before it was ready')
      await wait(ASK_EVERY_MS)
    }
    throw new Error('npm start was not ready in time')
  } finally {
    // npm and the program under it
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The scripts that index.html names and what those import statically, each compressed by itself; 0 when nothing is built. */
export const firstLoadBytes = async (folder = dist): Promise<number> => {
  if (!existsSync(join(folder, 'index.html'))) return 0
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const files = new Set([...page.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1] as string))
  let bytes = 0
  // a set grows while it is walked
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8')
    bytes += gzipSync(text).length
    for (const match of text.matchAll(/(?:import|from)\s*["']\.\/([^"']+\.js)["']/g)) files.add(join(file, '..', match[1] as string))
  }
  return bytes
}
