/** Blocks as plain text, wrapped at 72 columns: the text part of a mail, and what a terminal prints. */
import { formatCount } from '../../shared/format.ts'
import type { Block, ComparedRow } from './mail-blocks.ts'
import type { WeekChart } from './week-chart.ts'

const WIDTH = 72
const BAR_WIDTH = 20
/** Columns of a month in the growth table. */
const GROWTH_CELL = 17

/** Lines of at most 72 columns; a word that is longer is broken, an address is not. */
export const wrap = (text: string, indent = '', first = indent): string[] => {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  const end = () => {
    lines.push(line)
    line = indent
    isEmpty = true
  }
  for (const word of text.split(' ')) {
    const letters = [...word]
    const room = () => WIDTH - [...line].length - (isEmpty ? 0 : 1)
    if (!isEmpty && letters.length > room()) end()
    while (letters.length > room() && !/^https?:/.test(word)) {
      line += letters.splice(0, room()).join('')
      end()
    }
    line += `${isEmpty ? '' : ' '}${letters.join('')}`
    isEmpty = false
  }
  if (!isEmpty) end()
  return lines
}

const figureLines = ({ label, when, value, reason, mark }: Extract<Block, { kind: 'figures' }>['rows'][number]): string[] => {
  const named = `${label}${when === null ? '' : `, ${when}`}${mark === null ? '' : ` [${mark}]`}`
  const room = WIDTH - 4 - [...named, ...(value ?? '')].length
  if (value !== null && room > 1) return [`  ${named} ${'.'.repeat(room)} ${value}`]
  return [...wrap(`${named}:`, '  '), ...wrap(value ?? reason ?? '', '    ')]
}

const growthLines = ({ columns, rows }: Extract<Block, { kind: 'growth' }>): string[] => {
  const LABEL = WIDTH - 3 * GROWTH_CELL
  const cell = (text: string) =>
    [...text]
      .slice(0, GROWTH_CELL - 1)
      .join('')
      .padStart(GROWTH_CELL)
  const missing = new Set<string>()
  const lines = rows.flatMap(({ label, mark, cells }) => {
    const named = `${label}${mark === null ? '' : ` [${mark}]`}`
    const reasons = [...new Set(cells.flatMap(({ reason }) => (reason === null ? [] : [reason])))]
    if (cells.every(({ value }) => value === null) && reasons.length === 1)
      return [...wrap(`${named}:`), ...wrap(reasons[0] as string, '    ')]
    // the same reason holds for most rows of a month: said once, under the table
    for (const reason of reasons) missing.add(reason)
    const numbers = cells.map(({ value }) => cell(value ?? 'not known')).join('')
    return [...named].length <= LABEL ? [`${named.padEnd(LABEL)}${numbers}`] : [...wrap(named), `${' '.repeat(LABEL)}${numbers}`]
  })
  return [
    `${' '.repeat(LABEL)}${columns.map(cell).join('')}`,
    ...lines,
    ...[...missing].flatMap((reason) => wrap(reason, '           ', 'not known: ')),
  ]
}

const trendLines = ({ rows }: Extract<Block, { kind: 'trend' }>): string[] => {
  const most = Math.max(1, ...rows.flatMap(({ joined, left }) => [joined ?? 0, left ?? 0]))
  const bar = (count: number | null, sign: string) =>
    count === null ? '' : sign.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / most) * BAR_WIDTH)))
  const number = (count: number | null) => (count === null ? '?' : formatCount(count))
  return [
    `${' '.repeat(10)}${'left'.padStart(BAR_WIDTH + 7)} | joined`,
    ...rows.map(({ label, joined, left }) =>
      `${label.padEnd(10)}${`${number(left)} ${bar(left, '-')}`.padStart(BAR_WIDTH + 7)} | ${bar(joined, '+')} ${number(joined)}`.replace(
        '|  ',
        '| ',
      ),
    ),
    ...(rows.some(({ joined, left }) => joined === null || left === null) ? ['?: not known'] : []),
  ]
}

