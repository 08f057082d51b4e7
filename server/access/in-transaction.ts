/** Runs a piece of work in one transaction: all of it, or, when it throws, nothing. */
import type pg from 'pg'

export const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // a connection that cannot even roll back is not given back to the pool
    const isGone = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(isGone)
    throw error
  }
}
