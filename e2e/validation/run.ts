// npm run validate: the verdict over communities of which is known what they are. Writes docs/validation.md when all of them were asked.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { RULES_VERSION } from '../../server/diagnosis/thresholds.ts'
import { startOrJoinEmbedded } from '../../server/store/embedded-postgres.ts'
import { throwawaySettings } from '../../server/store/embedded-settings.ts'
import { keepSection } from '../alerts/write-section.ts'
import { findFailures } from './criteria.ts'
import type { SetName } from './evaluation.ts'
import { choose } from './labelled-communities.ts'
import { HELD_OUT_LOOKS } from './held-out.ts'
import { renderReport } from './render-report.ts'
import { runWorkers } from './run-workers.ts'
import { tally } from './tally.ts'
import { readValidationOptions } from './validation-options.ts'

const options = readValidationOptions(process.argv.slice(2))
/** Each has a database of its own: a refresh holds the statistics of its tables until it is done. */
const PROCESSES = 2
/** npm run validate:alerts writes a part of it. */
const DOCUMENT = join(import.meta.dirname, '../../docs/validation.md')

// interrupted, it still stops its server
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

const folder = await mkdtemp(join(tmpdir(), 'barnraise-validation-'))
// the database's user passes through
await chmod(folder, 0o711)
const server = await startOrJoinEmbedded(join(folder, 'data'), { settings: throwawaySettings })
try {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const names = Array.from({ length: PROCESSES }, (_, i) => `validation_${i}`)
  for (const name of names) await client.query(`create database ${name}`)
  await client.end()

  const chosen = choose(options)
  const began = performance.now()
  const histories = await runWorkers(
    names.map((name) => server.url.replace(/[^/]+$/, name)),
    chosen,
    ({ history, seconds }, done) => process.stderr.write(`${done} of ${chosen.length}: ${history.title} (${seconds.toFixed(1)} s)\n`),
    stopping.signal,
  )
  process.stderr.write(`evaluated in ${((performance.now() - began) / 1000).toFixed(0)} s\n`)

  const sets: SetName[] = ['tuning', 'held_out', 'archive']
  const results = sets
    .filter((set) => histories.some((history) => history.set === set))
    .map((set) => {
      const result = tally(set, histories)
      return { tally: result, failures: findFailures(result) }
    })
  const report = renderReport(results, { rulesVersion: RULES_VERSION, looks: HELD_OUT_LOOKS })
  process.stdout.write(report)
  if (options.jsonFile) await writeFile(options.jsonFile, `${JSON.stringify({ results, histories }, null, 2)}\n`)
  if (!options.isQuick && options.only === null && options.matching === null)
    await writeFile(DOCUMENT, keepSection(await readFile(DOCUMENT, 'utf8'), report))
  for (const { tally: one, failures } of results) for (const line of failures) process.stderr.write(`${one.set}: ${line}\n`)
  process.exitCode = results.length > 0 && results.every(({ failures }) => failures.length === 0) ? 0 : 1
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
