/** `node bench/load.ts <folder> <size> [seed] [end day]`: a database with that many made-up events, not refreshed, to measure against. */
import { makeEventFiles } from './event-files.ts'
import { startBenchServer } from './bench-server.ts'
import { loadEvents } from './load-events.ts'

const [folder, size, seed = '1', end = '2026-11-23'] = process.argv.slice(2)
if (!folder || !size) throw new Error('node bench/load.ts <folder> <size> [seed] [end day]')
const files = await makeEventFiles({ folder, size: Number(size), seed: Number(seed), endAt: new Date(`${end}T00:00:00Z`) })
console.log(files)
const server = await startBenchServer(folder)
const db = await server.open(`bench_${size}`)
const began = performance.now()
await loadEvents(db, files, new Date())
console.log(`loaded in ${((performance.now() - began) / 1000).toFixed(0)} s: ${db.url}`)
await db.close()
await server.stop()
