import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { paletteVariables, SURFACES } from '../ui/palette.ts'

/** Ink from pale to dark: buttons and marks are ink; colour is kept for what it means. */
const ink: MantineColorsTuple = [
  '#F7F5F0',
  '#EFEBE2',
  '#D9D4C9',
  '#BDB6A9',
  '#978F81',
  '#7A7265',
  '#5E5950',
  '#45413A',
  '#2E2A24',
  '#1D1A15',
]

/** The library’s own greys, warmed: borders and grounds of its controls on light and on dark. */
const warm: MantineColorsTuple = [
  '#F9F6F0',
  '#F3EFE6',
  '#E9E4DA',
  '#E3DED3',
  '#8A8376',
  '#7C756A',
  '#6B655B',
  '#4C473F',
  '#38342D',
  '#24211C',
]
const night: MantineColorsTuple = [
  '#EFEBE2',
  '#D9D4C9',
  '#ADA69A',
  '#8F887C',
  '#7C756A',
  '#39352F',
  '#272420',
  '#1D1B18',
  '#151412',
  '#0E0D0C',
]

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 1 },
  autoContrast: true,
  colors: { ink, gray: warm, dark: night },
  // hairlines and no shadows
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: "'Source Serif 4 Variable', Georgia, serif", fontWeight: '600' },
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '0.9375rem', lg: '1.125rem', xl: '1.5rem' },
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  components: {
    // filled controls are ink on paper, and paper on ink in the dark
    Button: {
      vars: (_: unknown, props: { variant?: string }) => ({
        root:
          props.variant === undefined || props.variant === 'filled'
            ? { '--button-bg': 'var(--ink)', '--button-color': 'var(--page)', '--button-hover': 'var(--tone-ink-edge)' }
            : {},
      }),
    },
    Checkbox: { vars: () => ({ root: { '--checkbox-color': 'var(--ink)', '--checkbox-icon-color': 'var(--page)' } }) },
    Radio: { vars: () => ({ root: { '--radio-color': 'var(--ink)', '--radio-icon-color': 'var(--page)' } }) },
    SegmentedControl: { vars: () => ({ root: { '--sc-shadow': 'none' } }) },
  },
  breakpoints: { xs: '30em', sm: '45em', md: '62em', lg: '75em', xl: '88em' },
  respectReducedMotion: true,
})

const schemeVariables = (scheme: 'light' | 'dark'): Record<string, string> => {
  const surface = SURFACES[scheme]
  return {
    ...paletteVariables(scheme),
    'color-scheme': scheme,
    '--mantine-color-body': surface.page,
    '--mantine-color-text': surface.ink,
    '--mantine-color-dimmed': surface.quiet,
    '--mantine-color-placeholder': surface.quiet,
    '--mantine-color-anchor': surface.ink,
    '--mantine-color-default': surface.card,
    '--mantine-color-default-color': surface.ink,
    '--mantine-color-default-hover': surface.wash,
    '--mantine-color-default-border': scheme === 'light' ? '#8A8376' : '#7C756A',
    '--mantine-color-error': scheme === 'light' ? '#A34600' : '#F08A3C',
  }
}

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
})
