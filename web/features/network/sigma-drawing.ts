/** The graph in WebGL: thousands of people that one moves about. Loaded by this page alone; it fails where there is no WebGL. */
import { DirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { EdgeArrowProgram, EdgeLineProgram, NodeCircleProgram } from 'sigma/rendering'
import type { Drawn } from './draw-still.ts'
import { GAP, HOLE, SHAPE_OF, type Shape, type Styles, shortLabel } from './drawing-style.ts'
import { type HelpGraph, neighboursOf } from './help-graph.ts'

export type Moves = 'left' | 'right' | 'up' | 'down' | 'in' | 'out' | 'fit'
export type SigmaDrawing = {
  /** Another filter or selection of the same people. */
  show: (graph: HelpGraph, selected: number | null) => void
  place: (positions: Float32Array) => void
  move: (how: Moves) => void
  /** Brings a person to the middle. */
  centre: (at: number) => void
  close: () => void
}

/** Above this many ties, lines lose their arrows until somebody is looked at: nobody could tell them apart (our judgement). */
const MAX_ARROWS = 4000
/** Up to so many people the neighbours of whoever is pointed at stand out: it takes drawing everybody anew (our judgement). */
const MAX_HOVERED = 1500
const MOVE_MS = 250
/** Part of the width that one key press moves. */
const STEP = 0.12
const LABEL_FONT = "13px 'Inter Variable', system-ui, sans-serif"
const LARGEST_RATIO = 3
const SMALLEST_RATIO = 0.02

const glslColour = (hex: string): string =>
  `vec4(${[1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(4)).join(', ')}, 1.0)`

/** Sigma's circle with a hole of paper, or a ring of it; what is picked is the whole circle. */
const shapeProgram = (shape: Shape, paper: string) => {
  if (shape === 'disc') return NodeCircleProgram
  const [outer, inner] = shape === 'ring' ? [HOLE, 0] : GAP
  return class extends NodeCircleProgram {
    override getDefinition() {
      const definition = super.getDefinition()
      const source = definition.FRAGMENT_SHADER_SOURCE
      // before the edge is smoothed: the colour by the distance from the middle
      const at = source.lastIndexOf('gl_FragColor = mix(v_color, transparent, t);')
      if (at < 0) return definition
      const shaded = `float part = length(v_diffVector) / v_radius;
  float soft = u_correctionRatio * 2.0 / v_radius;
  float hole = smoothstep(${outer.toFixed(2)} + soft, ${outer.toFixed(2)} - soft, part) * ${
    inner === 0 ? '1.0' : `smoothstep(${inner.toFixed(2)} - soft, ${inner.toFixed(2)} + soft, part)`
  };
  gl_FragColor = mix(mix(v_color, ${glslColour(paper)}, hole), transparent, t);`
      const end = at + 'gl_FragColor = mix(v_color, transparent, t);'.length
      return { ...definition, FRAGMENT_SHADER_SOURCE: source.slice(0, at) + shaded + source.slice(end) }
    }
  }
}

export const openSigmaDrawing = (
  container: HTMLElement,
  { graph: first, positions, sizes, selected }: Drawn,
  styles: Styles,
  { isStill, onPick }: { isStill: boolean; onPick: (at: number | null) => void },
): SigmaDrawing => {
  let shown = first
  let chosen = selected
  let hovered: number | null = null
  let near: Set<number> | null = null
  const hasArrows = first.ties.length <= MAX_ARROWS

  const graph = new DirectedGraph({ allowSelfLoops: false })
  for (const [at, person] of first.people.entries())
    graph.addNode(String(at), {
      x: positions[at * 2],
      y: positions[at * 2 + 1],
      size: sizes[at],
      label: shortLabel(person.label),
      type: SHAPE_OF[person.role],
      color: styles.role[person.role],
    })
  for (const { from, to, count } of first.ties)
    graph.addDirectedEdge(String(from), String(to), { size: Math.min(4, 1 + 0.5 * Math.log2(count)), count })

  let least = 1
  let isClosed = false
  let waiting: ReturnType<typeof setTimeout> | undefined
  const focusOf = () => hovered ?? chosen
  const aim = () => {
    const focus = focusOf()
    near = focus === null ? null : neighboursOf(shown, focus)
  }
  aim()

  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    defaultEdgeType: hasArrows ? 'arrow' : 'line',
    defaultEdgeColor: styles.tie,
    // drawn in this order: arrows of the person chosen lie above the lines
    edgeProgramClasses: { line: EdgeLineProgram, arrow: EdgeArrowProgram },
    nodeProgramClasses: {
      disc: NodeCircleProgram,
      ring: shapeProgram('ring', styles.paper),
      target: shapeProgram('target', styles.paper),
    },
    hideEdgesOnMove: !hasArrows,
    hideLabelsOnMove: !hasArrows,
    // nobody is named until somebody comes closer or asks: the largest would read as a ranking
    labelRenderedSizeThreshold: 1.25 * Math.max(8, ...sizes),
    labelDensity: 0.6,
    minEdgeThickness: hasArrows ? 1.3 : 0.6,
    minCameraRatio: SMALLEST_RATIO,
    maxCameraRatio: LARGEST_RATIO,
    stagePadding: 28,
    zIndex: true,
    defaultDrawNodeLabel: (context, { x, y, size, label }) => {
      if (!label) return
      context.font = LABEL_FONT
      const isLeft = x + size + 6 + context.measureText(label).width > container.clientWidth
      context.textAlign = isLeft ? 'right' : 'left'
      context.lineWidth = 3
      context.lineJoin = 'round'
      context.strokeStyle = styles.paper
      context.fillStyle = styles.ink
      for (const way of ['strokeText', 'fillText'] as const) context[way](label, isLeft ? x - size - 5 : x + size + 5, y + 4)
      context.textAlign = 'left'
    },
    defaultDrawNodeHover: (context, data) => {
      const { x, y, size, label } = data
      context.beginPath()
      context.arc(x, y, size + 3, 0, 2 * Math.PI)
      context.lineWidth = 2
      context.strokeStyle = styles.ink
      context.stroke()
      if (!label) return
      context.font = `600 ${LABEL_FONT}`
      const width = context.measureText(label).width
      // on the side with room
      const left = x + size + 8 + width + 12 > container.clientWidth ? x - size - 8 - width - 12 : x + size + 8
      context.fillStyle = styles.paper
      context.strokeStyle = styles.faint
      context.lineWidth = 1
      context.beginPath()
      context.roundRect(left, y - 12, width + 12, 24, 3)
      context.fill()
      context.stroke()
      context.fillStyle = styles.ink
      context.textBaseline = 'middle'
      context.fillText(label, left + 6, y + 1)
      context.textBaseline = 'alphabetic'
    },
    nodeReducer: (node, data) => {
      const at = Number(node)
      const person = shown.people[at]
      if (person === undefined || person.helped.length + person.helpedBy.length === 0) return { ...data, hidden: true }
      const focus = focusOf()
      if (focus === null) return data
      if (at === focus || at === chosen) return { ...data, highlighted: true, zIndex: 2 }
      if (near?.has(at)) return { ...data, forceLabel: near.size <= 24, zIndex: 1 }
      return { ...data, color: styles.faint, label: '', zIndex: 0 }
    },
    edgeReducer: (edge, data) => {
      if ((data.count as number) < least) return { ...data, hidden: true }
      const focus = focusOf()
      if (focus === null) return data
      const node = String(focus)
      return graph.source(edge) === node || graph.target(edge) === node
        ? { ...data, color: styles.quiet, type: 'arrow', size: Math.max(1.8, data.size as number), zIndex: 1 }
        : { ...data, color: styles.faint, zIndex: 0, hidden: !hasArrows }
    },
  })
  const camera = sigma.getCamera()
  const redraw = () => {
    aim()
    sigma.refresh()
  }
  const go = (state: Partial<{ x: number; y: number; ratio: number; angle: number }>) => {
    const next = { ...state, ...(state.ratio === undefined ? {} : { ratio: camera.getBoundedRatio(state.ratio) }) }
    if (isStill) camera.setState(next)
    else void camera.animate(next, { duration: MOVE_MS })
  }
  sigma.on('clickNode', ({ node }) => onPick(Number(node)))
  sigma.on('clickStage', () => onPick(null))
  sigma.on('enterNode', ({ node }) => {
    container.style.cursor = 'pointer'
    // of thousands the name alone, which costs nothing; a click shows the rest
    if (graph.order > MAX_HOVERED) return
    hovered = Number(node)
    redraw()
  })
  sigma.on('leaveNode', () => {
    container.style.cursor = ''
    if (hovered === null) return
    hovered = null
    redraw()
  })

  return {
    show: (next, at) => {
      if (isClosed) return
      shown = next
      chosen = at
      least = next.ties.reduce((min, { count }) => Math.min(min, count), Number.POSITIVE_INFINITY)
      // what was pressed is answered first, and the drawing follows
      clearTimeout(waiting)
      waiting = setTimeout(redraw)
    },
    place: (next) => {
      if (isClosed) return
      // one word to the renderer for all of them
      graph.updateEachNodeAttributes((node, data) => ({ ...data, x: next[Number(node) * 2], y: next[Number(node) * 2 + 1] }), {
        attributes: ['x', 'y'],
      })
    },
    move: (how) => {
      if (isClosed) return
      const { x, y, ratio } = camera.getState()
      const step = STEP * ratio
      if (how === 'fit') go({ x: 0.5, y: 0.5, ratio: 1, angle: 0 })
      else if (how === 'in' || how === 'out') go({ ratio: ratio * (how === 'in' ? 1 / 1.5 : 1.5) })
      else if (how === 'left' || how === 'right') go({ x: x + (how === 'left' ? -step : step) })
      else go({ y: y + (how === 'down' ? -step : step) })
    },
    centre: (at) => {
      if (isClosed) return
      const data = sigma.getNodeDisplayData(String(at))
      if (data === undefined) return
      // near enough to read the names around, and no further out than one has already gone in
      const wanted = graph.order > 300 ? 0.25 : graph.order > 60 ? 0.5 : 0.8
      go({ x: data.x, y: data.y, ratio: Math.min(camera.ratio, wanted) })
    },
    close: () => {
      // whoever still holds it may go on talking to it until the page has drawn itself anew
      isClosed = true
      clearTimeout(waiting)
      sigma.kill()
    },
  }
}
