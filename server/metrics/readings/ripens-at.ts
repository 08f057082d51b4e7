const DAY_MS = 86_400_000

/** Age of the oldest case that has not had its `days` yet, and when the clock will have given them to it; null for none. */
export const ripensAt = (oldestUnripeSeconds: number | null, knownBy: Date, days: number): Date | null =>
  // a millisecond early: seconds are rounded
  oldestUnripeSeconds === null ? null : new Date(knownBy.getTime() + Math.floor(days * DAY_MS - oldestUnripeSeconds * 1000) - 1)
