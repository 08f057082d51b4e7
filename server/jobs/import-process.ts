/**
 * Checks or runs one import in a process of its own: reading is hard work for the processor, and neither the pages nor the server's
 * memory shall feel it. Told what to do by its parent's first message; it stops when the parent says so or is gone, and lets go of
 * the import, which is then taken up again from its stored batches.
 */
import { once } from 'node:events'
import { openDatabase } from '../store/connection.ts'
import { type ImportOrder, runImportStep } from './import-step.ts'

let reason: string | null = null
const [order] = (await once(process, 'message')) as [ImportOrder & { databaseUrl: string }]
process.once('disconnect', () => {
  reason = 'The server has ended.'
})
process.once('message', () => {
  reason = 'The server ends.'
})
const db = openDatabase(order.databaseUrl, 3)
await runImportStep(
  db,
  order,
  () => new Date(),
  () => reason,
)
await db.close()
process.exit(0)
