import { DECLINING, STEADY } from './kinds.ts'
import { simulate } from './simulate.ts'

// Prints the tables of docs/direction.md. `npm run direction -- 400` for another number of communities.
const communities = Number(process.argv[2] ?? 200)
const percent = (share: number) => `${Math.round(share * 100)} %`
const run = { communities, watched: 104, seed: 1 }

console.log(
  `| steady kind (${communities} communities, two years each) | notices a community-year | of the time "declining" | of the time "growing" | design |`,
)
console.log('|---|---|---|---|---|')
for (const kind of STEADY) {
  const { notices_a_year, share_declining, share_growing } = simulate(kind, run)
  console.log(`| ${kind.name} | ${notices_a_year.toFixed(2)} | ${percent(share_declining)} | ${percent(share_growing)} | ${kind.design} |`)
}
console.log('\n| decline | median weeks to notice | noticed within two years | design |')
console.log('|---|---|---|---|')
for (const kind of DECLINING) {
  const { weeks_to_notice, share_noticed } = simulate(kind, run)
  console.log(`| ${kind.name} | ${weeks_to_notice ?? 'never'} | ${percent(share_noticed)} | ${kind.design} |`)
}
