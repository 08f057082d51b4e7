/** A share that holds from its day on; the band around it is null where there is none. */
export type Step = { day: number; share: number; low: number | null; high: number | null }

type Scale = (value: number) => number
const at = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`

/** A curve of steps from 100 % on day 0 to the day it ends: level, then straight down on each day on which somebody went. */
export const stepPath = (steps: readonly Step[], end: number, x: Scale, y: Scale): string => {
  let path = `M${at(x(0), y(1))}`
  for (const { day, share } of steps) path += `H${x(day).toFixed(1)}V${y(share).toFixed(1)}`
  return `${path}H${x(end).toFixed(1)}`
}

/** The band around it, as an area; it closes to the curve itself where there is none. */
export const bandPath = (steps: readonly Step[], end: number, x: Scale, y: Scale): string => {
  const corners = [
    { day: 0, low: 1, high: 1 },
    ...steps.map(({ day, share, low, high }) => ({ day, low: low ?? share, high: high ?? share })),
  ]
  const ends = corners.map((_, i) => corners[i + 1]?.day ?? end)
  const upper = corners.map(({ day, high }, i) => `${at(x(day), y(high))} ${at(x(ends[i] as number), y(high))}`)
  const lower = corners.map(({ day, low }, i) => `${at(x(ends[i] as number), y(low))} ${at(x(day), y(low))}`).toReversed()
  return `M${upper.join(' ')} ${lower.join(' ')}Z`
}

/** What holds on a day; null from the end on. */
export const stepAt = (steps: readonly Step[], end: number, day: number): Omit<Step, 'day'> | null =>
  day >= end ? null : (steps.findLast((step) => step.day <= day) ?? { share: 1, low: null, high: null })

/** Days between the marks of an axis: months, so that the numbers under them can be told. */
const STEPS = [30, 60, 90, 180, 360, 720]

/** Marks from day 0 on, at most `most` of them. */
export const dayTicks = (last: number, most: number): number[] => {
  const step = STEPS.find((days) => last / days < most) ?? 1440
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step)
}
