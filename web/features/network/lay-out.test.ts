import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLayout, type LayoutInput } from './lay-out.ts'
import { findGroups, packGroups } from './pack-groups.ts'

const keyOf = (i: number) => i.toString(16).padStart(16, '0')
const layOut = (input: LayoutInput): Float32Array => {
  const layout = createLayout(input)
  for (let i = 0; i < 200 && !layout.step(10); i++);
  return layout.positions()
}
const star = (leaves: number): LayoutInput => ({
  keys: Array.from({ length: leaves + 1 }, (_, i) => keyOf(i)),
  from: Array.from({ length: leaves }, () => 0),
  to: Array.from({ length: leaves }, (_, i) => i + 1),
  count: Array.from({ length: leaves }, () => 1),
})

describe('where everyone stands', () => {
  it('is the same each time, and nobody stands nowhere or on another', () => {
    const input = star(30)
    const once = layOut(input)
    expect(layOut(input)).toEqual(once)
    expect(once.every(Number.isFinite)).toBe(true)
    const places = new Set(Array.from({ length: 31 }, (_, i) => `${once[i * 2]?.toFixed(2)} ${once[i * 2 + 1]?.toFixed(2)}`))
    expect(places.size).toBe(31)
  })

  it('has the middle of a star nearest to the middle', () => {
    const at = layOut(star(30))
    const mean = [0, 1].map((axis) => Array.from({ length: 31 }, (_, i) => at[i * 2 + axis] as number).reduce((a, b) => a + b) / 31)
    const away = (i: number) => Math.hypot((at[i * 2] as number) - (mean[0] as number), (at[i * 2 + 1] as number) - (mean[1] as number))
    expect(Array.from({ length: 30 }, (_, i) => away(i + 1)).every((leaf) => leaf > away(0))).toBe(true)
  })

  it('comes to an end by itself, for nobody, for two, and for people of no tie', () => {
    for (const people of [0, 1, 2, 40]) {
      const keys = Array.from({ length: people }, (_, i) => keyOf(i))
      const layout = createLayout({ keys, from: [], to: [], count: [] })
      let steps = 0
      while (!layout.step(10)) steps++
      expect(steps).toBeLessThan(100)
      expect(layout.positions()).toHaveLength(people * 2)
    }
  })
})

describe('groups without a tie to each other', () => {
  const graph = fc.integer({ min: 1, max: 14 }).chain((people) =>
    fc.record({
      people: fc.constant(people),
      pairs: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(people - 1)), { maxLength: 14 }),
      places: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: people * 2, maxLength: people * 2 }),
    }),
  )

  it('are found, and stand apart while each keeps its form', () => {
    fc.assert(
      fc.property(graph, ({ people, pairs, places }) => {
        const groups = findGroups(
          people,
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        )
        expect(groups.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: people }, (_, i) => i))
        const groupOf = (at: number) => groups.findIndex((group) => group.includes(at))
        for (const [a, b] of pairs) expect(groupOf(a)).toBe(groupOf(b))
        expect(groups.map(({ length }) => length)).toEqual(groups.map(({ length }) => length).toSorted((a, b) => b - a))
        const before = Float32Array.from(places)
        const after = packGroups(before, groups)
        const boxes = groups.map((group) => {
          const [first = 0] = group
          const shift = [0, 1].map((axis) => (after[first * 2 + axis] as number) - (before[first * 2 + axis] as number))
          for (const at of group)
            for (const axis of [0, 1])
              expect((after[at * 2 + axis] as number) - (before[at * 2 + axis] as number)).toBeCloseTo(shift[axis] as number, 1)
          const on = (axis: number) => group.map((at) => after[at * 2 + axis] as number)
          return { left: Math.min(...on(0)), right: Math.max(...on(0)), low: Math.min(...on(1)), high: Math.max(...on(1)) }
        })
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1)) expect(a.right < b.left || b.right < a.left || a.high < b.low || b.high < a.low).toBe(true)
      }),
    )
  })
})
