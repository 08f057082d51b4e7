import { useComputedColorScheme, VisuallyHidden } from '@mantine/core'
import { useElementSize, useReducedMotion } from '@mantine/hooks'
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { formatPercent } from '../../../shared/format.ts'
import { type Drawn, drawStill } from './draw-still.ts'
import { stylesOf } from './drawing-style.ts'
import type { HelpGraph } from './help-graph.ts'
import classes from './network.module.css'
import type { Moves, SigmaDrawing } from './sigma-drawing.ts'
import type { LaidOut } from './use-layout.ts'

const KEYS: Record<string, Moves> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  '+': 'in',
  '=': 'in',
  '-': 'out',
  '0': 'fit',
}

type Props = {
  /** Everybody, and the same with the ties that are shown. */
  full: HelpGraph
  graph: HelpGraph
  sizes: readonly number[]
  laidOut: LaidOut
  selected: number | null
  onSelect: (at: number | null) => void
  /** What the drawing shows, for readers who cannot see it. */
  summary: string
}

type OpenSigmaDrawing = typeof import('./sigma-drawing.ts')['openSigmaDrawing']

/** The graph of help, to be moved about; under it a plain picture for paper, for files and for browsers without WebGL. */
export const GraphDrawing = ({ full, graph, sizes, laidOut, selected, onSelect, summary }: Props) => {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const isStill = useReducedMotion(false, { getInitialValueInEffect: false })
  const styles = useMemo(() => stylesOf(scheme), [scheme])
  const stage = useRef<HTMLDivElement>(null)
  const { ref: frame, width, height } = useElementSize()
  const [drawing, setDrawing] = useState<SigmaDrawing | null>(null)
  const [cannotMove, setCannotMove] = useState(false)
  const news = laidOut === null || laidOut === 'failed' ? null : laidOut
  const isDone = news?.isDone === true
  const positions = news !== null && (isDone || !isStill) ? news.positions : null
  const canOpen = positions !== null && width > 0

  const open = useEffectEvent((openSigmaDrawing: OpenSigmaDrawing, element: HTMLElement) => {
    const drawn: Drawn = { graph: full, positions: positions as Float32Array, sizes, selected }
    return openSigmaDrawing(element, drawn, styles, { isStill, onPick: onSelect })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew for other people or colours; the rest is told to it below
  useEffect(() => {
    const element = stage.current
    if (!canOpen || element === null) return
    let opened: SigmaDrawing | null = null
    let isOver = false
    import('./sigma-drawing.ts')
      .then(({ openSigmaDrawing }) => {
        if (isOver) return
        opened = open(openSigmaDrawing, element)
        setDrawing(opened)
        setCannotMove(false)
      })
      .catch(() => {
        // what it had begun lies over the plain picture
        element.replaceChildren()
        setCannotMove(true)
      })
    return () => {
      isOver = true
      setDrawing(null)
      opened?.close()
    }
  }, [canOpen, full, sizes, styles])
  useEffect(() => {
    if (positions !== null) drawing?.place(positions)
  }, [drawing, positions])
  useEffect(() => drawing?.show(graph, selected), [drawing, graph, selected])
  useEffect(() => {
    if (isDone && selected !== null) drawing?.centre(selected)
  }, [drawing, isDone, selected])

  const drawn = useMemo(
    () => (positions === null || !isDone ? null : { graph, positions, sizes, selected }),
    [positions, isDone, graph, sizes, selected],
  )
  const picture = useRef<HTMLCanvasElement>(null)
  useStill(picture, drawn, { width, height }, styles)
  useScrollPast()

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && selected !== null) onSelect(null)
    const move = KEYS[event.key]
    if (move === undefined || drawing === null) return
    event.preventDefault()
    drawing.move(move)
  }
  const progress = news === null ? 0 : news.progress
  return (
    <div className={classes.drawing}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what keys move must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={classes.frame} ref={frame} tabIndex={0} aria-label={summary} onKeyDown={onKeyDown}>
        <canvas ref={picture} className={classes.picture} aria-hidden />
        <div
          ref={stage}
          className={`${classes.stage} no-print`}
          data-open={drawing !== null}
          data-done={isDone}
          data-testid="stage"
          aria-hidden
        />
        {laidOut === 'failed' ? (
          <p className={classes.finding} role="status">
            This browser could not work out where everyone stands. The tables below hold all of it.
          </p>
        ) : isDone ? null : (
          <p className={classes.finding} role="status">
            Finding everyone a place … <span aria-hidden>{formatPercent(progress, 0)}</span>
          </p>
        )}
      </section>
      {cannotMove ? (
        <p className="small quiet">
          This browser shows a still picture: it has no WebGL, which it would take to move it. Search and the tables hold everybody.
        </p>
      ) : (
        <div className={`${classes.moves} no-print`}>
          {(['in', 'out', 'fit'] as const).map((how) => (
            <button key={how} type="button" className="plain-button" disabled={drawing === null} onClick={() => drawing?.move(how)}>
              {how === 'in' ? 'Closer' : how === 'out' ? 'Further away' : 'All of it'}
            </button>
          ))}
          <span className="small quiet">
            Drag to move, or use two fingers; Ctrl and the wheel come closer.
            <VisuallyHidden> With the keyboard: arrow keys, plus, minus, and 0 for all of it.</VisuallyHidden>
          </span>
        </div>
      )}
    </div>
  )
}

