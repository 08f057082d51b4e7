/** Days after the beginning at which the share still there is told: a month, a season, half a year, one year, two (house rule). */
export const RETENTION_DAYS = [30, 90, 180, 365, 730] as const
export const MAX_RETENTION_DAYS = 730
