/**
 * The number in what somebody typed: 40, 40.5, 40,5, 1,234.50, 1 234,50. Null where it is none, or where a single comma or point before
 * three digits may be either.
 */
export const readAmount = (typed: string): number | null => {
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, '')
  if (!/^\d[\d.,]*$/.test(text)) return null
  const marks = [...text].filter((letter) => letter === '.' || letter === ',')
  if (marks.length === 0) return Number(text)
  const last = marks.at(-1) as string
  const isEitherKind = new Set(marks).size === 2
  // of both kinds the last one sets the decimals apart; of one kind, several set thousands apart
  const hasDecimals = isEitherKind || marks.length === 1
  if (marks.length === 1 && /^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return null
  const thousands = hasDecimals ? (last === '.' ? ',' : '.') : last
  const whole = hasDecimals ? text.slice(0, text.lastIndexOf(last)) : text
  const isGrouped = whole.includes(thousands)
  if (whole.includes(last) && hasDecimals) return null
  if (isGrouped && !new RegExp(`^\\d{1,3}(\\${thousands}\\d{3})+$`).test(whole)) return null
  const decimals = hasDecimals ? text.slice(text.lastIndexOf(last) + 1) : ''
  return /^\d*$/.test(decimals) ? Number(`${whole.replaceAll(thousands, '')}.${decimals || '0'}`) : null
}
