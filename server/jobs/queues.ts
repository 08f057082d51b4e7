/**
 * The timetable. Every queue and schedule of the program, one row each.
 *
 * | queue             | when                                             | does                                                             |
 * | refresh-community | at start, a batch stored, or found by the sweep   | rollups, points and verdicts of one community, one at a time      |
 * | sweep             | every minute                                     | asks for a refresh wherever marks wait or time alone changes numbers |
 */
export const REFRESH_QUEUE = 'refresh-community'
export const SWEEP_QUEUE = 'sweep'
export const SWEEP_CRON = '* * * * *'
/** A living community is refreshed this often without new events: a question grows a week old, a member lapses. */
export const IDLE_REFRESH_MINUTES = 60
