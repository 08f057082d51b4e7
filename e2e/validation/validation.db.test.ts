import { expect, it } from 'vitest'
import { createTestDatabase } from '../test-database.ts'
import { findFailures } from './criteria.ts'
import { evaluateCommunity } from './evaluate-community.ts'
import { isHeldOut } from './held-out.ts'
import { labelledCommunities, NOW } from './labelled-communities.ts'
import { renderReport } from './render-report.ts'
import { tally } from './tally.ts'

it('takes communities the whole way, says how right the verdicts on them are, and fails when they are not', async () => {
  const database = await createTestDatabase()
  try {
    const small = ['community', 'newsletter'].flatMap((title) => {
      const found = labelledCommunities().find((one) => one.setting === `${title} · 120 a window · noise 0.04` && !isHeldOut(one.setting))
      return found && 'synthetic' in found.source ? [{ ...found, source: { synthetic: { ...found.source.synthetic, weeks: 34 } } }] : []
    })
    const histories = []
    for (const [i, one] of small.entries()) histories.push(await evaluateCommunity(database, one, `v${i}`, NOW))
    expect(histories.map(({ title }) => title)).toEqual(['community', 'newsletter'])
    for (const { evaluations } of histories) {
      expect(evaluations.filter((one) => one.is_counted).length).toBeGreaterThan(3)
      for (const one of evaluations.filter(({ is_counted }) => is_counted)) {
        expect(one.contributions).toBeGreaterThanOrEqual(30)
        expect(one.support).toBeGreaterThan(0)
      }
      // nothing stands before a verdict has been clear twice
      expect(evaluations.at(-1)?.standing).not.toBeNull()
    }
    const asOne = histories.map((history) => ({ ...history, set: 'tuning' as const }))
    const found = tally('tuning', asOne)
    expect(findFailures(found)).toEqual([])
    expect(renderReport([{ tally: found, failures: [] }], { rulesVersion: '1', looks: [] })).toContain('It passes.')

    // had the communities been newsletters by their label, the same run would have failed
    const mislabelled = asOne.map((history) => ({
      ...history,
      evaluations: history.evaluations.map((one) => ({ ...one, label: 'newsletter' as const, right: ['newsletter' as const] })),
    }))
    expect(findFailures(tally('tuning', mislabelled)).join()).toMatch(/^community: right at 0 of /)
  } finally {
    await database.close()
  }
}, 120_000)
