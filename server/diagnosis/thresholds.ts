/**
 * Every threshold of the verdict, once. No published source gives a validated cut-off between a community and a blog,
 * so each is a house rule and says so wherever it is shown. Percentages are whole numbers, so that "k of n reaches it"
 * is integer arithmetic and exact at the threshold itself.
 */

/** Changes whenever a threshold or a rule does: results made by other rules are computed anew before they are compared. */
export const RULES_VERSION = '2026.2'

/** Where a figure comes from that is our own judgement. */
const HOUSE_RULE = 'house rule'

export type Threshold = {
  value: number
  unit: 'percent' | 'weeks' | 'contributions' | 'people' | 'voices' | 'probability' | 'days'
  says: string
  source: string
}

const houseRule = (value: number, unit: Threshold['unit'], says: string): Threshold => ({ value, unit, says, source: HOUSE_RULE })

export const THRESHOLDS = {
  dormant_history: houseRule(26, 'weeks', 'dormant: the data go back at least this far'),
  dormant_recent_weeks: houseRule(8, 'weeks', 'dormant: what counts as recent'),
  dormant_earlier_weeks: houseRule(
    52,
    'weeks',
    'dormant: what the earlier rate is taken from, up to the last contribution before the recent ones',
  ),
  dormant_recent_contributions: houseRule(2, 'contributions', 'dormant: recent contributions at most'),
  dormant_probability: houseRule(0.01, 'probability', 'dormant: the earlier rate would leave so few with a probability below this'),

  enough_history: houseRule(8, 'weeks', 'too little data: the data go back less far than this'),
  feed_gap: houseRule(20, 'percent', 'too little data: share of the window that the feed is not known to cover, above'),
  enough_contributions: houseRule(30, 'contributions', 'too little data: fewer contributions than this'),
  enough_people: houseRule(5, 'people', 'too little data: fewer active people than this'),

  workgroup_work: houseRule(50, 'percent', 'workgroup: share of work at least'),
  workgroup_help: houseRule(40, 'percent', 'workgroup: share of help below'),

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
} as const satisfies Record<string, Threshold>

/** A window of 90 days is extended, first to 180 and then to 365, until it holds enough contributions (house rule). */
export const WINDOW_DAYS = [90, 180, 365] as const
