/** The pieces of a mail as tables and paragraphs with every style on the element itself, as mail programs need it. Outside of slots all is ours. */
import { formatCount } from '../../shared/format.ts'
import type { Slots } from './fill-slots.ts'
import { COLOURS, SANS, SERIF } from './mail-style.ts'
import type { Block, GrowthRow, TrendRow } from './mail-blocks.ts'
import { layOutWeeks } from './week-chart-html.ts'

type Put = Slots['put']

const TEXT = `font-family:${SANS};font-size:16px;line-height:24px;color:${COLOURS.ink}`
const SMALL = `font-family:${SANS};font-size:14px;line-height:20px;color:${COLOURS.quiet}`
const RULE = `border-bottom:1px solid ${COLOURS.line}`
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;width:100%"'
const DATA = 'width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;width:100%"'

const mark = (put: Put, of: string | null): string =>
  of === null ? '' : `&nbsp;<sup style="font-size:11px;line-height:1">${put(`[${of}]`)}</sup>`

const paragraph = (html: string, style: string, tone: 'ink' | 'quiet', margin = '0 0 12px'): string =>
  `<p class="${tone}" style="margin:${margin};${style}">${html}</p>`

const lines = (put: Put, text: string): string => text.split('\n').map(put).join('<br>')

/** What stands in brackets after a number stays together where the line is narrow. */
const value = (put: Put, text: string): string => {
  const at = text.indexOf(' (')
  if (at < 1 || text.length - at > 28) return put(text)
  return `${put(text.slice(0, at))} <span style="white-space:nowrap">${put(text.slice(at + 1))}</span>`
}

/** Label and number on one line; a reason takes the room of both. */
const figures = (block: Extract<Block, { kind: 'figures' }>, put: Put): string => {
  const rows = block.rows.map(({ label, when, value: number, reason, mark: note }) => {
    const name = `${put(label)}${when === null ? '' : `<span class="quiet" style="color:${COLOURS.quiet}">, ${put(when)}</span>`}${mark(put, note)}`
    const cell = `class="line" valign="top" style="padding:6px 0;${RULE}`
    return number === null
      ? `<tr><td colspan="2" ${cell}">${name}<br><span class="quiet" style="${SMALL}">${put(reason ?? '')}</span></td></tr>`
      : `<tr><td ${cell};padding-right:16px">${name}</td><td width="38%" align="right" ${cell};font-weight:bold;text-align:right">${value(put, number)}</td></tr>`
  })
  return `<div class="ink" style="margin:0 0 12px;${TEXT}"><table ${TABLE} class="ink"><tbody style="${TEXT}">${rows.join('')}</tbody></table></div>`
}

const growthRow = ({ label, mark: note, cells }: GrowthRow, put: Put): string => {
  const cell = `class="line" valign="top" style="padding:6px 0;font-size:15px;line-height:20px;${RULE}`
  const reasons = [...new Set(cells.flatMap(({ reason }) => (reason === null ? [] : [reason])))]
  const name = `<th scope="row" align="left" ${cell};font-weight:normal;text-align:left">${put(label)}${mark(put, note)}</th>`
  const why = (reason: string) => `<span class="quiet" style="font-size:13px;line-height:18px;color:${COLOURS.quiet}">${put(reason)}</span>`
  if (cells.every(({ value }) => value === null) && reasons.length === 1)
    return `<tr>${name}<td colspan="3" ${cell};padding-left:8px">${why(reasons[0] as string)}</td></tr>`
  return `<tr>${name}${cells
    .map(({ value, reason }) =>
      value === null
        ? `<td align="right" ${cell};padding-left:8px;text-align:right">${why(reason ?? 'not known')}</td>`
        : `<td align="right" ${cell};padding-left:8px;text-align:right;white-space:nowrap;font-weight:bold">${put(value)}</td>`,
    )
    .join('')}</tr>`
}

const growth = ({ columns, rows }: Extract<Block, { kind: 'growth' }>, put: Put): string => {
  const head = `class="quiet line" valign="bottom" style="padding:0 0 4px 8px;font-weight:normal;font-size:13px;line-height:18px;color:${COLOURS.quiet};${RULE}`
  const heads = columns.map((column) => `<th scope="col" width="22%" align="right" ${head};text-align:right">${put(column)}</th>`)
  return (
    `<div class="ink" style="margin:0 0 16px;${TEXT}"><table ${DATA} class="ink"><thead><tr><td ${head}"></td>${heads.join('')}</tr></thead>` +
    `<tbody style="${TEXT}">${rows.map((row) => growthRow(row, put)).join('')}</tbody></table></div>`
  )
}

