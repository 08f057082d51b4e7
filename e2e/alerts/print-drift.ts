import { simulateVerdictDrift } from './verdict-drift.ts'

// How often the verdict that stands drifts where nothing changes, beside `npm run validate:alerts`, for which it is too slow: every month end of every
// community is drawn anew. `node e2e/alerts/print-drift.ts 60` takes two minutes.
const MOST_A_YEAR = 0.5
const rows = simulateVerdictDrift({ communities: Number(process.argv[2] ?? 12) })
console.log('| community that stays what it is | false alarms a year | years |')
console.log('|---|---|---|')
for (const { kind, a_year, standard_error, years } of rows)
  console.log(`| ${kind} | ${a_year.toFixed(3)} (${standard_error.toFixed(3)}) | ${years} |`)
if (rows.some(({ a_year }) => a_year > MOST_A_YEAR)) process.exitCode = 1
