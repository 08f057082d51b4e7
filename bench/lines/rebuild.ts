/** Everything from the events, beside DuckDB and a script with pandas and networkx computing the same numbers from the same file. */
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import { timeDuckdb } from '../duckdb-same-numbers.ts'
import type { Finding } from '../finding.ts'
import { prepareCommunity } from '../prepared-community.ts'
import { timePandas } from '../run-pandas.ts'

const TARGET_DUCKDB = 4
const TARGET_PANDAS = 1 / 10
/** The script takes minutes a million, and the file and its tables lie in memory (our judgement). */
const MAX_PANDAS_EVENTS = 2_000_000

export const benchRebuild = async (server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const size of options.sizes.slice(-2)) {
    const { files, rebuildSeconds, phases } = await prepareCommunity(server, options, size)
    const duckdb = await timeDuckdb(files.ndjson)
    const pandas = files.eventCount > MAX_PANDAS_EVENTS ? null : await timePandas(files.ndjson)
    const detail = Object.entries(phases)
      .map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`)
      .join(', ')
    const finding = { line: 'rebuild', size: files.eventCount, unit: 's' } as const
    findings.push(
      {
        ...finding,
        what: 'everything from the events',
        value: rebuildSeconds,
        ratio: rebuildSeconds / duckdb.seconds,
        ratio_to: 'DuckDB',
        target: `at most ${TARGET_DUCKDB} × DuckDB`,
        is_met: rebuildSeconds <= TARGET_DUCKDB * duckdb.seconds,
        detail,
      },
      {
        ...finding,
        what: 'DuckDB, the same numbers by period',
        value: duckdb.seconds,
        detail: `${duckdb.number_count.toLocaleString('en')} numbers`,
      },
    )
    if (pandas === null)
      findings.push({
        ...finding,
        what: `pandas and networkx: ${files.eventCount > MAX_PANDAS_EVENTS ? 'too many events for it' : 'not installed'}`,
        value: null,
      })
    else
      findings.push({
        ...finding,
        what: 'pandas and networkx, the same numbers by period',
        value: pandas.seconds,
        ratio: rebuildSeconds / pandas.seconds,
        ratio_to: 'pandas (everything from the events)',
        target: `at most ${TARGET_PANDAS} of pandas`,
        is_met: rebuildSeconds <= TARGET_PANDAS * pandas.seconds,
        detail: `${pandas.number_count.toLocaleString('en')} numbers`,
      })
  }
  return findings
}
