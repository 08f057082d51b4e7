/** Nothing that is imported is older than this; an earlier time is a clock that was never set. As in readEpoch; our judgement. */
const FIRST_MS = Date.UTC(1990, 0, 1)
const WITH_OFFSET = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$/

/** A time with an offset in UTC with six decimals, as the door writes it; null where it is none or lies before 1990. */
export const readInstant = (time: unknown): string | null => {
  const parts = typeof time === 'string' ? WITH_OFFSET.exec(time) : null
  if (parts === null) return null
  const [, day, clock, decimals = '', offset = 'Z'] = parts
  const ms = Date.parse(`${day}T${clock}${offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`}`)
  if (Number.isNaN(ms) || ms < FIRST_MS) return null
  return `${new Date(ms).toISOString().slice(0, 20)}${decimals.slice(0, 6).padEnd(6, '0')}Z`
}
