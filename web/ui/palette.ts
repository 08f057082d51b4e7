/**
 * Colours that mean something, always the same thing (Okabe & Ito 2008, "Color Universal Design"). `fill` is the palette's
 * own colour; `edge` is the same hue dark or light enough to stand out from the card (3 : 1, WCAG 2.2, 1.4.11), drawn around
 * fills and used for lines. Text is never set in them.
 */
export const TONES = {
  help: { fill: '#009E73', edgeOnLight: '#00815E', edgeOnDark: '#00B886' },
  discussion: { fill: '#0072B2', edgeOnLight: '#0072B2', edgeOnDark: '#3D9FDB' },
  broadcast: { fill: '#E69F00', edgeOnLight: '#A87400', edgeOnDark: '#E69F00' },
  news: { fill: '#D55E00', edgeOnLight: '#C25600', edgeOnDark: '#EE7A1E' },
  work: { fill: '#CC79A7', edgeOnLight: '#B0598A', edgeOnDark: '#CC79A7' },
  teaching: { fill: '#56B4E9', edgeOnLight: '#2B86BA', edgeOnDark: '#56B4E9' },
  other: { fill: '#B5B0A6', edgeOnLight: '#827D73', edgeOnDark: '#A39D92' },
  joined: { fill: '#0072B2', edgeOnLight: '#0072B2', edgeOnDark: '#3D9FDB' },
  left: { fill: '#D55E00', edgeOnLight: '#C25600', edgeOnDark: '#EE7A1E' },
  ink: { fill: '#5E5950', fillOnDark: '#A39D92', edgeOnLight: '#3B372F', edgeOnDark: '#D9D4C9' },
} as const satisfies Record<string, { fill: string; fillOnDark?: string; edgeOnLight: string; edgeOnDark: string }>
export type Tone = keyof typeof TONES

/** Paper and ink. */
export const SURFACES = {
  light: { page: '#FBF9F4', card: '#FFFFFF', line: '#E3DED3', ink: '#1D1A15', quiet: '#615B51', wash: '#F3EFE6' },
  dark: { page: '#151412', card: '#1D1B18', line: '#39352F', ink: '#EFEBE2', quiet: '#ADA69A', wash: '#272420' },
} as const

export const fillOf = (tone: Tone): string => `var(--tone-${tone})`
export const edgeOf = (tone: Tone): string => `var(--tone-${tone}-edge)`

/** The palette as CSS variables of one colour scheme. */
export const paletteVariables = (scheme: 'light' | 'dark'): Record<string, string> => {
  const variables: Record<string, string> = {}
  for (const [name, colour] of Object.entries(SURFACES[scheme])) variables[`--${name}`] = colour
  for (const [name, tone] of Object.entries(TONES)) {
    variables[`--tone-${name}`] = scheme === 'dark' && 'fillOnDark' in tone ? tone.fillOnDark : tone.fill
    variables[`--tone-${name}-edge`] = scheme === 'light' ? tone.edgeOnLight : tone.edgeOnDark
  }
  return variables
}
