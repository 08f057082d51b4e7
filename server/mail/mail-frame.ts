/** The frame of every longer mail: blocks in one column of 600, laid out once, and filled for each recipient with their own links. */
import mjml2html from 'mjml'
import { plainLine } from '../../shared/plain-text.ts'
import { createSlots } from './fill-slots.ts'
import type { Block } from './mail-blocks.ts'
import { layOutBlock } from './mail-blocks-html.ts'
import { COLOURS, COLUMN, DARK_STYLES, SANS } from './mail-style.ts'

export type Mail = { subject: string; text: string; html: string }

/** Gmail shows no more than 102 kB of a mail and hides the rest behind a link; a little is left for what a mail system adds. */
export const MAX_HTML_BYTES = 98_000

const PREHEADER_LENGTH = 140

/** A line at the end of a mail, in quiet: with a link in the middle of it or not. */
export type ClosingLine = { before: string; link?: { text: string; address: string }; after?: string }

/** What one recipient's mail has for itself. */
export type OwnParts = {
  /** Of the block `links`; absent where it has none. */
  page?: string
  pdf?: string | null
  /** Over all else, such as that it is a test. */
  note?: string | null
  closing: ClosingLine[]
}

/** How to end a subscription. */
export const unsubscribeLine = (address: string): ClosingLine => ({
  before: 'No longer? ',
  link: { text: 'Unsubscribe', address },
  after: ' with one click.',
})

/** Blocks of any mail in the frame of the report. */
export const layOutBlocks = (pieces: readonly Block[], firstWords: string) => {
  const slots = createSlots()
  const { put } = slots
  // filled in by each recipient's own
  const own = { page: '@page@', pdf: '@pdf@', closing: '@closing@', test: '@test@', subject: '@subject@' }
  const blocks = pieces.map((block) => layOutBlock(block, put, own))
  const preheader = plainLine(firstWords, PREHEADER_LENGTH)
  const mjml = [
    '<mjml lang="en" dir="ltr"><mj-head>',
    `<mj-title>${own.subject}</mj-title><mj-preview>${put(preheader)}</mj-preview>`,
    '<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no"></mj-raw>',
    `<mj-attributes><mj-all font-family="${SANS}" /><mj-text padding="0" font-size="16px" line-height="24px" color="${COLOURS.ink}" /></mj-attributes>`,
    `<mj-style>${DARK_STYLES}</mj-style>`,
    `</mj-head><mj-body width="${COLUMN}px" background-color="${COLOURS.card}" css-class="paper">`,
    '<mj-section padding="24px 0"><mj-column padding="0 20px">',
    `<mj-text css-class="ink">${own.test}${blocks.join('\n')}${own.closing}</mj-text>`,
    '</mj-column></mj-section></mj-body></mjml>',
  ].join('\n')
  return { mjml, slots, own }
}

export type Laid = ReturnType<typeof layOutBlocks> & { html: string }
/** The layout as HTML, its slots not filled yet. */
export const compileMjml = async (laid: ReturnType<typeof layOutBlocks>): Promise<Laid> => {
  // one line a piece: no line is longer than the 998 octets of RFC 5322 once it is encoded, and none is empty
  const { html } = await mjml2html(laid.mjml, { validationLevel: 'soft', keepComments: false, ignoreIncludes: true, fonts: {} })
  return { ...laid, html: html.replace(/\n\s*\n/g, '\n').replace(/^ {2,}/gm, ' ') }
}

/** The closing lines as paragraphs of text, addresses on lines of their own. */
export const closingTexts = (lines: readonly ClosingLine[]): string[] =>
  lines.map(({ before, link, after = '' }) => {
    const said = plainLine(`${before}${link?.text ?? ''}${after}`)
    return link === undefined ? said : `${said.replace(/[.:]$/, '')}:\n${link.address}`
  })

/** The HTML of one recipient. */
export const fillMail = (subject: string, layout: Laid, { page, pdf, note, closing }: OwnParts): string => {
  const { put, fill: fillSlots } = layout.slots
  const quiet = `font-family:${SANS};font-size:14px;line-height:20px;color:${COLOURS.quiet}`
  const link = ({ text, address }: { text: string; address: string }) =>
    `<a class="quiet" href="${put(address)}" style="color:${COLOURS.quiet}">${put(text)}</a>`
  // the blanks around a link are ours and stay
  const words = (text: string) =>
    put(text.startsWith(' ') ? ` ${plainLine(text)}` : text.endsWith(' ') ? `${plainLine(text)} ` : plainLine(text))
  const lines = closing.map((line) => `${words(line.before)}${line.link === undefined ? '' : link(line.link)}${words(line.after ?? '')}`)
  const parts: Record<string, string> = {
    page: put(page ?? ''),
    pdf: pdf == null ? '' : ` &nbsp;·&nbsp; <a class="ink" href="${put(pdf)}" style="color:${COLOURS.ink}">Get it as a PDF</a>`,
    subject: put(subject),
    test:
      note == null ? '' : `<p class="ink wash" style="margin:0 0 16px;padding:10px 12px;background-color:${COLOURS.wash}">${put(note)}</p>`,
    closing:
      lines.length === 0
        ? ''
        : `<div class="line" style="margin:28px 0 0;padding:16px 0 0;border-top:1px solid ${COLOURS.quiet}">${lines.map((html) => `<p class="quiet" style="margin:0 0 8px;${quiet}">${html}</p>`).join('')}</div>`,
  }
  return fillSlots(layout.html.replace(/@(page|pdf|subject|test|closing)@/g, (_, name: string) => parts[name] ?? ''))
}
