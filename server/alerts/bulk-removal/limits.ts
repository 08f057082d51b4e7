/** Our judgement. */

/** A purge and the import that brings everybody back lie days apart, as a move to another system does. */
export const BACK_DAYS = 14
/** What an import stands for, and a removal that nobody undoes: so long, in weeks, before it ends without a word. */
export const STANDS_WEEKS = { removed: 2, imported: 1 } as const
/** Lists are brought in several goes when a community is set up. */
export const SETTING_UP_DAYS = 28
/** As many as were removed, give or take a half, imported soon after under other accounts are taken for the same list. */
export const LIKE_MANY = { least: 0.5, most: 2 } as const
/** What is usual is taken from so many weeks before. */
export const USUAL_WEEKS = 26
