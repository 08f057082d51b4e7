import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type LabelWish, placeLabels, type PlacedLabel, widthOfText } from './place-labels.ts'

const WITHIN = { left: 0, right: 600, top: 0, bottom: 300 }
const wish = fc.record({
  x: fc.integer({ min: 10, max: 590 }),
  y: fc.integer({ min: 10, max: 290 }),
  radius: fc.constant(6),
  text: fc.string({ minLength: 1, maxLength: 24 }),
})

/** The corners of a label's text, found anew. */
const cornersOf = ({ textX, textY, anchor, text }: PlacedLabel) => {
  const width = widthOfText(text)
  const left = { start: textX, middle: textX - width / 2, end: textX - width }[anchor]
  return { left, right: left + width, top: textY - 8, bottom: textY + 8 }
}

it('lays no label on another, on a foreign point or outside, and names what has room', () => {
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1, maxLength: 40 }), (some) => {
      const points: LabelWish[] = some.map((one, i) => ({ ...one, id: String(i) }))
      const placed = placeLabels(points, points, WITHIN)
      for (const [i, label] of placed.entries()) {
        const box = cornersOf(label)
        expect(box.left >= 0 && box.right <= 600 && box.top >= 0 && box.bottom <= 300).toBe(true)
        for (const other of placed.slice(i + 1).map(cornersOf))
          expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom).toBe(false)
        for (const { id, x, y } of points)
          if (id !== label.id) expect(x + 6 > box.left && x - 6 < box.right && y + 6 > box.top && y - 6 < box.bottom).toBe(false)
      }
      if (points.length === 1 && widthOfText(some[0]?.text ?? '') < 250) expect(placed.length).toBe(1)
    }),
  )
})
