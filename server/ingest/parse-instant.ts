/** The time of an event: ISO 8601 with an offset, not ahead of the clock. */
import { MAX_AHEAD_MS } from '../../shared/contract/event.ts'
import type { FieldProblem } from './event-row.ts'

const LOCAL = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/
const WITH_OFFSET = /^\d{4}-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.(\d+))?(?:Z|[+-]\d\d:\d\d)$/
/** PostgreSQL and ISO 8601 as we print it begin with year 1. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')

const UPPER_Z = 0x5a

type Instant = { at: string } | Omit<FieldProblem, 'pointer'>

/**
 * Gives the instant in UTC with six decimals (PostgreSQL keeps microseconds; Slack's times need them), or why it is none.
 * `isWellFormed` is the schema's finding; it knows the days of each month.
 */
export const parseInstant = (text: string, now: Date, isWellFormed: boolean): Instant => {
  if (!isWellFormed) {
    if (LOCAL.test(text)) {
      const whole = text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T')
      return {
        code: 'missing_offset',
        message: `occurred_at "${text}" does not say in which time zone; write it with an offset, such as ${whole}Z or ${whole}+01:00.`,
      }
    }
    if (WITH_OFFSET.test(text))
      return { code: 'invalid_time', message: `occurred_at "${text}" is no date or time that exists; correct it.` }
    return {
      code: 'invalid_time',
      message: `occurred_at ${JSON.stringify(text.slice(0, 60))} is no ISO 8601 time; write it as 2026-01-31T09:00:00Z or 2026-01-31T10:00:00+01:00.`,
    }
  }
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return { code: 'invalid_time', message: `occurred_at "${text}" is no date or time that exists; correct it.` }
  if (ms < FIRST_MS) return { code: 'invalid_time', message: `occurred_at "${text}" lies before the year 1 in UTC; correct it.` }
  if (ms > now.getTime() + MAX_AHEAD_MS)
    return {
      code: 'in_the_future',
      message: `occurred_at "${text}" lies more than ${MAX_AHEAD_MS / 60_000} minutes ahead of this server's clock (${now.toISOString()}); correct it, or send the event when it has happened.`,
    }
  // in UTC and to the millisecond already, as most senders write it
  if (text.length === 24 && text.charCodeAt(23) === UPPER_Z) return { at: `${text.slice(0, 23)}000Z` }
  const decimals = WITH_OFFSET.exec(text)?.[3] ?? ''
  return { at: `${new Date(ms).toISOString().slice(0, 20)}${decimals.slice(0, 6).padEnd(6, '0')}Z` }
}
