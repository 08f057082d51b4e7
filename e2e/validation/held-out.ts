import { createHash } from 'node:crypto'

/** One setting in this many is held out. */
const EVERY = 3

/**
 * Whether a setting of the generator is kept apart until the rules are done, so that nobody tunes to it. By its name alone,
 * fixed before any verdict on it was looked at: renaming a setting or changing this function spoils the test.
 */
export const isHeldOut = (setting: string): boolean => createHash('sha256').update(setting).digest().readUInt32BE(0) % EVERY === 0

/** Every time somebody looked at what the rules say of the settings held out. */
export const HELD_OUT_LOOKS: readonly string[] = ['So far nobody has looked at it.']
