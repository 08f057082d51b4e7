/** How mails look: paper and ink, no images, one column. Colours are those of the pages; in the dark mail programs turn them themselves. */

export const COLOURS = {
  ink: '#1D1A15',
  quiet: '#615B51',
  line: '#E3DED3',
  wash: '#F3EFE6',
  card: '#FFFFFF',
  joined: '#0072B2',
  left: '#C25600',
  /** Bars of weeks as usual: stands out from paper that is white and from paper that is dark. */
  bar: '#8A8377',
} as const
export const SERIF = "Georgia, 'Times New Roman', serif"
export const SANS = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"
export const COLUMN = 600

/**
 * For programs that read a style sheet: they are told that both schemes are fine, and given the dark one. What has no class is
 * transparent. Outlook's own (`data-ogsc`) needs its selectors apart.
 */
export const DARK_STYLES = [
  ':root { color-scheme: light dark; supported-color-schemes: light dark; }',
  '@media (prefers-color-scheme: dark) {',
  ' .paper, .paper > div { background-color: #1D1B18 !important; }',
  ' .ink, .ink td, .ink th, .ink a, .ink div { color: #EFEBE2 !important; }',
  ' .quiet, .quiet td { color: #ADA69A !important; }',
  ' .line { border-color: #4C473F !important; }',
  ' .wash { background-color: #272420 !important; }',
  ' .mark { background-color: #EFEBE2 !important; }',
  '}',
  '[data-ogsc] .ink, [data-ogsc] .ink td, [data-ogsc] .ink a { color: #EFEBE2 !important; }',
  '[data-ogsc] .quiet { color: #ADA69A !important; }',
  '[data-ogsb] .wash { background-color: #272420 !important; }',
  '[data-ogsb] .mark { background-color: #EFEBE2 !important; }',
].join('\n')
