import type { ReactNode } from 'react'
import type { VerdictName } from '../../../shared/contract/verdict.ts'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import { VERDICT_WORDS } from './verdict-words.ts'

/** Each verdict has a shape of its own, so that colour is never alone; drawn in a square of 20. */
const SHAPES: Record<VerdictName, (fill: string, edge: string) => ReactNode> = {
  community: (fill, edge) => (
    <>
      <path d="M6 6h8v8H6zM6 6l8 8M14 6l-8 8" fill="none" stroke={edge} strokeWidth={1.5} />
      {[
        [6, 6],
        [14, 6],
        [6, 14],
        [14, 14],
      ].map(([x, y]) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r={3.4} fill={fill} stroke={edge} />
      ))}
    </>
  ),
  blog: (fill, edge) => (
    <>
      <circle cx={7} cy={10} r={5} fill={fill} stroke={edge} />
      {[4, 10, 16].map((y) => (
        <circle key={y} cx={16} cy={y} r={1.6} fill="none" stroke={edge} strokeWidth={1.2} />
      ))}
    </>
  ),
  newsletter: (fill, edge) => (
    <>
      <rect x={3} y={4} width={14} height={12} rx={1} fill={fill} stroke={edge} />
      <path d="M3.5 5 10 11l6.5-6" fill="none" stroke="var(--card)" strokeWidth={1.6} />
    </>
  ),
  workgroup: (fill, edge) => (
    <>
      {[
        [3, 3],
        [11, 3],
        [3, 11],
        [11, 11],
      ].map(([x, y]) => (
        <rect key={`${x}-${y}`} x={x} y={y} width={6} height={6} fill={fill} stroke={edge} />
      ))}
    </>
  ),
  teaching_platform: (fill, edge) => <path d="M10 2.5 18 16.5H2z" fill={fill} stroke={edge} />,
  mixed: (fill, edge) => (
    <>
      <circle cx={10} cy={10} r={7} fill="none" stroke={edge} strokeWidth={1.5} />
      <path d="M10 3a7 7 0 0 1 0 14z" fill={fill} stroke={edge} />
    </>
  ),
  too_little_data: (_, edge) => <circle cx={10} cy={10} r={7} fill="none" stroke={edge} strokeWidth={1.5} strokeDasharray="2.5 2.5" />,
  dormant: (_, edge) => <path d="M3 10h14" stroke={edge} strokeWidth={3} strokeLinecap="round" />,
}

/** Decorative: the verdict's word always stands beside it. */
export const VerdictMark = ({ verdict, size = 20 }: { verdict: VerdictName; size?: number }) => {
  const { tone } = VERDICT_WORDS[verdict]
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden
      style={{ flex: 'none', display: 'inline-block', verticalAlign: '-0.2em' }}
    >
      {SHAPES[verdict](fillOf(tone), edgeOf(tone))}
    </svg>
  )
}
