/** The dates of mail: RFC 5322 and what was written before, beside and against it. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Hours from UTC by name (RFC 5322, 4.3, and the ones European programs write); any other name means UTC there. */
const ZONES: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  CEST: 2,
  MET: 1,
  MEST: 2,
  MESZ: 2,
  MEZ: 1,
  EET: 2,
  EEST: 3,
  MSK: 3,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  'MET DST': 2,
}
const RFC =
  /^(?:[^\W\d]+\.?\s*,?\s+|[^\W\d]+,)?(\d{1,2})[\s.-]+([^\W\d]{3})[^\W\d]*[\s.,-]+(\d{2,4}),?\s+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?\s*(.*)$/
const ASCTIME =
  /^(?:[^\W\d]+,?\s+)?([^\W\d]{3})[^\W\d]*\s+(\d{1,2}),?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(.*?)\s*(?<![+\-\d])(\d{4})\b\s*(.*)$/
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*)$/

/** Clocks that were never set say 1970, and nothing older than that lies in a mailbox. */
const FIRST_PLAUSIBLE = Date.UTC(1971, 0, 1)
/** Beyond the last second of clocks of 32 bits; what lies ahead of ours, but before, is for the store to refuse. Our judgement. */
const LAST_PLAUSIBLE = Date.UTC(2038, 0, 19)
/** A mail that is later than its delivery by more than this was written by a clock that ran ahead; our judgement. */
const MAX_AHEAD_OF_DELIVERY_MS = 24 * 60 * 60 * 1000

const offsetMinutes = (zone: string): number => {
  const numeric = /([+-])(\d{1,2}):?(\d\d)/.exec(zone)
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3])
    // no place is further than 14 hours from UTC
    return minutes > 14 * 60 ? 0 : numeric[1] === '-' ? -minutes : minutes
  }
  const name = zone
    .replace(/[^A-Za-z ]/g, ' ')
    .trim()
    .toUpperCase()
  return 60 * (ZONES[name] ?? ZONES[name.split(' ')[0] ?? ''] ?? 0)
}

/** Two digits are of 1950 to 2049; three were counted from 1900 by programs of the year 2000 (RFC 5322, 4.3). */
const fullYear = (year: string): number =>
  year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : year.length === 3 ? Number(year) + 1900 : Number(year)

const instantOf = (year: string, month: number, day: string, clock: readonly (string | undefined)[], zone: string): number | null => {
  const [hour, minute, second] = [Number(clock[0]), Number(clock[1]), Math.min(Number(clock[2] ?? 0), 59)]
  const at = new Date(0)
  at.setUTCFullYear(fullYear(year), month, Number(day))
  if (month < 0 || at.getUTCMonth() !== month || hour > 23 || minute > 59) return null
  at.setUTCHours(hour, minute, second)
  return at.getTime() - offsetMinutes(zone) * 60_000
}

/** A date as the Date header or a From line has it, in milliseconds; without a zone in UTC. Null when it is none. */
export const readMailDate = (text: string): number | null => {
  const plain = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const zoneInWords = /\(([A-Z ]{3,8})\)/.exec(text)?.[1] ?? ''
  const rfc = RFC.exec(plain)
  if (rfc) {
    const [, day = '', month = '', year = '', hour, minute, second, zone = ''] = rfc
    return instantOf(year, MONTHS.indexOf(month.toLowerCase()), day, [hour, minute, second], zone || zoneInWords)
  }
  const asctime = ASCTIME.exec(plain)
  if (asctime) {
    const [, month = '', day = '', hour, minute, second, before = '', year = '', after = ''] = asctime
    return instantOf(year, MONTHS.indexOf(month.toLowerCase()), day, [hour, minute, second], /[+-]\d/.test(after) ? after : before || after)
  }
  const iso = ISO.exec(plain)
  if (!iso) return null
  const [, year = '', month, day = '', hour, minute, second, zone = ''] = iso
  return instantOf(year, Number(month) - 1, day, [hour, minute, second], zone)
}

const plausible = (text: string | null | undefined): number | null => {
  const at = text === null || text === undefined ? null : readMailDate(text)
  return at !== null && at >= FIRST_PLAUSIBLE && at < LAST_PLAUSIBLE ? at : null
}

/**
 * The time of a mail: its Date, unless the last server that received it says that it came a day before. Where the Date is missing or
 * impossible, the delivery: of Received, else of the From line, which some programs (git) fill with anything. Null without any.
 */
export const timeOfMail = (date: string | null, received: string | null, envelope: string): number | null => {
  const written = plausible(date)
  const arrived = plausible(received === null ? null : received.slice(received.lastIndexOf(';') + 1).trim())
  if (written !== null) return arrived !== null && written - arrived > MAX_AHEAD_OF_DELIVERY_MS ? arrived : written
  return arrived ?? plausible(/(?:^|\s)((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s.*)$/.exec(envelope)?.[1])
}
