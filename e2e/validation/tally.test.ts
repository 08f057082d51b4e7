import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VERDICTS, type VerdictName } from '../../shared/contract/verdict.ts'
import { findFailures } from './criteria.ts'
import type { Evaluation, History } from './evaluation.ts'
import { renderReport } from './render-report.ts'
import { countFlips, tally } from './tally.ts'

const month = (n: number) => `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-28`
const evaluation = (n: number, label: VerdictName | null, verdict: VerdictName, changed: Partial<Evaluation> = {}): Evaluation => ({
  at: month(n),
  verdict,
  because: 'It was counted.',
  support: 0.9,
  strength: 'clear',
  standing: verdict,
  contributions: 50,
  label,
  right: label === null ? [] : [label],
  is_counted: label !== null,
  ...changed,
})
const history = (label: VerdictName, verdicts: readonly VerdictName[], changed: Partial<History> = {}): History => ({
  setting: `${label} setting`,
  group: 'pure',
  title: label.replaceAll('_', ' '),
  is_pure: true,
  community: 'v1',
  set: 'tuning',
  evaluations: verdicts.map((verdict, n) => evaluation(n, label, verdict)),
  ...changed,
})
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item)
const fine = [history('community', times(24, 'community')), history('blog', times(24, 'blog'))]

const histories = fc.array(
  fc.record({
    setting: fc.constantFrom('a', 'b', 'c'),
    group: fc.constantFrom('pure', 'hard', 'noisy', 'mixture', 'floor'),
    title: fc.constantFrom('x', 'y'),
    is_pure: fc.boolean(),
    community: fc.uuid(),
    set: fc.constantFrom('tuning', 'held_out'),
    evaluations: fc.array(
      fc
        .record({
          label: fc.option(fc.constantFrom(...VERDICTS)),
          verdict: fc.constantFrom(...VERDICTS),
          standing: fc.option(fc.constantFrom(...VERDICTS)),
          support: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
          counts: fc.boolean(),
        })
        .map(({ label, verdict, standing, support, counts }) =>
          evaluation(0, label, verdict, { standing, support, is_counted: counts && label !== null }),
        ),
      { maxLength: 20 },
    ),
  }),
  { maxLength: 12 },
) as fc.Arbitrary<History[]>

describe('what the validation counts', () => {
  it('counts every month end once, whatever came out', () => {
    fc.assert(
      fc.property(histories, (some) => {
        const found = tally('tuning', some)
        const mine = some.filter(({ set, group }) => set === 'tuning' && group !== 'mixture' && group !== 'floor')
        const counted = mine.flatMap(({ evaluations }) => evaluations.filter((one) => one.is_counted))
        expect(found.evaluations).toBe(counted.length)
        const cells = found.confusion.flatMap((row) => VERDICTS.map((name) => row.found[name]))
        expect(cells.reduce((sum, one) => sum + one, 0)).toBe(counted.length)
        const right = counted.filter((one) => one.verdict === one.label).length
        for (const shares of [found.recall, found.precision]) {
          expect(shares.reduce((sum, { share }) => sum + (share?.k ?? 0), 0)).toBe(right)
          expect(shares.reduce((sum, { share }) => sum + (share?.n ?? 0), 0)).toBe(counted.length)
        }
        expect(found.cases.reduce((sum, row) => sum + row.right.n, 0)).toBe(counted.length)
        const supported = counted.filter(({ support }) => support !== null)
        expect(found.calibration.reduce((sum, { share }) => sum + (share?.n ?? 0), 0)).toBe(supported.length)
        const accusing = ['blog', 'newsletter', 'workgroup']
        const accused = counted.filter(
          (one) => one.label === 'community' && (accusing.includes(one.verdict) || accusing.includes(one.standing ?? '')),
        )
        expect(found.accusations).toHaveLength(accused.length)
        expect(renderReport([{ tally: found, failures: [] }], { rulesVersion: '1', looks: [] })).not.toMatch(/NaN|undefined|Infinity/)
      }),
    )
  })

  it('counts a change as a flip only while what it is stays the same', () => {
    const read = (one: Evaluation) => one.verdict
    const flips = (evaluations: Evaluation[]) => countFlips([history('community', [], { evaluations })], read)
    const steady = times(13, 0).map((_, n) => evaluation(n, 'community', 'community'))
    expect(flips(steady)).toEqual({ flips: 0, years: 1, communities: 1, flipping: 0 })
    expect(flips(steady.with(5, evaluation(5, 'community', 'mixed')))).toMatchObject({ flips: 2, years: 1, flipping: 1 })
    // it went quiet, and nobody could say in between
    const quiet = [
      evaluation(0, 'community', 'community'),
      evaluation(1, null, 'community'),
      evaluation(2, 'dormant', 'dormant'),
      evaluation(3, 'dormant', 'dormant'),
    ]
    expect(flips(quiet)).toMatchObject({ flips: 0, years: 1 / 12 })
    // a first verdict where nothing could be said takes nothing back; to say nothing after it does
    const little = evaluation(1, 'community', 'too_little_data')
    expect(flips([little, ...steady])).toMatchObject({ flips: 0 })
    expect(flips([...steady, little])).toMatchObject({ flips: 1 })
    // before the first month end that counts there is nothing to flip from
    const warmingUp = evaluation(0, 'community', 'too_little_data', { is_counted: false })
    expect(flips([warmingUp, ...steady])).toMatchObject({ flips: 0, years: 1 })
  })
})