/** A bar is a cell of a table: no picture, and shown by every program that shows tables. Beside each stands its number. */
const bar = (count: number | null, most: number, side: 'left' | 'joined'): string => {
  if (count === null || count === 0) return ''
  const width = `${Math.max(2, Math.round((count / most) * 100))}%`
  return (
    `<table role="presentation" align="${side === 'left' ? 'right' : 'left'}" width="${width}" cellpadding="0" cellspacing="0" border="0" style="width:${width}">` +
    `<tr><td bgcolor="${COLOURS[side]}" height="10" style="height:10px;font-size:0;line-height:0;background-color:${COLOURS[side]}">&nbsp;</td></tr></table>`
  )
}

/** Bars grow away from their numbers, which stand in the middle. */
const trend = ({ rows }: { rows: TrendRow[] }): string => {
  const most = Math.max(1, ...rows.flatMap(({ joined, left }) => [joined ?? 0, left ?? 0]))
  const cell = 'valign="middle" style="padding:3px 0;font-size:13px;line-height:16px'
  const number = (count: number | null) =>
    `<td width="14%" align="center" ${cell};text-align:center">${count === null ? '?' : formatCount(count)}</td>`
  const head = (text: string) =>
    `<th scope="col" width="14%" align="center" class="quiet" style="padding:0 0 4px;font-weight:normal;font-size:13px;line-height:18px;color:${COLOURS.quiet};text-align:center">${text}</th>`
  const body = rows.map(
    ({ label, joined, left }) =>
      `<tr><th scope="row" width="20%" align="left" ${cell};font-weight:normal;text-align:left;white-space:nowrap">${label}</th>` +
      `<td width="26%" align="right" ${cell}">${bar(left, most, 'left')}</td>${number(left)}` +
      `${number(joined)}<td width="26%" align="left" ${cell}">${bar(joined, most, 'joined')}</td></tr>`,
  )
  const unknown = rows.some(({ joined, left }) => joined === null || left === null)
    ? paragraph('“?” means not known, or a month in which many came or went at once by an import.', SMALL, 'quiet', '4px 0 0')
    : ''
  return (
    `<div class="ink" style="margin:0 0 16px;${TEXT}"><table ${DATA} class="ink"><thead><tr><td width="20%"></td><td width="26%"></td>${head('Left')}${head('Joined')}<td width="26%"></td></tr></thead>` +
    `<tbody>${body.join('')}</tbody></table>${unknown}</div>`
  )
}

/** Four columns do not fit a phone: what is told of a row stands under its name there, and so everywhere. */
const compared = ({ rows }: Extract<Block, { kind: 'compared' }>, put: Put): string => {
  const body = rows.map(
    ({ label, now, usual, change }) =>
      `<tr><td class="line" align="left" valign="top" style="padding:6px 16px 6px 0;text-align:left;${RULE}">${put(label)}<br>` +
      `<span class="quiet" style="${SMALL}">Usual: ${put(usual)}</span></td>` +
      `<td class="line" width="46%" align="right" valign="top" style="padding:6px 0;text-align:right;${RULE}"><strong>${put(now)}</strong><br>` +
      `<span style="font-size:14px;line-height:20px">${put(change)}</span></td></tr>`,
  )
  return `<div class="ink" style="margin:0 0 16px;${TEXT}"><table ${TABLE} class="ink"><tbody style="${TEXT}">${body.join('')}</tbody></table></div>`
}

