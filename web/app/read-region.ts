import type { Region } from '../../shared/format.ts'

/** How the region of a language tag, such as en-US, writes dates; a tag that means nothing is read as British English. */
export const readRegion = (language: string): Region => {
  try {
    const format = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric' })
    const order = format.formatToParts(Date.UTC(2026, 0, 31)).map(({ type }) => type)
    return { isMonthFirst: order.indexOf('month') < order.indexOf('day'), isTwelveHours: format.resolvedOptions().hour12 ?? false }
  } catch {
    return { isMonthFirst: false, isTwelveHours: false }
  }
}
