import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Timed } from './duckdb-same-numbers.ts'

const run = promisify(execFile)
/** The Python of the system, where a distribution's packages are; elsewhere whichever is first. */
const PYTHONS = ['/usr/bin/python3', 'python3']

/** Null where there is no Python with pandas and networkx (Debian: python3-pandas python3-networkx). */
export const timePandas = async (file: string): Promise<Timed | null> => {
  for (const python of PYTHONS) {
    const has = await run(python, ['-c', 'import pandas, networkx']).then(
      () => true,
      () => false,
    )
    if (!has) continue
    const { stdout } = await run(python, [fileURLToPath(new URL('./pandas_same_numbers.py', import.meta.url)), file])
    return JSON.parse(stdout) as Timed
  }
  return null
}
