/** The yardstick: the same numbers by DuckDB, in memory, from the file of events. */
import { readFile } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'

/** Tables of results, each with as many numbers a row as it has columns besides the grain and the period (and the part). */
const RESULTS = { counts: 9, concentration: 4, host_share: 1, answered: 3, median_wait: 1, members: 3, reciprocity: 1 }

export type Timed = { seconds: number; number_count: number }

export const timeDuckdb = async (file: string): Promise<Timed> => {
  const text = await readFile(new URL('./same-numbers.sql', import.meta.url), 'utf8')
  const statements = text
    .replaceAll('$file', () => `'${file.replaceAll("'", "''")}'`)
    .replaceAll(/^--.*$/gm, '')
    .split(';')
    .filter((statement) => statement.trim() !== '')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const began = performance.now()
    for (const statement of statements) await connection.run(statement)
    const seconds = (performance.now() - began) / 1000
    let numberCount = 0
    for (const [table, width] of Object.entries(RESULTS)) {
      const answer = await connection.runAndReadAll(`select count(*)::integer from ${table}`)
      numberCount += Number(answer.getRows()[0]?.[0]) * width
    }
    return { seconds, number_count: numberCount }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
