// npm run validate:alerts: how often each alert is false and how soon it comes, by simulation, and what it would have told of real histories.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { StatedRule } from '../../server/alerts/state-rate.ts'
import { RULES_VERSION } from '../../server/diagnosis/thresholds.ts'
import { FRONTIER } from './frontier.ts'
import { measureRates } from './measure-rates.ts'
import { renderAlerts } from './render-alerts.ts'
import { replayArchives } from './replay-archives.ts'
import type { SimulatedRule } from './simulated-kind.ts'
import { SIMULATED_RULES } from './simulated-rules.ts'
import { QUICK, QUICK_ERRORS, validateRule } from './validate-rules.ts'
import { withSection } from './write-section.ts'

const { values } = parseArgs({
  options: {
    // few histories, no archives, and nothing written
    quick: { type: 'boolean', default: false },
    // docs/validation.md and the rates that are stated to people; or one of them alone
    write: { type: 'boolean', default: false },
    tables: { type: 'boolean', default: false },
    rates: { type: 'boolean', default: false },
    seed: { type: 'string', default: '2026' },
    communities: { type: 'string' },
    only: { type: 'string' },
  },
})
const root = join(import.meta.dirname, '../..')
const seed = Number(values.seed)
const communities = Number(values.communities ?? (values.quick ? QUICK : 400))
const began = performance.now()
const log = (text: string) => process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s: ${text}\n`)

/** A decline is what all this is for; of the others fewer do, and of those watched for longer or slow to live through fewer still. */
const historiesOf = ({ rule, watched, isSlow }: SimulatedRule) =>
  Math.ceil(rule === 'decline' ? communities : ((communities * 52 * 0.75) / watched) * (isSlow ? 0.4 : 1))
const chosen = SIMULATED_RULES.filter(({ rule, isSlow }) => (values.only === undefined ? !(values.quick && isSlow) : values.only === rule))
const rules = values.rates
  ? []
  : chosen.map((of) => {
      const validated = validateRule(of, { communities: historiesOf(of), seed }, values.quick ? QUICK_ERRORS : 0)
      log(`${of.rule}: ${validated.failures.length === 0 ? 'passes' : 'fails'}`)
      return validated
    })
const isWhole = !values.quick && !values.rates && values.only === undefined
if (!values.rates) {
  const replayed = isWhole ? await replayArchives() : []
  const text = renderAlerts(rules, { replayed, more: FRONTIER, rulesVersion: RULES_VERSION })
  process.stdout.write(`${text}\n`)
  if ((values.write || values.tables) && isWhole) {
    const file = join(root, 'docs/validation.md')
    await writeFile(file, withSection(await readFile(file, 'utf8'), text))
  }
}
if (values.rates || (values.write && isWhole)) {
  const file = join(root, 'server/alerts/stated-rates.json')
  const stated = new Map((JSON.parse(await readFile(file, 'utf8')) as StatedRule[]).map((one) => [one.rule, one]))
  for (const of of chosen) {
    // other communities than those of the tables; at nine strictnesses fewer
    const share = of.isWithoutLimits ? 1 : of.rule === 'decline' ? 0.4 : 0.7
    stated.set(of.rule, measureRates(of, { communities: Math.ceil(historiesOf(of) * share), seed: seed + 1 }))
    log(`${of.rule}: rates of its strictnesses`)
  }
  const inOrder = SIMULATED_RULES.flatMap(({ rule }) => stated.get(rule) ?? [])
  await writeFile(file, `${JSON.stringify(inOrder, null, 2)}\n`)
}
const failures = rules.flatMap((one) => one.failures)
for (const failure of failures) process.stderr.write(`${failure}\n`)
process.exitCode = failures.length === 0 && chosen.length > 0 ? 0 : 1