describe('what the validation is held to', () => {
  it('passes what is right', () => {
    expect(findFailures(tally('tuning', fine))).toEqual([])
  })

  it('fails a pure type that is right at under nine in ten month ends, and not at nine', () => {
    const blogs = (right: number) => [
      fine[0] as History,
      history('blog', [...times(right, 'blog' as const), ...times(20 - right, 'mixed' as const)]),
    ]
    const failed = (right: number) => findFailures(tally('tuning', blogs(right))).filter((line) => line.startsWith('blog: right'))
    expect(failed(18)).toEqual([])
    expect(failed(17)).toEqual(['blog: right at 17 of 20 month ends (85.0 %), under 90.0 %'])
  })

  it.each(['blog', 'newsletter', 'workgroup'] as const)('fails a true community clearly called %s, wherever it comes from', (verdict) => {
    for (const group of ['pure', 'hard', 'noisy', 'archive'] as const)
      for (const [strength, fails] of [
        ['clear', true],
        ['leaning', false],
        [null, true],
      ] as const) {
        const once = history('community', times(24, 'community'), { group, is_pure: group === 'pure' })
        once.evaluations[3] = evaluation(3, 'community', verdict, { strength, standing: 'community' })
        const failures = findFailures(tally('tuning', [...fine, once]))
        expect(failures.filter((line) => line.includes(`called ${verdict}`))).toHaveLength(fails ? 1 : 0)
      }
  })

  it('fails at 0.2 unjustified flips a year of what stands, and when nothing stands', () => {
    const standing = (flips: number): History[] => {
      // five years, and on the last month ends another verdict each time
      const isOther = (n: number) => n > 60 - flips && (60 - n) % 2 === 0
      const years = times(61, 0).map((_, n) => evaluation(n, 'community', 'community', { standing: isOther(n) ? 'mixed' : 'community' }))
      return [history('community', [], { evaluations: years })]
    }
    expect(tally('tuning', standing(0)).flips.standing).toMatchObject({ flips: 0, years: 5 })
    expect(findFailures(tally('tuning', standing(0)))).toEqual([])
    expect(findFailures(tally('tuning', standing(1))).join()).toMatch(/unjustified flips of the standing verdict in 5.0 years/)
    const unknown = history('community', [], { evaluations: [evaluation(0, 'community', 'community', { standing: null })] })
    expect(findFailures(tally('tuning', [unknown]))).toEqual(['what stands was not stored'])
  })

  it('passes nothing where nothing was judged', () => {
    expect(findFailures(tally('held_out', fine))).toEqual(['nothing was judged'])
  })
})
