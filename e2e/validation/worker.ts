// A process of its own for the validation: takes the numbers of communities, and gives back their histories.
import { openDatabase } from '../../server/store/connection.ts'
import { migrate } from '../../server/store/migrate.ts'
import { evaluateCommunity } from './evaluate-community.ts'
import type { History } from './evaluation.ts'
import { type Chosen, labelledCommunities, NOW } from './labelled-communities.ts'

export type WorkerOrder = { url: string }
export type WorkerAnswer = { chosen: Chosen; history: History; seconds: number }

const { url } = JSON.parse(process.argv[2] as string) as WorkerOrder
await migrate(url)
const db = openDatabase(url)
const all = labelledCommunities()
process.on('message', async (chosen: Chosen | 'end') => {
  if (chosen === 'end') {
    await db.close()
    process.disconnect()
    return
  }
  const began = performance.now()
  const history = await evaluateCommunity(db, all[chosen] as (typeof all)[number], `v${chosen}`, NOW)
  process.send?.({ chosen, history, seconds: (performance.now() - began) / 1000 } satisfies WorkerAnswer)
})
process.send?.('ready')