const comparedLines = ({ label, now, usual, change }: ComparedRow): string[] => [
  ...figureLines({ label, when: null, value: now, reason: null, mark: null }),
  ...wrap(`usual: ${usual}; ${change}`, '    '),
]

const weekLines = ({ title, caption, first, last, key, characters, bars }: WeekChart): string[] => [
  ...wrap(title),
  ...(caption === '' ? [] : wrap(caption)),
  `  ${characters}`,
  `  ${first} to ${last}`,
  ...wrap(key.written, '  '),
  ...wrap(`In numbers: ${bars.map(({ value }) => value).join(', ')}.`, '  '),
]

const linesOf = (block: Block, links: TextLinks): string[] => {
  switch (block.kind) {
    case 'kicker':
      return wrap(block.text)
    case 'title':
      return [...wrap(block.text), '='.repeat(Math.min(WIDTH, Math.max(...wrap(block.text).map((line) => [...line].length), 1)))]
    case 'heading':
      return ['', block.text.toUpperCase(), '-'.repeat(Math.min(WIDTH, [...block.text].length))]
    case 'subheading':
      return wrap(block.text, '  ', '* ')
    case 'label':
      return wrap(`${block.text}:`)
    case 'paragraph':
      return wrap(block.mark == null ? block.text : `${block.text} [${block.mark}]`)
    case 'small':
      return wrap(block.text)
    case 'notice':
      return wrap(block.text, '  ', '! ')
    case 'list':
      return block.texts.flatMap((text) => wrap(text, '  ', '- '))
    case 'figures':
      return block.rows.flatMap(figureLines)
    case 'growth':
      return growthLines(block)
    case 'trend':
      return trendLines(block)
    case 'compared':
      return block.rows.flatMap(comparedLines)
    case 'weeks':
      return weekLines(block.chart)
    case 'steps':
      return block.steps.flatMap(({ text, address }, i) => [
        ...wrap(text, '   ', `${i + 1}. `),
        ...(address === null ? [] : wrap(address, '   ')),
      ])
    case 'link':
      return [block, ...(block.other === undefined ? [] : [block.other])].flatMap(({ text, address }) => [...wrap(`${text}:`), address])
    case 'quote':
      // each line marked, so that nothing in it can pass for a line of ours
      return [
        ...block.texts.flatMap((text, i) => [...(i === 0 ? [] : ['  |']), ...text.split('\n').flatMap((line) => wrap(line, '  | '))]),
        ...(block.by === null ? [] : wrap(block.by, '    ', '  -- ')),
      ]
    case 'notes':
      return block.notes.flatMap(({ mark, text }) => wrap(text, '    ', `[${mark}] `))
    case 'links':
      return [
        ...(links.page === undefined ? [] : [`As a page: ${links.page}`]),
        ...(links.pdf === undefined ? [] : [`As a PDF:  ${links.pdf}`]),
      ]
  }
}

export type TextLinks = { page?: string; pdf?: string }

/** Blocks of any mail as text. */
export const layOutText = (blocks: readonly Block[], links: TextLinks = {}, closing: readonly string[] = []): string => {
  const parts: string[] = []
  let before: Block['kind'] | null = null
  for (const block of blocks) {
    const lines = linesOf(block, links)
    if (lines.length === 0) continue
    // a heading and what stands under it belong together
    const isTight =
      before === null ||
      before === 'heading' ||
      before === 'subheading' ||
      before === 'label' ||
      (before === 'kicker' && block.kind === 'title')
    parts.push(...(isTight ? [] : ['']), ...lines)
    before = block.kind
  }
  if (closing.length > 0)
    parts.push('', '-'.repeat(WIDTH), ...closing.flatMap((text) => ['', ...text.split('\n').flatMap((line) => wrap(line))]))
  return `${parts.join('\n')}\n`
}
