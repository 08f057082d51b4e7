/**
 * MJML sees none of the words of a mail: it lays out numbered slots, which are filled afterwards, in one pass. So nothing that somebody
 * wrote can be taken for its syntax, or for a slot, and one layout serves every recipient.
 */
import { escapeHtml } from './mail-page.ts'

const SLOT = /@@(\d+)@@/g

export type Slots = {
  /** A place for a text, in an element or in a quoted attribute; escaped when it is filled. */
  put: (text: string) => string
  /** The layout with every slot filled. */
  fill: (layout: string) => string
}

// as numbers, so that no mail system on the way takes them for a template of its own
const escapeBraces = (html: string): string => html.replaceAll('{', '&#123;').replaceAll('}', '&#125;').replaceAll('[[', '&#91;&#91;')

export const createSlots = (): Slots => {
  const texts: string[] = []
  return {
    put: (text) => `@@${texts.push(text) - 1}@@`,
    fill: (layout) => layout.replace(SLOT, (_, slot: string) => escapeBraces(escapeHtml(texts[Number(slot)] ?? ''))),
  }
}
