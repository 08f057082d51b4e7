/** Alerts: what is watched, what was told, and what people said of it. */
import { z } from 'zod'

/** The rules, in the order in which they are shown. */
export const ALERT_RULES = [
  'decline',
  'answered-share',
  'newcomers-unanswered',
  'one-person',
  'verdict-drift',
  'bulk-removal',
  'silent-feed',
] as const
export type AlertRuleId = (typeof ALERT_RULES)[number]
/** Those of whoever runs the installation: a fault of ours is no matter of sponsors and viewers. The catalogue of rules says the same. */
export const OPERATOR_RULES: readonly AlertRuleId[] = ['silent-feed']
/** Those that go by the clock: they judge on where the data have ended. */
const CLOCK_RULES: readonly AlertRuleId[] = ['silent-feed']
/** How long the periods are that a rule judges. The catalogue of rules says the same. */
export const ALERT_GRAINS: Record<AlertRuleId, 'week' | 'month' | 'day'> = {
  decline: 'week',
  'answered-share': 'week',
  'newcomers-unanswered': 'week',
  'one-person': 'week',
  'verdict-drift': 'month',
  'bulk-removal': 'week',
  'silent-feed': 'day',
}
/** The day on which the data ended that a rule goes by: what stood then does not stand today, nobody knows. */
export const endOfDataFor = (rule: AlertRuleId, dataEndedOn: string | null): string | null =>
  CLOCK_RULES.includes(rule) ? null : dataEndedOn
export const alertRuleIdSchema = z.enum(ALERT_RULES)

/** What is told of an alert: each at most once, but "clearly worse" once each time it is. */
export const ALERT_NOTICES = ['began', 'clearly_worse', 'recovered', 'passed', 'withdrawn'] as const
export type AlertNotice = (typeof ALERT_NOTICES)[number]

/** `settled`: after a year the new level is the usual one. `switched_off`: nobody watches any more. */
export const ALERT_STATES = ['open', 'recovered', 'passed', 'settled', 'withdrawn', 'switched_off'] as const
export type AlertState = (typeof ALERT_STATES)[number]

/** What people said of an alert. */
export const RULINGS = ['right', 'false_alarm'] as const
export type Ruling = (typeof RULINGS)[number]
export const RULING_NOTE_LENGTH = 1000

/** Limits of the statistic times this: more is later and surer. Our judgement of what range is of use. */
export const STRICTNESS = { least: 0.8, usual: 1, most: 2 } as const
export const strictnessSchema = z.number().min(STRICTNESS.least).max(STRICTNESS.most)

/** How often a rule is wrong by simulation of communities in which nothing changes. */
export const statedRateSchema = z.object({
  a_year: z.number().describe('False alarms a community-year'),
  standard_error: z.number().nullable(),
  of: z.string().describe('Which simulated communities, in words: those that swing like this one, or the worst of all'),
})
export type StatedRate = z.infer<typeof statedRateSchema>

const weekSchema = z.object({
  on: z.string().describe('The first day'),
  value: z.number().nullable().describe('null: nothing is known of it'),
})

/** One notice as it was told, word for word. The page, the mail and the hooks lay it out and write nothing of their own. */
export const alertContentSchema = z.object({
  rule: alertRuleIdSchema,
  notice: z.enum(ALERT_NOTICES),
  community: z.object({ slug: z.string(), name: z.string(), time_zone: z.string() }),
  on: z.string().describe('First day of the period at whose end it was noticed'),
  known_by: z.string().describe('Nothing later was used'),
  subject: z.string().describe('The subject of the mail: community, what changed, by how much, since when'),
  headline: z.string().describe('The same as a sentence'),
  sentences: z.array(z.string()).describe('What changed and since when'),
  how_sure: z.string().describe('How far outside what is usual, and how often such an alarm is false'),
  figures: z
    .array(
      z.object({
        label: z.string().describe('New members'),
        now: z.string().describe('18 in 8 weeks'),
        usual: z.string().describe('about 31'),
        change: z.string().describe('42 % fewer'),
      }),
    )
    .describe('The series that carry it'),
  driver: z
    .object({
      is_found: z.boolean(),
      sentence: z.string().describe('Who or what carries it, or that no single one explains half'),
      parts: z
        .array(z.object({ of: z.string().describe('Join month, Channel, Source, Joins or leavers'), label: z.string(), share: z.string() }))
        .describe('What explains how much, the most first'),
    })
    .nullable()
    .describe('null: the rule has none'),
  look_first: z.array(z.object({ text: z.string(), path: z.string().describe('Of the dashboard') })).describe('What to look at first'),
  chart: z
    .object({
      title: z.string().describe('New members a week'),
      caption: z.string().describe('What it shows, in a sentence, for who does not see it'),
      unit: z.string(),
      weeks: z.array(weekSchema).describe('Half a year or so, the oldest first'),
      usual: z.number().nullable().describe('A line at what was usual'),
      judged_from: z.string().nullable().describe('The weeks from this day on are the ones judged'),
    })
    .nullable(),
  caveats: z.array(z.string()).describe('What to know of it'),
  evidence_path: z.string().describe('Of the dashboard: what it rests on'),
})
export type AlertContent = z.infer<typeof alertContentSchema>

const saidSchema = z.object({
  at: z.string(),
  by: z.string().nullable().describe('Name; null: by a link of a mail, or somebody who is gone'),
})

