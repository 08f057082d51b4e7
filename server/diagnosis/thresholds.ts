/**
 * Every threshold of the verdict, once. No published source gives a validated cut-off between a community and a blog,
 * so each is a house rule and says so wherever it is shown. Percentages are whole numbers, so that "k of n reaches it"
 * is integer arithmetic and exact at the threshold itself.
 */

/** Changes whenever a threshold or a rule does: results made by other rules are computed anew before they are compared. */
export const RULES_VERSION = '2026.5'

/** Where a figure comes from that is our own judgement. */
const HOUSE_RULE = 'house rule'

export type Unit =
  | 'percent'
  | 'weeks'
  | 'contributions'
  | 'people'
  | 'voices'
  | 'probability'
  | 'days'
  | 'words'
  | 'per 100 words'
  | 'evaluations'
  | 'threads'

export type Threshold = {
  value: number
  unit: Unit
  says: string
  source: string
  /** What a community may set it to instead, both ends included; null for what the windows are read by: the same for all. */
  range: readonly [least: number, most: number] | null
}

const RANGES: Record<Unit, readonly [number, number]> = {
  percent: [1, 99],
  weeks: [1, 520],
  contributions: [1, 1000],
  people: [1, 1000],
  voices: [1, 100],
  probability: [0.0001, 0.2],
  days: [1, 365],
  words: [100, 1_000_000],
  'per 100 words': [0.05, 100],
  evaluations: [1, 12],
  threads: [1, 1000],
}

const houseRule = (value: number, unit: Unit, says: string, range: Threshold['range'] = RANGES[unit]): Threshold => ({
  value,
  unit,
  says,
  source: HOUSE_RULE,
  range,
})

export const THRESHOLDS = {
  dormant_history: houseRule(26, 'weeks', 'dormant: the data go back at least this far'),
  dormant_recent_weeks: houseRule(8, 'weeks', 'dormant: what counts as recent', null),
  dormant_earlier_weeks: houseRule(
    52,
    'weeks',
    'dormant: what the earlier rate is taken from, up to the last contribution before the recent ones',
    null,
  ),
  dormant_recent_contributions: houseRule(2, 'contributions', 'dormant: recent contributions at most', [0, 100]),
  dormant_probability: houseRule(
    0.01,
    'probability',
    'dormant: the earlier rate of new threads would leave so few with a probability below this',
  ),

  enough_history: houseRule(8, 'weeks', 'too little data: the data go back less far than this'),
  feed_gap: houseRule(20, 'percent', 'too little data: share of the window that the feed is not known to cover, above'),
  enough_contributions: houseRule(30, 'contributions', 'too little data: fewer contributions than this'),
  enough_people: houseRule(5, 'people', 'too little data: fewer active people than this'),

  workgroup_work: houseRule(50, 'percent', 'workgroup: share of work at least'),
  workgroup_help: houseRule(40, 'percent', 'workgroup: share of help below'),

  workgroup_talk_words: houseRule(1000, 'words', 'workgroup, by its talk: words in the window at least'),
  workgroup_work_words: houseRule(
    1,
    'per 100 words',
    'workgroup, by its talk: words of artefacts, procedure, documents and building at least',
  ),
  workgroup_artefact_words: houseRule(0.5, 'per 100 words', 'workgroup, by its talk: or words of artefacts and procedure at least'),
  workgroup_top_ten: houseRule(50, 'percent', 'workgroup, by its talk: share of contributions by the ten most active people at least'),

  newsletter_news: houseRule(50, 'percent', 'newsletter: share of news, or of news and broadcast with news the larger, at least'),
  newsletter_one_author: houseRule(90, 'percent', 'newsletter, by one author: share of the news that one person writes, at least'),

  teaching_help: houseRule(50, 'percent', 'teaching platform: share of help at least'),
  teaching_top_answerer: houseRule(60, 'percent', 'teaching platform: share of answers by one person at least'),
  teaching_questions_by_others: houseRule(20, 'percent', "teaching platform: share of other people's questions at least"),

  blog_top_person: houseRule(50, 'percent', 'blog: share of all contributions by one person at least'),
  blog_host: houseRule(80, 'percent', "blog: share of contributions in one person's threads at least"),
  blog_help: houseRule(20, 'percent', "blog: share of help below, where most lies in one person's threads"),
  blog_top_starter: houseRule(50, 'percent', 'blog: share of thread starts by one person at least, where broadcast is the largest share'),

  community_talk: houseRule(50, 'percent', 'community: share of help and discussion together at least'),
  community_help: houseRule(20, 'percent', 'community: share of help at least'),
  community_answered: houseRule(50, 'percent', 'community: share of questions answered within seven days at least'),
  community_top_answerer: houseRule(50, 'percent', 'community: share of answers by one person below'),
  community_voices: houseRule(3, 'voices', 'community: effective voices among answers (N2) at least'),
  community_helpers: houseRule(5, 'people', 'community: people who answered somebody at least'),

  anonymous_answers: houseRule(20, 'percent', 'share of answers without a known author above which who answers cannot be judged'),

  support_clear: houseRule(80, 'percent', 'support: the verdict is clear where this share of resampled windows agrees, at least'),
  support_leaning: houseRule(60, 'percent', 'support: it leans that way where this share agrees, at least; below, no clear pattern'),
  support_threads: houseRule(10, 'threads', 'support: from fewer threads than this the verdict is never called clear'),
  standing_evaluations: houseRule(2, 'evaluations', 'standing verdict: changes when another one is clear at so many month ends in a row'),

  forming_history: houseRule(26, 'weeks', 'direction: forming while the data go back less far than this'),
} as const satisfies Record<string, Threshold>

export type ThresholdId = keyof typeof THRESHOLDS
export const THRESHOLD_IDS = Object.keys(THRESHOLDS) as ThresholdId[]

/** A window of 90 days is extended, first to 180 and then to 365, until it holds enough contributions (house rule). */
export const WINDOW_DAYS = [90, 180, 365] as const
