/**
 * The bars as cells of a table with heights and colours: no picture, no background image, and nothing that Outlook lays out otherwise.
 * The usual level is a row of its own between two rows of bars, so that it runs through them without being laid over them.
 */
import type { Slots } from './fill-slots.ts'
import { COLOURS, SANS } from './mail-style.ts'
import type { WeekBar, WeekChart } from './week-chart.ts'

// of 1 and not of 0, which Outlook takes for its usual size
const NONE = 'font-size:1px;line-height:1px;mso-line-height-rule:exactly'

// nothing is in the cells, so that where styles are taken out their heights still hold and the picture stays true
const fill = (pixels: number, isJudged: boolean): string => {
  const [tone, colour] = isJudged ? ['mark', COLOURS.ink] : ['bar', COLOURS.bar]
  return (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">' +
    `<tr><td class="${tone}" bgcolor="${colour}" height="${pixels}" style="height:${pixels}px;background-color:${colour};${NONE}"></td></tr></table>`
  )
}

const row = (bars: readonly WeekBar[], height: number, part: 'above' | 'below'): string => {
  if (height === 0) return ''
  // said of each, since without styles the table is laid out by what is in its cells
  const width = `${(100 / bars.length).toFixed(2)}%`
  const cells = bars.map((bar) => {
    const isUnknown = part === 'below' && !bar.is_known
    const content = isUnknown ? '?' : bar[part] === 0 ? '' : fill(bar[part], bar.is_judged)
    const type = isUnknown ? `font-size:10px;line-height:12px;color:${COLOURS.quiet}` : NONE
    return `<td${isUnknown ? ' class="quiet"' : ''} valign="bottom" align="center" width="${width}" height="${height}" style="height:${height}px;padding:0 1px;vertical-align:bottom;text-align:center;${type}">${content}</td>`
  })
  return `<tr>${cells.join('')}</tr>`
}

const line = (count: number, pixels: number, tone: 'mark' | 'bar'): string => {
  const colour = tone === 'mark' ? COLOURS.ink : COLOURS.bar
  return `<tr><td class="${tone}" colspan="${count}" bgcolor="${colour}" height="${pixels}" style="height:${pixels}px;background-color:${colour};${NONE}"></td></tr>`
}

export const layOutWeeks = (chart: WeekChart, put: Slots['put']): string => {
  const { bars, heights } = chart
  const half = Math.ceil(bars.length / 2)
  const small = `font-family:${SANS};font-size:13px;line-height:18px;color:${COLOURS.quiet}`
  const date = (text: string, side: 'left' | 'right', span: number) =>
    `<td class="quiet" colspan="${span}" align="${side}" style="padding:4px 0 0;text-align:${side};${small}">${put(text)}</td>`
  return [
    `<p class="ink" style="margin:20px 0 ${chart.caption === '' ? 8 : 2}px;font-family:${SANS};font-size:16px;line-height:24px;font-weight:bold;color:${COLOURS.ink}">${put(chart.title)}</p>`,
    chart.caption === ''
      ? ''
      : `<p class="quiet" style="margin:0 0 10px;${small.replace('13px', '14px').replace('18px', '20px')}">${put(chart.caption)}</p>`,
    // who hears it read has heard the caption
    '<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;table-layout:fixed;border-collapse:collapse">',
    row(bars, heights.above, 'above'),
    chart.has_line ? line(bars.length, 2, 'mark') : '',
    row(bars, heights.below, 'below'),
    line(bars.length, 1, 'bar'),
    `<tr>${date(chart.first, 'left', half)}${date(chart.last, 'right', bars.length - half)}</tr></table>`,
    `<p class="quiet" style="margin:4px 0 16px;${small}">${put(chart.key.drawn)}</p>`,
  ].join('\n')
}
