/** A point to be named: where it is, how large, and its name. The most important come first. */
export type LabelWish = { id: string; x: number; y: number; radius: number; text: string }
export type PlacedLabel = LabelWish & { textX: number; textY: number; anchor: 'start' | 'end' | 'middle' }

type Box = { left: number; right: number; top: number; bottom: number }

const HEIGHT = 16
/** Of 13 px text, on average; wide scripts take two of them. */
const PER_LETTER = 7
const GAP = 4

export const widthOfText = (text: string): number =>
  [...text].reduce((width, letter) => width + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 * PER_LETTER : PER_LETTER), 0)

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
const boxOfPoint = ({ x, y, radius }: LabelWish): Box => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius })

/** Where the label may stand: right of its point, left, above, below; the middle of its text is meant. */
const candidates = ({ x, y, radius, text }: LabelWish) => {
  const width = widthOfText(text)
  const beside = radius + GAP
  const at = (left: number, middle: number, textX: number, anchor: PlacedLabel['anchor']) => ({
    box: { left, right: left + width, top: middle - HEIGHT / 2, bottom: middle + HEIGHT / 2 },
    textX,
    textY: middle,
    anchor,
  })
  return [
    at(x + beside, y, x + beside, 'start'),
    at(x - beside - width, y, x - beside, 'end'),
    at(x - width / 2, y - beside - HEIGHT / 2, x, 'middle'),
    at(x - width / 2, y + beside + HEIGHT / 2, x, 'middle'),
  ] as const
}

/** Names as many of the points as have room beside them: no label lies on another, on a point, on what is `taken`, or outside. */
export const placeLabels = (
  wishes: readonly LabelWish[],
  points: readonly LabelWish[],
  within: Box,
  taken: readonly Box[] = [],
): PlacedLabel[] => {
  const full: { box: Box; of: string | null }[] = [
    ...points.map((point) => ({ box: boxOfPoint(point), of: point.id })),
    ...taken.map((box) => ({ box, of: null })),
  ]
  const placed: PlacedLabel[] = []
  for (const wish of wishes) {
    const found = candidates(wish).find(
      ({ box }) =>
        box.left >= within.left &&
        box.right <= within.right &&
        box.top >= within.top &&
        box.bottom <= within.bottom &&
        full.every((other) => other.of === wish.id || !meet(other.box, box)),
    )
    if (found === undefined) continue
    full.push({ box: found.box, of: null })
    placed.push({ ...wish, textX: found.textX, textY: found.textY, anchor: found.anchor })
  }
  return placed
}
