import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalsOf, isThresholdId, refuseValue } from './change-threshold.ts'
import { DEFAULT_HOUSE_RULES } from './house-rules.ts'
import { groupOf } from './list-thresholds.ts'
import { findContradiction, RELATIONS, sayContradiction } from './threshold-relations.ts'
import { THRESHOLD_IDS, THRESHOLDS, type ThresholdId } from './thresholds.ts'

const adjustable = THRESHOLD_IDS.filter((id) => THRESHOLDS[id].range !== null)
const rangeOf = (id: ThresholdId) => THRESHOLDS[id].range as readonly [number, number]

describe('a threshold', () => {
  test.each(THRESHOLD_IDS)('%s names the rule that asks it', (id) => {
    expect(() => groupOf(id)).not.toThrow()
  })

  test.each(adjustable)('%s may be its default and both ends of its range, and nothing beyond', (id) => {
    const [least, most] = rangeOf(id)
    const step = 10 ** -decimalsOf(THRESHOLDS[id].unit)
    for (const value of [THRESHOLDS[id].value, least, most]) expect(refuseValue(id, value)).toBeNull()
    for (const value of [least - step, most + step, (least + most) / 2 + step / 3, Number.NaN, Number.POSITIVE_INFINITY])
      expect(refuseValue(id, value)?.reason).toBe('out_of_range')
  })

  test('takes every value of its steps, and no value between two', () => {
    fc.assert(
      fc.property(fc.constantFrom(...adjustable), fc.double({ min: 0, max: 1, noNaN: true }), (id, part) => {
        const [least, most] = rangeOf(id)
        const decimals = decimalsOf(THRESHOLDS[id].unit)
        const raw = least + part * (most - least)
        // the slow and obvious way: by its digits
        const digits = String(raw).split('.')[1] ?? ''
        expect(refuseValue(id, raw) === null).toBe(!String(raw).includes('e') && digits.length <= decimals)
        const rounded = Number(raw.toFixed(decimals))
        if (rounded >= least && rounded <= most) expect(refuseValue(id, rounded)).toBeNull()
      }),
    )
  })

  test('of that name is known only where there is one', () => {
    expect(isThresholdId('blog_help')).toBe(true)
    for (const id of ['', 'toString', '__proto__', 'hasOwnProperty', 'blog-help']) expect(isThresholdId(id)).toBe(false)
  })
})

describe('thresholds together', () => {
  const values = DEFAULT_HOUSE_RULES.thresholds

  test('do not contradict each other by default', () => {
    expect(findContradiction(values)).toBeNull()
  })

  test.each(RELATIONS.map((relation) => [`${relation.lesser} and ${relation.greater}`, relation] as const))(
    '%s contradict each other exactly beyond their bound',
    (_, relation) => {
      const bound = values[relation.lesser]
      const withGreater = (value: number) => ({ ...values, [relation.greater]: value })
      expect(findContradiction(withGreater(bound + 1))).not.toBe(relation)
      expect(RELATIONS.includes(findContradiction(withGreater(bound - 1)) as never)).toBe(true)
      expect(findContradiction(withGreater(bound)) === relation).toBe(relation.is_strict)
      for (const changed of [relation.lesser, relation.greater])
        expect(sayContradiction(relation, values, changed)).toContain(
          THRESHOLDS[changed === relation.lesser ? relation.greater : relation.lesser].says,
        )
    },
  )
})
