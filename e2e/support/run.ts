/** The figures of docs/support.md: `node e2e/support/run.ts`, some minutes. The same figures on every machine. */
import type { VerdictName } from '../../shared/contract/verdict.ts'
import { decide } from '../../server/diagnosis/decide.ts'
import { cellsOfThreads } from '../../server/diagnosis/example-cells.ts'
import { countWindow, type ExampleThread } from '../../server/diagnosis/example-windows.ts'
import { factsOfCells } from '../../server/diagnosis/facts-of-cells.ts'
import { prepareDraws } from '../../server/diagnosis/prepare-draws.ts'
import { type RandomIndex, randomIndexOf } from '../../server/diagnosis/random-index.ts'
import { resample, TIMES } from '../../server/diagnosis/resample.ts'
import { THRESHOLDS } from '../../server/diagnosis/thresholds.ts'
import type { WindowFacts } from '../../server/diagnosis/window-facts.ts'
import { makeThreads, mixtureAtRandom, PURE_TYPES } from './made-up-windows.ts'

const CLEAR = THRESHOLDS.support_clear.value / 100
const percent = (share: number, decimals = 0) => `${(100 * share).toFixed(decimals)} %`
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const print = (line = '') => process.stdout.write(`${line}\n`)

/** Windows as though they held enough, so that small ones can be asked what they would read as. */
const windowOf = (threads: readonly ExampleThread[]) => {
  const cells = cellsOfThreads(threads)
  const counted: WindowFacts = { ...countWindow(threads), ...factsOfCells(cells) }
  const thresholds = { ...counted.house.thresholds, enough_contributions: 0, enough_people: 0 }
  const facts = { ...counted, house: { ...counted.house, thresholds } }
  return { cells, facts, verdict: decide(facts) }
}
type Asked = ReturnType<typeof windowOf>
const shareOf = (found: readonly { verdict: VerdictName; count: number }[], verdict: VerdictName, times: number) =>
  (found.find((one) => one.verdict === verdict)?.count ?? 0) / times
const supportOf = ({ cells, facts, verdict }: Asked, seed = 'support', times = TIMES) =>
  shareOf(resample(cells, facts, { seed, times }).found, verdict, times)

/** Draws by any rule of how often each thread counts. */
const drawBy = ({ cells, facts, verdict }: Asked, times: number, weigh: (weights: Int32Array) => void): number => {
  const { draw, groupCount } = prepareDraws(cells, facts)
  const weights = new Int32Array(groupCount)
  let agreed = 0
  for (let i = 0; i < times; i++) {
    weigh(weights)
    if (decide(draw(weights)) === verdict) agreed++
  }
  return agreed / times
}
const multinomial = (random: RandomIndex) => (weights: Int32Array) => {
  weights.fill(0)
  for (let i = 0; i < weights.length; i++) {
    const chosen = random(weights.length)
    weights[chosen] = (weights[chosen] as number) + 1
  }
}
const poisson = (random: RandomIndex) => (weights: Int32Array) => {
  for (let i = 0; i < weights.length; i++) {
    let count = 0
    for (let product = random(2 ** 31) / 2 ** 31; product > Math.exp(-1); product *= random(2 ** 31) / 2 ** 31) count++
    weights[i] = count
  }
}

const calibrate = () => {
  const windows = 200
  print(`## Pure types: the right verdict, and called clear (${windows} windows each)\n`)
  print(`| contributions | ${PURE_TYPES.map(([name]) => name.replace('_', ' ')).join(' | ')} | all |`)
  print(`|---|${PURE_TYPES.map(() => '---').join('|')}|---|`)
  for (const size of [15, 20, 30, 60, 120]) {
    const shares = PURE_TYPES.map(([name, mixture]) => {
      const random = randomIndexOf(`calibrate ${name} ${size}`)
      let clear = 0
      for (let i = 0; i < windows; i++) {
        const asked = windowOf(makeThreads(mixture, size, random))
        if (asked.verdict === name && supportOf(asked) >= CLEAR) clear++
      }
      return clear / windows
    })
    print(`| ${size} | ${shares.map((share) => percent(share)).join(' | ')} | ${percent(mean(shares))} |`)
  }
  print()
}