export const alertSchema = z.object({
  alert_id: z.guid(),
  rule: alertRuleIdSchema,
  state: z.enum(ALERT_STATES),
  began_on: z.string().describe('First day of the period in which it was noticed'),
  since: z.string().nullable().describe('In words, since when'),
  ended_on: z.string().nullable(),
  is_history: z.boolean().describe('From before it was watched: nobody was told'),
  acknowledged: saidSchema.nullable(),
  ruling: saidSchema.extend({ ruling: z.enum(RULINGS), note: z.string().nullable() }).nullable(),
  version: z.int().describe('Goes up with every change; a change names the version it was made of'),
  notices: z
    .array(
      z.object({
        notice: z.enum(ALERT_NOTICES),
        on: z.string(),
        told_at: z.string(),
        sent: z.enum(['sent', 'held', 'nobody', 'history']).describe('held: while snoozed; nobody: no recipient'),
        recipient_count: z.int(),
        content: alertContentSchema,
      }),
    )
    .describe('The oldest first'),
})
export type Alert = z.infer<typeof alertSchema>

export const watchedRuleSchema = z.object({
  rule: alertRuleIdSchema,
  title: z.string(),
  watches: z.string().describe('What is watched and when it is told, in a sentence'),
  grain: z.enum(['week', 'month', 'day']),
  audience: z.enum(['managers', 'operators']).describe('Who is told unless set otherwise'),
  is_on: z.boolean(),
  has_limits: z.boolean().describe('Its limits can be made stricter'),
  strictness: z.number().describe('What holds now'),
  own_strictness: z.number().nullable().describe('As set for this community; null: the usual, or what the budget takes'),
  state: z.enum(['off', 'not_judged_yet', 'cannot_judge', 'quiet', 'standing']),
  sentence: z.string().describe('How it stands, in words'),
  statistic: z.number().nullable().describe('Of the last period, in units of its limit: 1 is the limit'),
  judged_on: z.string().nullable().describe('First day of the last period judged'),
  judged_at: z.string().nullable(),
  snoozed: saidSchema.extend({ until: z.string() }).nullable(),
  stated: statedRateSchema.describe('How often it is false, as stated'),
  record: z.object({
    years: z.number().describe('For how long it has been watched here'),
    told: z.int(),
    false_alarms: z.int().describe('Ruled so by people'),
    right: z.int(),
    sentence: z.string().describe('Held against what is stated, in words; empty while it is only just watched'),
  }),
  version: z.int(),
})
export type WatchedRule = z.infer<typeof watchedRuleSchema>

export const alertsSchema = z.object({
  rules: z.array(watchedRuleSchema),
  alerts: z.array(alertSchema).describe('The newest first'),
  next_judged_at: z.string().nullable().describe('When the next round is due'),
  data_ended_on: z
    .string()
    .nullable()
    .describe(
      'The last day that is known, where the data have ended: what is open then stood when they did, and is not known to stand today',
    ),
})
export type Alerts = z.infer<typeof alertsSchema>

/** A rule over all the past, by its limits of now or by others. */
export const alertCourseSchema = z.object({
  rule: alertRuleIdSchema,
  strictness: z.number(),
  statistic: z.string().describe('What the number is, in plain words'),
  cannot_judge: z.string().nullable(),
  periods: z.array(
    z.object({
      on: z.string(),
      statistic: z.number().nullable().describe('In units of its limit: 1 is the limit; null: cannot be judged'),
      is_standing: z.boolean(),
      notice: z.enum(ALERT_NOTICES).nullable(),
      reason: z.string().nullable().describe('Why it cannot be judged'),
    }),
  ),
  series: z
    .array(z.object({ id: z.string(), title: z.string(), unit: z.string(), weeks: z.array(weekSchema) }))
    .describe('What it is judged by'),
  alerts: z
    .array(
      z.object({
        began_on: z.string(),
        worse_on: z.array(z.string()),
        ended_on: z.string().nullable(),
        ending: z.string().nullable(),
        headline: z.string(),
      }),
    )
    .describe('What it would have told, the oldest first'),
  stated: statedRateSchema,
  years: z.number().describe('How many years could be judged'),
})
export type AlertCourse = z.infer<typeof alertCourseSchema>

/** A rule is snoozed for a year at most: longer is switching it off (our judgement). */
export const MOST_SNOOZED_DAYS = 366

export const ruleSettingInputSchema = z.object({
  is_on: z.boolean(),
  strictness: strictnessSchema.nullable().describe('Limits times this; null: the usual, or what the budget takes'),
  version: z.int().min(0).describe('The version that was seen, 0 where it was never set: refused with 409 when another stands by now'),
})
export type RuleSettingInput = z.infer<typeof ruleSettingInputSchema>

export const snoozeInputSchema = z.union([
  z.strictObject({ days: z.int().min(1).max(MOST_SNOOZED_DAYS, `snooze for at most ${MOST_SNOOZED_DAYS} days`) }),
  z.strictObject({ until: z.iso.datetime({ offset: true, error: 'write until as a time with an offset, such as 2025-12-31T23:59:59Z' }) }),
])
export type SnoozeInput = z.infer<typeof snoozeInputSchema>

export const rulingInputSchema = z.object({
  ruling: z.enum(RULINGS),
  note: z
    .string()
    .trim()
    .max(RULING_NOTE_LENGTH, `write at most ${RULING_NOTE_LENGTH} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })
    .transform((text) => text || null)
    .nullable()
    .default(null),
  version: z.int().min(1).describe('The version that was seen: refused with 409 when another stands by now'),
})
export type RulingInput = z.infer<typeof rulingInputSchema>
