/** `npm run bench`: measures, prints one table and writes it as JSON. docs/performance.md says what each line means. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { readBenchOptions } from './bench-options.ts'
import { startBenchServer } from './bench-server.ts'
import { describeMachine } from './describe-machine.ts'
import type { Finding } from './finding.ts'
import { benchLines } from './lines.ts'
import { closeCommunities } from './prepared-community.ts'
import { renderTable } from './print-table.ts'

const options = readBenchOptions(process.argv.slice(2), new Date())
await mkdir(options.folder, { recursive: true })
// the database's user passes through
await chmod(options.folder, 0o711)
const server = await startBenchServer(options.folder)
const findings: Finding[] = []
try {
  for (const line of options.only) {
    const began = performance.now()
    process.stderr.write(`${line} …\n`)
    try {
      findings.push(...(await benchLines[line](server, options)))
    } catch (error) {
      // the other lines are worth having
      process.stderr.write(`${line} failed: ${(error as Error).stack}\n`)
      process.exitCode = 1
    }
    process.stderr.write(`${line}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
  }
} finally {
  await closeCommunities()
  await server.stop()
  if (!options.isKept) await rm(options.folder, { recursive: true, force: true })
}
process.stdout.write(renderTable(findings))
if (options.resultFile) {
  const machine = await describeMachine(server.version)
  const { seed, sizes } = options
  await writeFile(options.resultFile, `${JSON.stringify({ machine, seed, sizes, findings }, null, 2)}\n`)
}
