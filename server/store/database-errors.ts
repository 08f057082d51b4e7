/** What an error of the driver means for the caller: come again later, try at once again, or a defect. */

/** SQLSTATEs that say the server cannot serve now (PostgreSQL manual, appendix A): shutting down, starting, out of connections or of disk. */
const AWAY_STATES = new Set(['57P01', '57P02', '57P03', '53000', '53100', '53200', '53300', '25006'])
const AWAY_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
])
/** The driver gives these no code. */
const AWAY_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|connection timeout|client has encountered a connection error|client was closed/i

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '')

/** True when the database could not be reached or cannot serve now: the same request may succeed later. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway)
  const code = codeOf(error)
  if (code.startsWith('08') || AWAY_STATES.has(code)) return true
  if (!(error instanceof Error)) return false
  // a system error counts only when it comes from a connection, not from reading a file
  if (AWAY_SYSTEM_CODES.has(code))
    return 'syscall' in error && /connect|read|write|getaddrinfo/.test(String(error.syscall)) && !('path' in error && code === 'ENOENT')
  return AWAY_MESSAGES.test(error.message)
}

/** True when the transaction lost against another one and may simply be run again: serialization failure, deadlock, or the same key inserted meanwhile. */
export const isLostRace = (error: unknown): boolean => ['40001', '40P01', '23505'].includes(codeOf(error))
