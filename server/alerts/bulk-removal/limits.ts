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
/** Where a source tells the day of a move alone, all of a day lie in one minute: then an act is only what is so many times the busiest other day of the year before. */
export const DAY_ALONE_TIMES = 5
/** The day alone is told where this share of the other moves of the year have the same time of day to the second. */
export const DAY_ALONE_SHARE = 0.5

/** Whether the fullest minute of a bulk step is one act, as far as the other days of the year tell. */
export const isOneAct = ({ count, is_day_alone, busiest_day }: { count: number; is_day_alone: boolean; busiest_day: number }): boolean =>
  !is_day_alone || count >= DAY_ALONE_TIMES * busiest_day
