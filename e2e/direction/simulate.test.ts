import { expect, it } from 'vitest'
import { DECLINING, STEADY } from './kinds.ts'
import { simulate } from './simulate.ts'

const kind = (all: typeof STEADY, name: string) => all.find((one) => one.name === name) as (typeof STEADY)[number]
const run = { communities: 30, watched: 104, seed: 7 }

it('seldom alarms steady communities, and notices halving within two months', () => {
  expect(simulate(kind(STEADY, 'Poisson, 8 a week'), run).notices_a_year).toBeLessThan(0.2)
  expect(simulate(kind(STEADY, 'growth by half, then a plateau'), run).notices_a_year).toBeLessThan(0.2)
  expect(simulate(kind(DECLINING, 'halving, all series: Poisson'), run).weeks_to_notice).toBeLessThanOrEqual(8)
})