/** Keeps the plain picture as what is drawn, when there is time for it; on paper in the colours for paper. */
const useStill = (
  canvas: RefObject<HTMLCanvasElement | null>,
  drawn: Drawn | null,
  size: { width: number; height: number },
  styles: ReturnType<typeof stylesOf>,
) => {
  const { width, height } = size
  useEffect(() => {
    if (drawn === null || width === 0 || height === 0) return
    const draw = (inStyles: typeof styles) => {
      const element = canvas.current
      const context = element?.getContext('2d')
      if (!element || !context) return
      const scale = Math.max(2, window.devicePixelRatio)
      element.width = Math.round(width * scale)
      element.height = Math.round(height * scale)
      context.setTransform(scale, 0, 0, scale, 0, 0)
      drawStill(context, drawn, { width, height }, inStyles)
    }
    const [onPaper, onScreen] = [() => draw(stylesOf('light')), () => draw(styles)]
    const waiting = setTimeout(onScreen, 60)
    window.addEventListener('beforeprint', onPaper)
    window.addEventListener('afterprint', onScreen)
    return () => {
      clearTimeout(waiting)
      window.removeEventListener('beforeprint', onPaper)
      window.removeEventListener('afterprint', onScreen)
    }
  }, [canvas, drawn, width, height, styles])
}

/** Wheels and single fingers scroll the page; a drawing that swallowed them would be a trap. */
const useScrollPast = () => {
  useEffect(() => {
    let isGesture = false
    const isOurs = (target: EventTarget | null) => target instanceof Element && target.closest(`.${classes.stage}`) !== null
    const onWheel = (event: WheelEvent) => {
      if (isOurs(event.target) && !event.ctrlKey && !event.metaKey) event.stopPropagation()
    }
    const onTouch = (event: TouchEvent) => {
      if (!isOurs(event.target)) return
      if (event.touches.length > 1) isGesture = true
      // the end of a gesture of two is its own, finger by finger
      if (!isGesture || (event.type !== 'touchend' && event.touches.length < 2)) event.stopPropagation()
      if (event.touches.length === 0) isGesture = false
    }
    const options = { capture: true, passive: true }
    window.addEventListener('wheel', onWheel, options)
    for (const type of ['touchstart', 'touchmove', 'touchend'] as const) window.addEventListener(type, onTouch, options)
    return () => {
      window.removeEventListener('wheel', onWheel, options)
      for (const type of ['touchstart', 'touchmove', 'touchend'] as const) window.removeEventListener(type, onTouch, options)
    }
  }, [])
}
