/** What senders write when they mean nothing in particular, or say Latin-1 and send UTF-8: UTF-8 is tried first, since other text hardly ever is valid UTF-8. */
const VAGUE =
  /^(?:|us-?ascii|ascii|ansi_x3\.4-19\d\d|utf-?8|iso-?8859-?1|latin-?1|windows-1252|cp-?1252|8bit|binary|default|none|unknown(?:-8bit)?|x-unknown|x-user-defined)$/

/** Names that mail programs give to charsets, beside those of the web: Windows' code pages and Python's (Mailman writes those). */
const ALIASES: Readonly<Record<string, string>> = {
  eucgb2312_cn: 'gb2312',
  cp936: 'gbk',
  big5_tw: 'big5',
  cp950: 'big5',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  cp932: 'shift_jis',
}
const CODE_PAGE = /^(?:cp|win|windows|ms)[-_]?(125\d|874)$/

/** What is kept of a mail this long may end inside a character, which is no sign of another charset. */
const LONG_BYTES = 64 * 1024

const decodeVague = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: bytes.length >= LONG_BYTES })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Text of a mail in the charset it names; where it names none, an unknown or a wrong one: UTF-8 or else windows-1252. Never fails. */
export const decodeMailBytes = (bytes: Uint8Array, charset: string | null): string => {
  const label = (charset ?? '').trim().toLowerCase()
  if (VAGUE.test(label)) return decodeVague(bytes)
  try {
    return new TextDecoder(ALIASES[label] ?? label.replace(CODE_PAGE, 'windows-$1')).decode(bytes)
  } catch {
    return decodeVague(bytes)
  }
}

/** Bytes of the transfer encoding "quoted-printable", given as one character a byte; soft line breaks go, what is not encoded stays. */
export const decodeQuotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=[ \t]*\r?\n/g, '').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
