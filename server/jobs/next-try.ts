const MINUTE = 60_000
/** All our judgement. Greylisting lifts after five to fifteen minutes, so early tries are close together. */
const FIRST_WAIT = MINUTE
const LONGEST_WAIT = 4 * 60 * MINUTE
/** A server that is away comes back for all mails at once: they need not wait as long as one that it does not want yet. */
const LONGEST_WAIT_FOR_SERVER = 15 * MINUTE
/** So that many mails which failed together do not come back together. */
const JITTER_SHARE = 0.25

/** When a mail is tried again after `attempts` tries: twice as long each time, up to a limit. `random` gives from 0 up to 1. */
export const nextTryAt = (
  now: Date,
  attempts: number,
  { isServerTrouble, random }: { isServerTrouble: boolean; random: () => number },
): Date => {
  const longest = isServerTrouble ? LONGEST_WAIT_FOR_SERVER : LONGEST_WAIT
  const wait = Math.min(longest, FIRST_WAIT * 2 ** Math.min(attempts - 1, 20))
  return new Date(now.getTime() + Math.round(wait * (1 + JITTER_SHARE * (2 * random() - 1))))
}
