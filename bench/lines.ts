import type { BenchOptions, LineName } from './bench-options.ts'
import type { BenchServer } from './bench-server.ts'
import type { Finding } from './finding.ts'
import { benchBrowser } from './lines/browser.ts'
import { benchDirection } from './lines/direction.ts'
import { benchImporters } from './lines/importers.ts'
import { benchIngest } from './lines/ingest.ts'
import { benchRead } from './lines/read.ts'
import { benchRebuild } from './lines/rebuild.ts'
import { benchRefresh } from './lines/refresh.ts'
import { benchStart } from './lines/start.ts'
import { benchSupport } from './lines/support.ts'

export const benchLines: Record<LineName, (server: BenchServer, options: BenchOptions) => Promise<Finding[]>> = {
  ingest: benchIngest,
  importers: benchImporters,
  refresh: benchRefresh,
  read: benchRead,
  rebuild: benchRebuild,
  support: benchSupport,
  direction: benchDirection,
  browser: benchBrowser,
  start: benchStart,
}
