/** Nothing that is imported is older than mail lists on the web; an earlier time is a clock that was never set. Our judgement. */
const FIRST_MS = Date.UTC(1990, 0, 1)

/** Whether a time cannot be that of a message: 1970 is what a program says that knows none. */
export const isUnsetClock = (time: string): boolean => Date.parse(time) < FIRST_MS
