/** What somebody wrote, without what they quote, paste and link. Every step takes time in proportion to the text, whatever it holds. */

export type PlainProse = {
  /** With line breaks; marks and punctuation as written. */
  prose: string
  /** Addresses that were taken out of it. */
  links: readonly string[]
  /** It calls everybody: @channel, @everyone. */
  calls_all: boolean
}

/** Longer texts are read up to here; our judgement: what somebody wants stands well before. */
const MAX_READ = 20_000

/** Elements whose content is not the writer's own prose. */
const HTML_BLOCK = /<(\/?)(?:pre|code|blockquote|aside|style|script)\b[^<>]{0,500}>/gi
const BBCODE_BLOCK = /\[(\/?)(?:quote|code)\b[^[\]]{0,300}\]/gi
/** Elements that begin a line of their own. */
const HTML_LINE = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|hr)\b[^<>]{0,500}>/gi
const HTML_TAG = /<\/?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,2000})?\/?>/gi
const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  nbsp: ' ',
  hellip: '…',
}
const ENTITY = /&(lt|gt|amp|quot|apos|#39|#x27|nbsp|hellip);/gi

/** `<@U1>`, `<#C1|pumps>`, `<!channel>`, `<https://…|label>`, as Slack writes them. */
const SLACK_MARKUP = /<([@#!]|https?:\/\/|mailto:)([^<>\s|]{0,2000})(?:\|([^<>]{0,500}))?>/gi
/** Everybody is called; @here, which calls whoever is there now, is as often a question. */
const CALLS_ALL = /(?:<!|(?<![\p{L}\p{N}.@])@)(?:channel|everyone|all)(?![\p{L}\p{N}_-])/iu
const LINK = /(?:(?:https?|ftp):\/\/|www\.)[^\s<>"]+/giu
/** A name, so that "@ana how are you" begins with how. */
const MENTION = /(?<![\p{L}\p{N}.])@[\p{L}\p{N}_.-]{1,80}/gu
const SHORTCODE = /:[a-z0-9_+-]{1,60}:/gi

/** Lines after which nothing of the writer's own follows. */
const ENDS_MAIL =
  /^(?:-- ?|_{10,}|-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|mensagem original).*|-----begin pgp signature-----)$/i
/** "On Monday Ana wrote:" and its kind. */
const ATTRIBUTES = /(?:wrote|writes|schrieb|a écrit|escribió|escreveu) ?:$/i
/** Pasted code or output: set in, and with signs that prose has none of. */
const CODE_LINE = /^(?: {4}|\t).*[{}[\]=<>$\\|;]/

/** The text without the blocks between opening and closing tags, of which an unclosed one reaches to the end. */
const dropBlocks = (text: string, tag: RegExp): string => {
  let kept = ''
  let [from, depth] = [0, 0]
  for (const match of text.matchAll(tag)) {
    if (depth === 0) kept += `${text.slice(from, match.index)} `
    depth = match[1] === '/' ? Math.max(0, depth - 1) : depth + 1
    from = match.index + match[0].length
  }
  return depth > 0 ? kept : kept + text.slice(from)
}

const dropQuotes = (text: string): string => {
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd()
    if (trimmed.length < 200 && ENDS_MAIL.test(trimmed)) break
    if (/^\s{0,3}>/.test(line) || CODE_LINE.test(line)) kept.push('')
    else if (trimmed.length < 300 && ATTRIBUTES.test(trimmed)) kept.push('')
    else kept.push(line)
  }
  return kept.join('\n')
}

export const plainProse = (written: string | null | undefined): PlainProse => {
  if (!written) return { prose: '', links: [], calls_all: false }
  const links: string[] = []
  let text = written.slice(0, MAX_READ).replace(/\r\n?/g, '\n')
  if (text.includes('```')) {
    // fenced code; an open fence reaches to the end
    text = text
      .split('```')
      .filter((_, part) => part % 2 === 0)
      .join('\n')
  }
  const calls_all = text.includes('@') || text.includes('<!') ? CALLS_ALL.test(text) : false
  if (text.includes('<')) {
    text = text.replace(SLACK_MARKUP, (_, kind: string, rest: string, label: string | undefined) => {
      if (/^[@!]/.test(kind)) return ' '
      if (kind === '#') return ` ${label ?? ''} `
      links.push(kind + rest)
      return label === undefined || label.includes('://') ? ' ' : ` ${label} `
    })
    text = dropBlocks(text, HTML_BLOCK).replace(HTML_LINE, '\n\n').replace(HTML_TAG, '')
  }
  if (text.includes('[')) text = dropBlocks(text, BBCODE_BLOCK)
  if (text.includes('&')) text = text.replace(ENTITY, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
  text = dropQuotes(text)
  // code in a line: what stands in it is no word of the sentence
  if (text.includes('`')) text = text.replace(/`[^`\n]{1,500}`/g, ' ')
  if (text.includes('://') || /www\./i.test(text))
    text = text.replace(LINK, (link) => {
      links.push(link)
      // "have you seen https://example.org?" asks
      return /[?؟？]$/.test(link) ? ' ?' : ' '
    })
  if (text.includes('@')) text = text.replace(MENTION, ' ')
  if (text.includes(':')) text = text.replace(SHORTCODE, ' ')
  return { prose: text, links, calls_all }
}
