/** How long a password is. In a file of its own, so that a page can name it without bringing the schemas along. */

/** NIST SP 800-63B asks for at least 8 characters; ten is our judgement, since there is no second factor yet. */
export const PASSWORD_MIN_LENGTH = 10
/** A bound on what is hashed. */
export const PASSWORD_MAX_LENGTH = 128
