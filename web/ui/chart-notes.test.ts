import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutToRoom, placeNotes } from './chart-notes.ts'

const at = (x: number, label = `Note at ${x}`) => ({ note: { period: String(x), label }, x })

test('a note with room says its first words', () => {
  const [only] = placeNotes([at(100, 'Every newcomer is welcomed by name in the first thread they open')], 40, 300)
  expect(only).toMatchObject({ x: 104, lines: [100] })
  expect(only?.text).toMatch(/^Every newcomer is …$|^Every newcomer is welcomed…$/)
})

test('notes too close for labels of their own share one, and keep their lines', () => {
  const placed = placeNotes([at(100), at(110), at(300), at(105)], 40, 500)
  expect(placed.map(({ text }) => text)).toEqual(['3 notes', 'Note at 300'])
  expect(placed[0]?.lines).toEqual([100, 105, 110])
})

test('several of one period have one line', () => {
  expect(placeNotes([at(100), at(100)], 40, 500)).toMatchObject([{ text: '2 notes', lines: [100] }])
})

test('labels never lie on each other nor stick out, however many, and no note is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 40, max: 500 }), { maxLength: 500 }), (xs) => {
      const placed = placeNotes(
        xs.map((x) => at(x)),
        40,
        500,
      )
      expect(placed.reduce((sum, { notes }) => sum + notes.length, 0)).toBe(xs.length)
      for (const [i, { x, lines }] of placed.entries()) {
        expect(x + 50).toBeLessThanOrEqual(500)
        expect(lines.length).toBeLessThanOrEqual(6)
        const next = placed[i + 1]
        if (next !== undefined) expect(next.x - x).toBeGreaterThanOrEqual(56)
      }
    }),
  )
})

test('a text is cut at a word where one is near, and never in the middle of a letter', () => {
  expect(cutToRoom('Question hour', 500)).toBe('Question hour')
  expect(cutToRoom('Question hour on Wednesdays', 100)).toBe('Question hour…')
  expect(cutToRoom('Donaudampfschifffahrtsgesellschaft', 60)).toMatch(/^Donaudam?p?…$/)
  expect(cutToRoom('👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀', 60).isWellFormed()).toBe(true)
  expect(cutToRoom('每周三的提问时间和新成员欢迎', 60).length).toBeLessThan(7)
})