const steps = (block: Extract<Block, { kind: 'steps' }>, put: Put): string =>
  `<ol class="ink" style="margin:4px 0 12px;padding:0 0 0 22px;${TEXT}">${block.steps
    .map(({ text, address }) => {
      const said = address === null ? put(text) : `<a class="ink" href="${put(address)}" style="color:${COLOURS.ink}">${put(text)}</a>`
      return `<li style="margin:0 0 6px">${said}</li>`
    })
    .join('')}</ol>`

/** Slots: an address, and a whole link or nothing. */
export type HtmlLinks = { page: string; pdf: string }

/** A piece as HTML; `links` as slots. */
export const layOutBlock = (block: Block, put: Put, links: HtmlLinks): string => {
  switch (block.kind) {
    case 'kicker':
      return paragraph(put(block.text), SMALL, 'quiet', '0 0 12px')
    case 'notice':
      return `<p class="ink wash line" style="margin:0 0 16px;padding:10px 12px;${TEXT};background-color:${COLOURS.wash};border-left:3px solid ${COLOURS.quiet};font-weight:bold">${put(block.text)}</p>`
    case 'title':
      return `<h1 class="ink" style="margin:0 0 12px;font-family:${SERIF};font-size:26px;line-height:32px;font-weight:bold;color:${COLOURS.ink}">${put(block.text)}</h1>`
    case 'heading':
      return `<h2 class="ink line" style="margin:28px 0 12px;padding:16px 0 0;border-top:1px solid ${COLOURS.quiet};font-family:${SERIF};font-size:21px;line-height:28px;font-weight:bold;color:${COLOURS.ink}">${put(block.text)}</h2>`
    case 'subheading':
      return `<h3 class="ink" style="margin:20px 0 6px;font-family:${SANS};font-size:16px;line-height:24px;font-weight:bold;color:${COLOURS.ink}">${put(block.text)}</h3>`
    case 'label':
      return paragraph(put(block.text), SMALL, 'quiet', '12px 0 2px')
    case 'paragraph':
      return paragraph(`${put(block.text)}${mark(put, block.mark ?? null)}`, TEXT, 'ink')
    case 'small':
      return paragraph(put(block.text), SMALL, 'quiet')
    case 'list':
      return `<ul class="ink" style="margin:4px 0 12px;padding:0 0 0 20px;${TEXT};font-size:15px;line-height:22px">${block.texts.map((text) => `<li style="margin:0 0 4px">${put(text)}</li>`).join('')}</ul>`
    case 'figures':
      return figures(block, put)
    case 'growth':
      return growth(block, put)
    case 'trend':
      return trend(block)
    case 'compared':
      return compared(block, put)
    case 'weeks':
      return layOutWeeks(block.chart, put)
    case 'steps':
      return steps(block, put)
    case 'link':
      return paragraph(
        `<a class="ink" href="${put(block.address)}" style="color:${COLOURS.ink};font-weight:bold">${put(block.text)}</a>${block.other === undefined ? '' : ` &nbsp;·&nbsp; <a class="ink" href="${put(block.other.address)}" style="color:${COLOURS.ink}">${put(block.other.text)}</a>`}`,
        TEXT,
        'ink',
        '16px 0 12px',
      )
    case 'quote':
      return (
        `<blockquote class="ink line" style="margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid ${COLOURS.line};font-family:${SERIF};font-size:17px;line-height:26px;color:${COLOURS.ink}">` +
        `${block.texts.map((text) => `<p dir="auto" style="margin:0 0 8px">${lines(put, text)}</p>`).join('')}` +
        `${block.by === null ? '' : `<p class="quiet" style="margin:0;${SMALL}"><bdi>${put(block.by)}</bdi></p>`}</blockquote>`
      )
    case 'notes':
      return block.notes.map((note) => paragraph(`${put(`[${note.mark}]`)} ${put(note.text)}`, SMALL, 'quiet', '0 0 8px')).join('')
    case 'links':
      return paragraph(
        `<a class="ink" href="${links.page}" style="color:${COLOURS.ink};font-weight:bold">Read it as a page</a>${links.pdf}`,
        TEXT,
        'ink',
      )
  }
}
