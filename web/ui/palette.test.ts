import { describe, expect, test } from 'vitest'
import { SURFACES, TONES } from './palette.ts'

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('on %s', (scheme) => {
  const surface = SURFACES[scheme]
  test.each(['page', 'card', 'wash'] as const)('ink and quiet text can be read on the %s (4.5 : 1)', (ground) => {
    expect(contrast(surface.ink, surface[ground])).toBeGreaterThan(7)
    expect(contrast(surface.quiet, surface[ground])).toBeGreaterThanOrEqual(4.5)
  })
  test.each(Object.entries(TONES))('the edge of %s stands out from card and page (3 : 1)', (_, tone) => {
    const edge = scheme === 'light' ? tone.edgeOnLight : tone.edgeOnDark
    expect(contrast(edge, surface.card)).toBeGreaterThanOrEqual(3)
    expect(contrast(edge, surface.page)).toBeGreaterThanOrEqual(3)
  })
})
