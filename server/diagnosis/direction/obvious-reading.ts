import type { WeeklySeries } from './weekly-series.ts'

/** The detector's formulas as they are written in docs/direction.md, week by week and without anything clever: what the quick one is held to. */
export type ObviousReading = {
  fast: { weeks: number; z: number; season_z: number | null } | null
  slow: number | null
  down: number
  up: number
}

const WINDOWS = [
  [8, 16],
  [13, 16],
  [26, 8],
] as const

export const obviousReading = (series: WeeklySeries, first: number, week: number): ObviousReading => {
  const weeksFrom = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  const add = (weeks: number[], isMasked: boolean) => {
    const heard = weeks.filter((w) => (series.exposures[w] as number) > 0 && !(isMasked && series.is_holiday[w]))
    return {
      x: heard.reduce((sum, w) => sum + (series.counts[w] as number), 0),
      e: heard.reduce((sum, w) => sum + (series.exposures[w] as number), 0),
      n: heard.length,
    }
  }
  const both = (w: number, length: number, isMasked: boolean) => ({
    o: add(weeksFrom(w - length + 1, w), isMasked),
    b: add(weeksFrom(Math.max(first, w - length - 51), w - length), isMasked),
  })
  type Both = ReturnType<typeof both>
  const z = ({ o, b }: Both, d: number) => {
    const t = o.x + b.x
    const e = o.e + b.e
    const part = (k: number, share: number) => (k === 0 ? 0 : k * Math.log(k / (t * share)))
    const difference = o.x / o.e - b.x / b.e
    return t === 0 ? 0 : Math.sign(difference) * Math.sqrt((2 * Math.max(0, part(o.x, o.e / e) + part(b.x, b.e / e))) / d)
  }
  const dispersion = (until: number, length: number, expected: number) => {
    const d0 = Math.max(1.5, 0.65 + 0.03 * expected)
    const us = weeksFrom(Math.max(first, until - 103), until).flatMap((w) => {
      if (w < first + length) return []
      const spans = both(w, length, true)
      if (spans.o.n < length / 2 || spans.b.n < 8) return []
      return [Math.max(-3 * Math.sqrt(d0), Math.min(3 * Math.sqrt(d0), z(spans, 1)))]
    })
    const squares = us.reduce((sum, u) => sum + u * u, 0)
    return Math.max(1, (squares / length + 4 * d0) / (us.length / length + 4))
  }
  const log = ({ o, b }: Both, d: number) => ({
    l: Math.log((o.x + 0.5) / o.e) - Math.log((b.x + 0.5) / b.e),
    v: d * (1 / (o.x + 0.5) + 1 / (b.x + 0.5)),
  })

  const history = week - first + 1
  const isHeard = add(weeksFrom(Math.max(first, week - 7), week), false).n >= 4
  const judge = (length: number, needs: number) => {
    if (!isHeard || history < length + Math.max(26, 2 * length)) return null
    const years = [1, 2, 3]
      .filter((y) => history - 52 * y - length >= 26)
      .map((y) => both(week - 52 * y, length, false))
      .filter(({ o, b }) => o.n >= length / 2 && b.n >= 13)
    // a gap in the year a year ago leaves nothing to compare with; the quick one stops at the first year that is too short
    const spans = both(week, length, years.length === 0)
    const expected = (spans.o.e * spans.b.x) / spans.b.e
    if (spans.o.n < length / 2 || spans.b.n < Math.max(26, 2 * length) / 2 || !(expected >= needs)) return null
    const d = dispersion(week - length, length, expected)
    const now = log(spans, d)
    const then = years.map((year) => log(year, d))
    const mean = then.reduce((sum, { l }) => sum + l, 0) / then.length
    const variance = then.reduce((sum, { v }) => sum + v, 0) / then.length ** 2
    const season_z = then.length === 0 ? null : (now.l - mean) / Math.sqrt(now.v + variance)
    return { weeks: length, z: z(spans, d), season_z, ratio: spans.o.x / spans.o.e / (spans.b.x / spans.b.e) }
  }
  const fast = WINDOWS.map(([length, needs]) => judge(length, needs)).find((one) => one !== null) ?? null

  const half = { o: add(weeksFrom(week - 25, week), false), b: add(weeksFrom(week - 77, week - 52), false) }
  const expected = (half.o.e * half.b.x) / half.b.e
  const slow =
    isHeard && history >= 78 && half.o.n >= 13 && half.b.n >= 13 && expected >= 16
      ? { z: 0.85 * z(half, dispersion(week - 26, 8, expected)), ratio: half.o.x / half.o.e / (half.b.x / half.b.e) }
      : null
  const score = (sign: 1 | -1) => {
    const isFast = fast && (sign < 0 ? fast.ratio <= 0.75 : fast.ratio >= 1 / 0.75) && (fast.season_z === null || sign * fast.season_z >= 2)
    const isSlow = slow && (sign < 0 ? slow.ratio <= 0.7 : slow.ratio >= 1 / 0.7)
    return Math.max(0, isFast ? sign * fast.z : 0, isSlow ? sign * slow.z : 0)
  }
  return { fast: fast && { weeks: fast.weeks, z: fast.z, season_z: fast.season_z }, slow: slow?.z ?? null, down: score(-1), up: score(1) }
}
