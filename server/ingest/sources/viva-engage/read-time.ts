const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i
/** As the interface of old writes times: 2012/01/02 10:00:00 +0000. */
const SLASHED = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i

/** A time of the export, which is UTC where it says nothing else, as ISO 8601; null when it is none. */
export const readTime = (text: string): string | null => {
  const iso = ISO.exec(text)
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = iso ?? []
  const slashed = iso ? null : SLASHED.exec(text)
  if (!iso && !slashed) return null
  const written = iso
    ? `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}`
    : `${slashed?.[1]}-${slashed?.[2]}-${slashed?.[3]}T${slashed?.[4]}:${slashed?.[5]}:${slashed?.[6]}`
  const offset = iso ? zone : (slashed?.[7] ?? 'Z')
  const at = new Date(`${written}${/^(z|utc)$/i.test(offset) ? 'Z' : offset.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')}`)
  // a program that never set its clock says 1970
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1971 ? null : at.toISOString()
}
