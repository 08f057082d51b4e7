import { MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'

/** "Ana wrote:" in the languages of our sources; the address or date before it may stand on the lines above. Our judgement. */
const WROTE =
  /(?<!\p{L})(?:wrote|writes|said|schrieb|schreef|skrev|escribió|escribio|escreveu|ha scritto|scrisse|a écrit|a ecrit|kirjoitti|napisała?|napsal|írta|yazdı|пишет|написала?)(?!\p{L})[^\n]{0,120}[:：]\s*$|写道\s*[:：]\s*$/iu
const ATTRIBUTION_STARTS = /^(?:On|Am|Le|El|Em|Den|Op|Il|Dne|W dniu|Dnia|\d{1,4}[-./年])(?!\p{L})/u
const QUOTED = /^\s{0,3}(?:>|[A-Z]{1,4}>)/
/** Above it stands what is said, below it the whole mail it answers, as Outlook and its like leave it. */
const ANSWERED_MAIL =
  /^\s*(?:-{2,}\s*(?:original message|ursprüngliche nachricht|original-nachricht|message d'origine|message original|mensaje original|mensagem original|messaggio originale|oprindelig meddelelse|oorspronkelijk bericht|forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|mensagem encaminhada)\s*-{2,}|_{20,}\s*)$/i
const HEADER_OF_ANSWERED = /^\s*\*?(?:From|Von|De|Da|Van|Från|Fra)\*?\s*:\*?\s+\S/
const SIGNATURE = /^-- ?$/
/** What programs put under a message, or in place of what was attached to it. */
const APPENDED =
  /^(?:-{10,} next part -{10,}|begin [0-7]{3} \S+|-----BEGIN PGP SIGNATURE-----|You received this message because you are subscribed|To unsubscribe from this (?:group|list)\b.*|Sent from (?:my|Mail for|Yahoo)\b.*|Get Outlook for\b.*|Von meinem .{1,30} gesendet|Envoyé de mon\b.*|Enviado (?:desde mi|do meu|de meu)\b.*)/
const ARMOUR = /^-----BEGIN PGP SIGNED MESSAGE-----$/

const isCutHere = (lines: readonly string[], at: number): boolean => {
  const line = lines[at] as string
  if (SIGNATURE.test(line) || APPENDED.test(line)) return true
  if (!ANSWERED_MAIL.test(line)) return false
  if (!line.trimStart().startsWith('_')) return true
  // a line of underscores is a ruler, unless a list's footer or the mail that is answered stands under it
  const below = lines.slice(at + 1, at + 4).filter((other) => other.trim() !== '')
  return below.some((other) => HEADER_OF_ANSWERED.test(other) || /mailing list|listinfo|lists?\.|@/i.test(other))
}

/** The line where "On … wrote:" begins that ends at `at`, should one do so. */
const attributionStart = (kept: readonly string[]): number | null => {
  let at = kept.length - 1
  while (at >= 0 && (kept[at] as string).trim() === '') at--
  if (at < 0 || !WROTE.test(kept[at] as string)) return null
  for (let from = at; from >= Math.max(0, at - 2); from--) if (ATTRIBUTION_STARTS.test((kept[from] as string).trim())) return from
  return at
}

/** What the sender says: without what is quoted, the signature, the list's footer and the mail that is answered. */
export const ownWords = (text: string): string => {
  const lines = text.replaceAll('\0', '').split(/\r\n|\r|\n/)
  const kept: string[] = []
  let at = 0
  if (ARMOUR.test(lines[0]?.trim() ?? '')) while (at < lines.length && (lines[at] as string).trim() !== '') at++
  for (; at < lines.length; at++) {
    const line = lines[at] as string
    // a body's line that begins with "From " is written ">From ", one that began so ">>From "
    const isEscaped = /^>+From /.test(line)
    if (isEscaped && !line.startsWith('>>')) {
      kept.push(line.slice(1))
      continue
    }
    if (isCutHere(lines, at)) break
    if (!QUOTED.test(line)) {
      kept.push(line)
      continue
    }
    const from = attributionStart(kept)
    if (from !== null) kept.length = from
  }
  // an answer above the mail that it answers, which some programs leave unquoted
  const from = kept.findIndex((line, index) => index > 0 && HEADER_OF_ANSWERED.test(line) && isHeaderBlock(kept, index))
  return (from < 0 ? kept : kept.slice(0, from)).join('\n').trim().slice(0, MAX_TEXT_LENGTH).toWellFormed()
}

const HEADER_LINE =
  /^\s*\*?(?:From|Sent|To|Cc|Subject|Date|Von|Gesendet|An|Betreff|Datum|De|Envoyé|À|Objet|Date|Enviado|Para|Asunto|Assunto|Fecha|Data)\*?\s*:/i
const isHeaderBlock = (lines: readonly string[], at: number): boolean =>
  lines.slice(at, at + 5).filter((line) => HEADER_LINE.test(line)).length >= 3
