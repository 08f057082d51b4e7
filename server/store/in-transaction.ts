/** A piece of work as one transaction, run again when it lost against another one. */
import type { Pool, PoolClient } from 'pg'
import { isLostRace } from './database-errors.ts'

/** A sender loses once to each other one that sends the same events; more than this means something else is wrong. */
const MAX_ATTEMPTS = 10

/** Runs `work` between begin and commit and gives its result. Nothing of it is kept when it throws; `attempt` counts from 1. */
export const inTransaction = async <T>(pool: Pool, work: (client: PoolClient, attempt: number) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query('begin')
      const result = await work(client, attempt)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      if (!isLostRace(error) || attempt === MAX_ATTEMPTS) throw error
    } finally {
      // a connection that cannot roll back is not given to the next one
      client.release(broken)
    }
  }
}
