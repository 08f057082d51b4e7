// npm test: every check and every test, in one command. Runs all of them and names those that failed; the last line counts.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

const run = (command: string, args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', command), ...args], { cwd: root, stdio: 'inherit' })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })

type Outcome = { name: string; isPassed: boolean; seconds: number }
const outcomes: Outcome[] = []

const step = async (name: string, work: () => Promise<boolean>): Promise<void> => {
  console.log(`\n== ${name}`)
  const began = performance.now()
  const isPassed = await work()
  outcomes.push({ name, isPassed, seconds: (performance.now() - began) / 1000 })
}

const folder = await mkdtemp(join(tmpdir(), 'barnraise-results-'))
const resultFile = join(folder, 'vitest.json')

await step('form and lint (biome)', () => run('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=50']))
await step('types (tsc)', () => run('typescript/bin/tsc', ['--noEmit', '-p', '.']))
await step('dead code (knip)', () => run('knip/bin/knip.js', []))
await step('tests (vitest)', () =>
  run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`]),
)

type VitestResult = { numPassedTests: number; numFailedTests: number; numTotalTests: number; success: boolean }
const result = await readFile(resultFile, 'utf8').then(
  (text) => JSON.parse(text) as VitestResult,
  () => undefined,
)
await rm(folder, { recursive: true })

console.log()
for (const { name, isPassed, seconds } of outcomes) console.log(`${isPassed ? 'passed' : 'FAILED'}  ${name}  ${seconds.toFixed(1)} s`)
const checks = outcomes.slice(0, -1)
const failedChecks = checks.filter(({ isPassed }) => !isPassed).length
// a test file that could not be loaded fails the run without a failed test: it counts as one
const failedTests = result ? result.numFailedTests || (result.success ? 0 : 1) : 1
console.log(`\n${(result?.numPassedTests ?? 0) + checks.length - failedChecks} passed, ${failedTests + failedChecks} failed`)
process.exitCode = outcomes.every(({ isPassed }) => isPassed) ? 0 : 1
