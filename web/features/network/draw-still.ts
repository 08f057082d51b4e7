/** The graph on a plain canvas: for paper, for pictures, and for browsers without WebGL. */
import { GAP, HOLE, SHAPE_OF, type Styles, shortLabel } from './drawing-style.ts'
import { type HelpGraph, neighboursOf } from './help-graph.ts'

/** What is drawn: the graph as filtered, where everyone stands and how large, who is chosen, and who has no tie left. */
export type Drawn = {
  graph: HelpGraph
  positions: Float32Array
  sizes: readonly number[]
  selected: number | null
}

/** Up to so many ties have arrows; more could not be told apart (our judgement). */
const MAX_ARROWS = 4000
const MARGIN = 28

/** Places on a canvas of this size, in proportion, with room for the circles at the rim. */
export const fitPositions = (positions: Float32Array, shown: (at: number) => boolean, width: number, height: number) => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < positions.length / 2; i++) {
    if (!shown(i)) continue
    const [x, y] = [positions[i * 2] as number, positions[i * 2 + 1] as number]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const scale = Math.min((width - 2 * MARGIN) / Math.max(right - left, 1e-6), (height - 2 * MARGIN) / Math.max(bottom - top, 1e-6))
  // y grows upwards where the graph is moved about, so it does here
  return (at: number): [number, number] => [
    width / 2 + ((positions[at * 2] as number) - (left + right) / 2) * scale,
    height / 2 - ((positions[at * 2 + 1] as number) - (top + bottom) / 2) * scale,
  ]
}

const drawTie = (
  to: CanvasRenderingContext2D,
  [x1, y1]: [number, number],
  [x2, y2]: [number, number],
  radius: number,
  hasArrow: boolean,
) => {
  const length = Math.hypot(x2 - x1, y2 - y1)
  if (length < 1) return
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
  const end = Math.max(0, length - radius)
  const [ex, ey] = [x1 + ux * end, y1 + uy * end]
  to.moveTo(x1, y1)
  to.lineTo(ex, ey)
  if (!hasArrow) return
  const head = Math.min(5, end)
  to.moveTo(ex - ux * head - uy * head * 0.6, ey - uy * head + ux * head * 0.6)
  to.lineTo(ex, ey)
  to.lineTo(ex - ux * head + uy * head * 0.6, ey - uy * head - ux * head * 0.6)
}

/** Draws all of it, whatever part is looked at on the screen. */
export const drawStill = (
  context: CanvasRenderingContext2D,
  { graph, positions, sizes, selected }: Drawn,
  { width, height }: { width: number; height: number },
  styles: Styles,
): void => {
  context.clearRect(0, 0, width, height)
  const { people, ties } = graph
  const isTied = (at: number) => (people[at]?.helped.length ?? 0) + (people[at]?.helpedBy.length ?? 0) > 0
  const placeOf = fitPositions(positions, isTied, width, height)
  const near = selected === null ? null : neighboursOf(graph, selected).add(selected)
  const hasArrows = ties.length <= MAX_ARROWS
  const isBright = (from: number, to: number) => selected === null || from === selected || to === selected
  for (const bright of [false, true]) {
    context.beginPath()
    context.lineWidth = bright && selected !== null ? 1.4 : ties.length > MAX_ARROWS ? 0.4 : 0.8
    context.strokeStyle = bright ? (selected === null ? styles.tie : styles.quiet) : styles.faint
    for (const { from, to } of ties)
      if (isBright(from, to) === bright)
        drawTie(context, placeOf(from), placeOf(to), (sizes[to] as number) + 1, hasArrows || selected !== null)
    context.stroke()
  }
  const circle = (x: number, y: number, radius: number, fill: string) => {
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fillStyle = fill
    context.fill()
  }
  for (const [at, person] of people.entries()) {
    if (!isTied(at)) continue
    const [[x, y], radius, shape] = [placeOf(at), sizes[at] as number, SHAPE_OF[person.role]]
    const colour = near === null || near.has(at) ? styles.role[person.role] : styles.faint
    circle(x, y, radius, colour)
    if (shape === 'ring') circle(x, y, radius * HOLE, styles.paper)
    if (shape === 'target') {
      circle(x, y, radius * GAP[0], styles.paper)
      circle(x, y, radius * GAP[1], colour)
    }
  }
  const chosen = selected === null ? undefined : people[selected]
  if (chosen === undefined || selected === null) return
  const [x, y] = placeOf(selected)
  context.font = "600 13px 'Inter Variable', system-ui, sans-serif"
  context.fillStyle = styles.ink
  context.strokeStyle = styles.paper
  context.lineWidth = 4
  context.textAlign = x > width / 2 ? 'right' : 'left'
  const aside = (sizes[selected] as number) + 6
  for (const way of ['strokeText', 'fillText'] as const)
    context[way](shortLabel(chosen.label), x > width / 2 ? x - aside : x + aside, y + 4)
}
