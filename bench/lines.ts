import type { BenchOptions, LineName } from './bench-options.ts'
import type { BenchServer } from './bench-server.ts'
import type { Finding } from './finding.ts'
import { benchIngest } from './lines/ingest.ts'

export const benchLines: Record<LineName, (server: BenchServer, options: BenchOptions) => Promise<Finding[]>> = {
  ingest: benchIngest,
} as never