/** What support promises: that another window of the same kind would read the same. */
const againstAnother = () => {
  const windows = 3000
  const bins = [0, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01]
  print(
    `## Does another window of the same community read the same? (${windows} windows of 30 to 300 contributions, anything between two pure types)\n`,
  )
  print('| support | windows | the other reads the same |')
  print('|---|---|---|')
  const random = randomIndexOf('another')
  const seen = Array.from({ length: windows }, () => {
    const mixture = mixtureAtRandom(random)
    const size = 30 + random(271)
    const asked = windowOf(makeThreads(mixture, size, random))
    return { support: supportOf(asked), isSame: windowOf(makeThreads(mixture, size, random)).verdict === asked.verdict }
  })
  for (const [i, low] of bins.slice(0, -1).entries()) {
    const high = bins[i + 1] as number
    const some = seen.filter(({ support }) => support >= low && support < high)
    const share = mean(some.map(({ isSame }) => (isSame ? 1 : 0)))
    print(`| ${percent(low)} to ${percent(Math.min(1, high))} | ${some.length} | ${some.length ? percent(share) : ''} |`)
  }
  print()
}

const MANY = 40_000
/** Windows in which the draws disagree, so that there is something to be wrong about. */
const doubtful = (threadCount: number, count: number): Asked[] => {
  const random = randomIndexOf(`doubtful ${threadCount}`)
  const found: Asked[] = []
  while (found.length < count) {
    const threads = makeThreads(mixtureAtRandom(random), threadCount * 4, random).slice(0, threadCount)
    const asked = windowOf(threads)
    const share = supportOf(asked, 'doubtful', 200)
    if (threads.length === threadCount && share > 0.4 && share < 0.95) found.push(asked)
  }
  return found
}

const multinomialAndPoisson = () => {
  print('## How often each thread counts: multinomial or Poisson\n')
  print(
    `| threads | windows | systematic: Poisson − multinomial, ${MANY.toLocaleString('en')} draws of each: mean, largest | chance: SD of ${TIMES.toLocaleString('en')} draws, multinomial | Poisson |`,
  )
  print('|---|---|---|---|---|')
  for (const [threadCount, count] of [
    [7, 12],
    [12, 12],
    [40, 12],
    [200, 6],
  ] as const) {
    const windows = doubtful(threadCount, count)
    const random = randomIndexOf(`compare ${threadCount}`)
    const differences = windows.map((asked) => drawBy(asked, MANY, poisson(random)) - drawBy(asked, MANY, multinomial(random)))
    const spread = (weigh: (weights: Int32Array) => void) =>
      Math.sqrt(
        mean(
          windows.slice(0, 4).map((asked) => {
            const shares = Array.from({ length: 25 }, () => drawBy(asked, TIMES, weigh))
            return mean(shares.map((share) => (share - mean(shares)) ** 2)) * (25 / 24)
          }),
        ),
      )
    const largest = differences.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0)
    const [m, p] = [spread(multinomial(random)), spread(poisson(random))]
    print(`| ${threadCount} | ${count} | ${percent(mean(differences), 1)}, ${percent(largest, 1)} | ${percent(m, 1)} | ${percent(p, 1)} |`)
  }
  print()
}

/** More threads than are drawn one by one. */
const groups = () => {
  print('## Groups of threads: 2,000 groups against threads one by one\n')
  print(`| threads | windows | difference of ${(4 * TIMES).toLocaleString('en')} draws of each: mean, largest |`)
  print('|---|---|---|')
  for (const threadCount of [3000, 10_000]) {
    const random = randomIndexOf(`groups ${threadCount}`)
    const differences = Array.from({ length: 6 }, (_, i) => {
      // a little past half news, by half a standard error to one and a half
      const newsCount = Math.round(threadCount / 2 + Math.sqrt(threadCount) * (0.25 + i / 10))
      const threads = Array.from(
        { length: threadCount },
        (_, t): ExampleThread => ({ kind: t < newsCount ? 'announcement' : 'post', by: `member ${random(50)}` }),
      )
      const asked = windowOf(threads)
      const grouped = mean([1, 2, 3, 4].map((seed) => supportOf(asked, `groups ${seed}`)))
      return grouped - drawBy(asked, 4 * TIMES, multinomial(random))
    })
    const largest = differences.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0)
    print(`| ${threadCount.toLocaleString('en')} | ${differences.length} | ${percent(mean(differences), 1)}, ${percent(largest, 1)} |`)
  }
  print()
}

calibrate()
againstAnother()
multinomialAndPoisson()
groups()
