/**
 * The timetable. Every queue and schedule of the program, one row each.
 *
 * | queue             | when                                             | does                                                             |
 * | refresh-community | at start, a batch stored, or found by the sweep   | rollups, points and verdicts of one community, one at a time      |
 * | sweep             | every minute                                     | asks for a refresh wherever marks wait or time alone changes numbers |
 * | import            | when files are there, at start, or found hourly   | checks or stores what people dropped, one import of a community at a time |
 * | import-sweep      | every hour, and at start                          | removes files nobody needs, takes up imports whose process has died |
 * | mail              | when there is mail, and every minute              | hands what is due in the outbox to the mail server                |
 * | hooks             | when there is something, and every minute         | posts what is due in the outbox to the hooks of alerts            |
 * | mail-cleaning     | every night                                       | gives up mail nobody could send for months, drops texts of old mails |
 * | reports           | at start, and every five minutes                  | makes the reports and drafts that are due where a community lives |
 * | portfolio-reports | at start, and every ten minutes                     | sends who wants them the reports of all their communities, once a month |
 * | alerts            | at start, and every five minutes                  | judges the rules of alerts that are due where a community lives, sends digests |
 * | judge-alerts      | a setting of alerts was changed                   | judges the rules of one community by how they are set now          |
 * | alert-budget      | every night                                      | makes limits of alerts stricter where the budget is no longer kept |
 * | value-ask         | every hour                                       | by day, mails askers in communities that have turned that on      |
 */
export const REFRESH_QUEUE = 'refresh-community'
export const SWEEP_QUEUE = 'sweep'
export const SWEEP_CRON = '* * * * *'
/** A living community is refreshed this often without new events: a question grows a week old, a member lapses. */
export const IDLE_REFRESH_MINUTES = 60
export const IMPORT_QUEUE = 'import'
/** How soon an import looks again whether another one of its community is over. */
export const IMPORT_AGAIN_SECONDS = 2
/** Imports of different communities at a time: each is a process with up to 300 MB. Our judgement. */
export const IMPORTS_AT_A_TIME = 2
export const IMPORT_SWEEP_QUEUE = 'import-sweep'
export const IMPORT_SWEEP_CRON = '17 * * * *'
export const MAIL_QUEUE = 'mail'
export const MAIL_CRON = '* * * * *'
/** Connections to the mail server that a process has at a time: while one waits for a slow answer, the other goes on. */
export const MAIL_CONNECTIONS = 2
export const HOOK_QUEUE = 'hooks'
export const HOOK_CRON = '* * * * *'
/** Hooks that a process posts to at a time: one that hangs holds up none of the others. Our judgement. */
export const HOOK_CONNECTIONS = 4
export const MAIL_CLEANING_QUEUE = 'mail-cleaning'
export const MAIL_CLEANING_CRON = '41 3 * * *'
export const BUDGET_QUEUE = 'alert-budget'
export const BUDGET_CRON = '11 1 * * *'
export const ASK_QUEUE = 'value-ask'
export const ASK_CRON = '23 * * * *'
export const REPORT_QUEUE = 'reports'
/** The days and hours at which reports are due are found by report-calendar.ts; this is how soon after. */
export const REPORT_CRON = '*/5 * * * *'
export const PORTFOLIO_QUEUE = 'portfolio-reports'
export const PORTFOLIO_CRON = '7-59/10 * * * *'
export const ALERT_QUEUE = 'alerts'
/** The hours at which rules are judged are found by alert-calendar.ts; this is how soon after. Not at the minutes of the reports. */
export const ALERT_CRON = '3-59/5 * * * *'
export const JUDGE_QUEUE = 'judge-alerts'
