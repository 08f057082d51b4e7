import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  type Entries,
  type Exits,
  fitSurvivalOfCounts,
  type SurvivalCurve,
  survivalQuantile,
  survivalQuantileInterval,
} from '../../server/metrics/statistics/kaplan-meier.ts'

/**
 * Survival curves of random samples beside R's, to the digit: `node e2e/agreement/retention.ts`. Needs Rscript with survival.
 * What the curves are made of is compared from events by run.ts; this holds the arithmetic, left truncation above all.
 */

const SAMPLES = 600
/** Ends in the ninth digit would be rounding; nothing else may differ. */
const TOLERANCE = 1e-9

type Person = { entry: number; exit: number; is_event: number }

const person = fc
  .tuple(fc.constantFrom(-1, -1, 0, 3, 7, 30), fc.integer({ min: 0, max: 60 }), fc.boolean())
  .map(([entry, stay, isEvent]): Person => ({ entry, exit: entry === -1 ? stay : entry + 1 + stay, is_event: isEvent ? 1 : 0 }))
const truncated = fc.array(person, { minLength: 2, maxLength: 80, size: 'max' })
const samples = fc.sample(
  fc.oneof(
    truncated,
    truncated.map((people) => people.map((p) => ({ ...p, entry: -1 }))),
  ),
  { numRuns: SAMPLES, seed: 20240229 },
)

const countsOf = (people: Person[]): [Exits[], Entries[]] => {
  const rising = (times: number[]) => [...new Set(times)].toSorted((a, b) => a - b)
  const exits = rising(people.map((p) => p.exit)).map((time) => {
    const ending = people.filter((p) => p.exit === time)
    const event_count = ending.filter((p) => p.is_event === 1).length
    return { time, event_count, censored_count: ending.length - event_count }
  })
  const late = people.filter((p) => p.entry >= 0)
  return [exits, rising(late.map((p) => p.entry)).map((time) => ({ time, count: late.filter((p) => p.entry === time).length }))]
}

const readTable = (path: string): Record<string, string>[] => {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const names = (head ?? '').split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell.trim()])))
}
const numberOf = (text: string | undefined) => (text === undefined || ['NA', 'NaN'].includes(text) ? null : Number(text))
const isEqual = (ours: number | null, theirs: number | null) =>
  ours === null || theirs === null ? ours === theirs : Math.abs(ours - theirs) <= TOLERANCE * Math.max(1, Math.abs(theirs))

const findDifferences = (
  sample: number,
  curve: SurvivalCurve,
  steps: Record<string, string>[],
  median: Record<string, string>,
): string[] => {
  const differences: string[] = []
  const compare = (what: string, ours: number | null, theirs: string | undefined) => {
    if (!isEqual(ours, numberOf(theirs))) differences.push(`sample ${sample}, ${what}: ${ours}, R ${theirs}`)
  }
  compare('steps', curve.steps.length, String(steps.length))
  for (const [i, step] of curve.steps.entries()) {
    compare(`step ${i} time`, step.time, steps[i]?.time)
    compare(`step ${i} at risk`, step.at_risk, steps[i]?.at_risk)
    compare(`step ${i} events`, step.event_count, steps[i]?.event_count)
    compare(`step ${i} survival`, step.survival, steps[i]?.survival)
    // R draws a band of 0 width where the curve is 0
    if (step.survival > 0) {
      compare(`step ${i} low`, step.low, steps[i]?.low)
      compare(`step ${i} high`, step.high, steps[i]?.high)
    }
  }
  const interval = survivalQuantileInterval(curve, 0.5)
  compare('median', survivalQuantile(curve, 0.5), median.median)
  compare('median low', interval.low, median.low)
  compare('median high', interval.high, median.high)
  return differences
}

const folder = mkdtempSync(join(tmpdir(), 'barnraise-agreement-'))
try {
  const at = (name: string) => join(folder, name)
  const lines = samples.flatMap((people, sample) => people.map((p) => `${sample},${p.entry},${p.exit},${p.is_event}`))
  writeFileSync(at('samples.csv'), `sample,entry,exit,is_event\n${lines.join('\n')}\n`)
  execFileSync('Rscript', [join(import.meta.dirname, 'retention.R'), at('samples.csv'), at('steps.csv'), at('medians.csv')])
  const steps = Map.groupBy(readTable(at('steps.csv')), (row) => row.sample)
  const medians = new Map(readTable(at('medians.csv')).map((row) => [row.sample, row]))
  const differences = samples.flatMap((people, sample) =>
    findDifferences(sample, fitSurvivalOfCounts(...countsOf(people)), steps.get(String(sample)) ?? [], medians.get(String(sample)) ?? {}),
  )
  const count = [...steps.values()].reduce((sum, rows) => sum + rows.length, 0)
  for (const difference of differences.slice(0, 20)) console.error(difference)
  console.log(`${samples.length} samples, ${count} steps compared with R survival: ${differences.length} differences`)
  process.exitCode = differences.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
}
