import { DECLINING, STEADY } from './kinds.ts'
import { simulate } from './simulate.ts'

// Prints the tables of docs/direction.md. `npm run direction -- 400` for another number of communities.
const communities = Number(process.argv[2] ?? 200)
const run = { communities, watched: 104, seed: 1 }

console.log(
  `| steady kind (${communities} communities, two years each) | notices a community-year | share of the time "declining" | design |`,
)
console.log('|---|---|---|---|')
for (const kind of STEADY) {
  const { notices_a_year, share_standing } = simulate(kind, run)
  console.log(`| ${kind.name} | ${notices_a_year.toFixed(2)} | ${Math.round(share_standing * 100)} % | ${kind.design} |`)
}
console.log('\n| decline | median weeks to notice | noticed within two years | design |')
console.log('|---|---|---|---|')
for (const kind of DECLINING) {
  const { weeks_to_notice, share_noticed } = simulate(kind, run)
  console.log(`| ${kind.name} | ${weeks_to_notice ?? 'never'} | ${Math.round(share_noticed * 100)} % | ${kind.design} |`)
}
