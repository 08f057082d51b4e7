import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import stated from '../../server/alerts/stated-rates.json' with { type: 'json' }
import { RULES_VERSION } from '../../server/diagnosis/thresholds.ts'
import { meanOf, measureChanging, measureSteady, medianOf, standardErrorOf } from './measure-kinds.ts'
import { measureRates, STRICTNESSES } from './measure-rates.ts'
import { renderAlerts } from './render-alerts.ts'
import type { Lived, SimulatedRule } from './simulated-kind.ts'
import { SIMULATED_RULES } from './simulated-rules.ts'
import { QUICK, QUICK_ERRORS, validateRule } from './validate-rules.ts'
import { keepSection, sectionOf, withSection } from './write-section.ts'

describe('the validation of the alerts, quickly', () => {
  it.each(SIMULATED_RULES.filter(({ isSlow }) => !isSlow).map((of) => [of.rule, of] as const))(
    '%s passes',
    (rule, of) => {
      const communities = rule === 'decline' ? QUICK / 2 : Math.ceil(416 / of.watched)
      expect(validateRule(of, { communities, seed: 7 }, QUICK_ERRORS).failures).toEqual([])
    },
    60_000,
  )

  it('is of the rules that hold: `npm run validate:alerts -- --write` makes it anew', async () => {
    const section = sectionOf(await readFile(join(import.meta.dirname, '../../docs/validation.md'), 'utf8'))
    expect(section).toContain(`Rules ${RULES_VERSION}.`)
    for (const { rule, steady } of SIMULATED_RULES) {
      expect(section).toContain(`### ${rule}`)
      for (const { name } of steady) expect(section).toContain(`| ${name} |`)
      const found = stated.find((one) => one.rule === rule)
      if (found && found.rows.any.length > 1) expect(found.rows.any.map(({ strictness }) => strictness)).toEqual([...STRICTNESSES])
      expect(found?.rows.any.every(({ kind }) => steady.some(({ name }) => name === kind))).toBe(true)
    }
    expect(section).not.toContain('not looked at yet')
  })
})

/** A rule that is wrong in every second community, as often as its limits are loose. */
const madeUp = (told: (seed: number, strictness: number) => Lived): SimulatedRule => ({
  rule: 'decline',
  unit: 'community',
  steady: [{ name: 'steady', design: '0.1', live: (_watched, seed, strictness) => told(seed, strictness) }],
  changing: [{ name: 'halving', design: null, live: (_watched, seed, strictness) => told(seed, strictness) }],
  cuts: [1, 2],
  watched: 52,
  withinEight: ['halving'],
})
const weeks = (swing: number) => Array.from({ length: 52 }, () => swing)

describe('what is measured of a kind', () => {
  const half = madeUp((seed) => ({ swings: weeks(seed % 2 ? 0.5 : 3), told: seed % 2 ? [3, 40] : [], stood: false }))
  const run = { communities: 100, watched: 52, seed: 1 }

  it('is false alarms by time, with the error that comes of communities that are not alike', () => {
    const { false_a_year, standard_error, years } = measureSteady(half.steady[0] as SimulatedRule['steady'][number], run)
    expect([false_a_year, years]).toEqual([1, 100])
    expect(standard_error).toBeCloseTo(0.1005, 4)
  })

  it('is the median of all, those never noticed too, and not of those that were told before', () => {
    const kind = (told: number[], stood = false) => ({ name: 'k', design: null, live: () => ({ swings: [], told, stood }) })
    expect(measureChanging(kind([4, 30]), run)).toMatchObject({ weeks: 5, weeks_error: 0, share_noticed: 1, share_in_eight: 1, stood: 0 })
    expect(measureChanging(kind([]), run)).toMatchObject({ weeks: null, share_noticed: 0 })
    expect(measureChanging(kind([4], true), run)).toMatchObject({ stood: 1, weeks: null })
    expect(medianOf([5, 1, 9, 7, 3]).median).toBe(5)
    expect(meanOf([1, 2, 6])).toBe(3)
    expect(measureSteady(kind([]), run)).toMatchObject({ false_a_year: 0, standard_error: 0.015 })
    expect(standardErrorOf([1, 2, 6])).toBeCloseTo(Math.sqrt(7 / 3), 9)
  })

  it('fails what is false too often or comes too late, and in a quick run only what is so beyond chance', () => {
    expect(validateRule(half, { communities: 100, seed: 1 }).failures).toEqual([
      'decline: 1.00 false alarms a community-year on "steady", more than 0.5',
      expect.stringContaining('takes more weeks'),
    ])
    const often = madeUp((seed) => ({ swings: [], told: seed % 2 ? [3] : [], stood: false }))
    expect(validateRule(often, { communities: 3, seed: 2 }, 2.5).failures.filter((one) => one.includes('false'))).toEqual([])
    const late = madeUp(() => ({ swings: [], told: [8], stood: false }))
    expect(validateRule(late, { communities: 5, seed: 1 }).failures.at(-1)).toMatch(/"halving" takes 9 weeks/)
  })

  it('is stated for the kinds that swing so, and for all that do for a while, whichever is worse', () => {
    const twoKinds: SimulatedRule = {
      ...half,
      steady: [
        { name: 'calm', design: null, live: () => ({ swings: weeks(0.5), told: [], stood: false }) },
        // wild in the last three quarters, and told before that
        {
          name: 'wild',
          design: null,
          live: () => ({ swings: weeks(3).map((swing, i) => (i < 13 ? 0.5 : swing)), told: [3], stood: false }),
        },
      ],
    }
    const { rows } = measureRates(twoKinds, { communities: 200, seed: 1 })
    expect(rows.any[0]).toMatchObject({ strictness: 0.8, a_year: 1, kind: 'wild' })
    expect(rows.wild[0]).toMatchObject({ a_year: 1, kind: 'wild' })
    // 200 in 250 years of weeks that look calm
    expect(rows.calm[0]).toMatchObject({ a_year: 0.8, kind: expect.stringMatching(/^all kinds/) })
    expect(rows.uneven).toEqual([])
    const never = measureRates({ ...twoKinds, steady: twoKinds.steady.slice(0, 1) }, { communities: 100, seed: 1 })
    // none in a hundred years may be three in as many, which is taken for two errors
    expect(never.rows.calm[0]).toMatchObject({ a_year: 0, standard_error: 0.015 })
  })

  it('is shown with what was found at the design, and says when it fails', () => {
    const text = renderAlerts([validateRule(half, { communities: 100, seed: 1 })], { replayed: [], more: '', rulesVersion: '1' })
    expect(text).toContain('| steady | 1.00 ± 0.10 | 2.00 (50) | – | 0.00 (50) | 0.1 |')
    expect(text).toContain('**It fails**')
  })
})

describe('the section of a document', () => {
  it('is put at its end, then in its place, and kept when the rest is written anew', () => {
    const once = withSection('# Title\n\nText\n', 'one $& two')
    expect(once).toMatch(/^# Title\n\nText\n\n<!-- alerts: .*-->\n\none \$& two\n\n<!-- alerts: end -->\n$/)
    const twice = withSection(once, 'three')
    expect(twice).toContain('three')
    expect(twice).not.toContain('one')
    expect(keepSection(twice, '# Other\n')).toBe(`# Other\n\n${sectionOf(twice)}\n`)
    expect(keepSection('# Old\n', '# New\n')).toBe('# New\n')
  })
})
