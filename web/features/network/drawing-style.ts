import { SURFACES, TONES } from '../../ui/palette.ts'
import type { HelpRole } from './help-graph.ts'

export type Scheme = 'light' | 'dark'
/** A disc, a ring, and a disc within a ring: told apart without their colours. */
export type Shape = 'disc' | 'ring' | 'target'

export const SHAPE_OF: Record<HelpRole, Shape> = { gave: 'disc', received: 'ring', both: 'target' }

/** The colours of one scheme, as a canvas takes them. Who does both is what makes a community: the colour of help. */
export const stylesOf = (scheme: Scheme) => {
  const surface = SURFACES[scheme]
  const isDark = scheme === 'dark'
  return {
    paper: surface.card,
    ink: surface.ink,
    quiet: surface.quiet,
    role: {
      gave: isDark ? TONES.ink.fillOnDark : TONES.ink.fill,
      received: isDark ? TONES.other.edgeOnDark : TONES.other.edgeOnLight,
      both: isDark ? TONES.help.edgeOnDark : TONES.help.edgeOnLight,
    } satisfies Record<HelpRole, string>,
    tie: isDark ? TONES.ink.fill : TONES.other.fill,
    /** Of what is not looked at, while something is. */
    faint: surface.line,
  }
}
export type Styles = ReturnType<typeof stylesOf>

/** Parts of the radius: the hole of a ring, and the gap of a target from its outer to its inner edge. */
export const HOLE = 0.58
export const GAP = [0.72, 0.46] as const

/** Names that sources give may be as long as they like. */
const LONGEST_LABEL = 40
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
export const shortLabel = (label: string): string => {
  const letters = [...label.replace(CONTROLS, '')]
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : letters.join('')
}
