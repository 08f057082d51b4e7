/** Nothing that is imported is older than mail lists on the web; an earlier time is a clock that was never set. Our judgement. */
const FIRST_SECOND = Date.UTC(1990, 0, 1) / 1000
/** Of year 9999, the last that has four digits. */
const LAST_SECOND = Date.UTC(9999, 11, 31) / 1000

/**
 * Seconds since 1970, as Slack and Zulip write them, as ISO 8601 in UTC with microseconds. Null where they are no time, and where
 * they lie before 1990. A text keeps its decimals as they are; a number has no more than it can hold.
 */
export const readEpoch = (seconds: unknown): string | null => {
  const text = typeof seconds === 'number' ? seconds.toFixed(6) : seconds
  const parts = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text) : null
  if (parts === null) return null
  const whole = Number(parts[1])
  if (whole < FIRST_SECOND || whole > LAST_SECOND) return null
  return `${new Date(whole * 1000).toISOString().slice(0, 20)}${(parts[2] ?? '').slice(0, 6).padEnd(6, '0')}Z`
}
