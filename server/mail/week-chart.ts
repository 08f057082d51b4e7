/** Weeks (or days, or months) as bars, as far as a mail can draw them: heights in pixels, and what stands beside them in words. */
import type { AlertContent } from '../../shared/contract/alert.ts'
import { formatCount, formatDecimal, formatPeriodShort } from '../../shared/format.ts'
import { plainLine } from '../../shared/plain-text.ts'

/** `below`, `above`: the pixels of a bar below and above the usual level. A week of which nothing is known is neither. */
export type WeekBar = { below: number; above: number; is_known: boolean; is_judged: boolean; value: string }
export type WeekChart = {
  title: string
  /** What it shows, in a sentence; empty where that is said already. */
  caption: string
  bars: WeekBar[]
  /** Pixels below and above the line at what is usual; without a line all stands below. */
  heights: { below: number; above: number }
  has_line: boolean
  first: string
  last: string
  /** What the bars, the line and the shades are: as drawn, and as characters. */
  key: { drawn: string; written: string }
  /** The bars as characters, those judged set apart. */
  characters: string
}

/** Our judgement: tall enough to see a third less, low enough to stand beside the headline on a phone. */
const HEIGHT = 72
/** More bars than this would be too narrow on a phone for the sign of what is not known. */
const MOST_BARS = 39
const LEVELS = '▁▂▃▄▅▆▇█'

const DAY_MS = 86_400_000
const nameStep = (weeks: readonly { on: string }[]): 'day' | 'week' | 'month' => {
  const [first, second] = [weeks.at(-2)?.on, weeks.at(-1)?.on]
  if (first === undefined || second === undefined) return 'week'
  const days = (Date.parse(second) - Date.parse(first)) / DAY_MS
  return days < 2 ? 'day' : days > 20 ? 'month' : 'week'
}

const formatValue = (value: number): string => (Math.abs(value) >= 100 ? formatCount(value) : formatDecimal(value))
const withUnit = (value: number, unit: string): string => `${formatValue(value)}${unit === '%' ? '\u00a0%' : ''}`

const sayKey = (sentences: readonly string[]): string => sentences.filter((one) => one !== '').join(' ')

/** Null where there are too few weeks to be a chart. */
export const drawWeeks = (chart: NonNullable<AlertContent['chart']>): WeekChart | null => {
  const weeks = chart.weeks.slice(-MOST_BARS)
  const known = weeks.flatMap(({ value }) => (value === null || !Number.isFinite(value) ? [] : [Math.max(0, value)]))
  const [first, last] = [weeks[0], weeks.at(-1)]
  if (known.length < 2 || first === undefined || last === undefined) return null
  const usual = chart.usual !== null && Number.isFinite(chart.usual) && chart.usual > 0 ? chart.usual : null
  const most = Math.max(...known)
  const top = Math.max(most, usual ?? 0) || 1
  const toPixels = (value: number) => (value <= 0 ? 0 : Math.max(2, Math.round((value / top) * HEIGHT)))
  const line = usual === null ? HEIGHT : toPixels(usual)
  const isJudged = (on: string) => chart.judged_from !== null && on >= chart.judged_from
  const bars = weeks.map(({ on, value }): WeekBar => {
    const pixels = toPixels(value ?? 0)
    return {
      below: Math.min(pixels, line),
      above: Math.max(0, pixels - line),
      is_known: value !== null,
      is_judged: isJudged(on),
      value: value === null ? '?' : formatValue(value),
    }
  })
  const judgedCount = bars.filter((one) => one.is_judged).length
  const step = nameStep(weeks)
  const unit = plainLine(chart.unit, 40)
  const said = {
    bars: `Each bar is a ${step}; the highest is ${withUnit(most, unit)}.`,
    line: usual === null ? null : withUnit(usual, unit),
    isOne: judgedCount === 1,
    isShaded: bars.some((one) => one.is_judged && one.below + one.above > 0),
    judged: judgedCount === 0 || judgedCount === bars.length ? null : judgedCount === 1 ? step : `${formatCount(judgedCount)} ${step}s`,
    unknown: bars.some(({ is_known }) => !is_known) ? '“?” means not known, which is not 0.' : '',
  }
  const character = (value: number | null) =>
    value === null ? '?' : value <= 0 ? '_' : (LEVELS[Math.min(7, Math.floor((value / top) * 8))] as string)
  return {
    title: plainLine(chart.title, 120),
    caption: plainLine(chart.caption, 400),
    bars,
    heights: { below: line, above: HEIGHT - line },
    has_line: usual !== null,
    first: formatPeriodShort(first.on),
    last: formatPeriodShort(last.on),
    key: {
      drawn: sayKey([
        said.bars,
        said.line === null ? '' : `The line is what was usual: ${said.line}.`,
        said.judged === null
          ? ''
          : `The last ${said.judged}${said.isShaded ? ', in the stronger shade,' : ''} ${said.isOne ? 'is' : 'are'} judged.`,
        said.unknown,
      ]),
      written: sayKey([
        said.bars,
        said.line === null ? '' : `Usual was ${said.line}.`,
        said.judged === null ? '' : `What stands right of “|”, the last ${said.judged}, is judged.`,
        said.unknown,
      ]),
    },
    characters: weeks
      .map(({ on, value }, i) => `${i > 0 && isJudged(on) && !isJudged(weeks[i - 1]?.on ?? '') ? ' | ' : ''}${character(value)}`)
      .join(''),
  }
}
