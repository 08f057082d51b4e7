/** How much it takes before a number is shown, each figure once. All are our own judgement; none is a published cut-off. */

/** What to call the source of a figure that is our own judgement. */
export const HOUSE_RULE = 'house rule'

/** Concentration says something about a group only from this many contributions … */
export const MIN_CONTRIBUTIONS = 30
/** … by this many people. */
export const MIN_CONTRIBUTORS = 5
/** Growth and leave rates, of this many members at the start. */
export const MIN_MEMBERS = 30
/** The median and the ninth decile of the time to an answer. */
export const MIN_QUESTIONS_FOR_TIMES = 20
/** Whether a topic hangs on one person can be told of topics with this many answered questions: with fewer it nearly always does. */
export const MIN_ANSWERED_IN_TOPIC = 5
/** Topics are set against each other from this many on. */
export const MIN_TOPICS = 4
/** Anything about who helps whom, of this many people … */
export const MIN_PARTICIPANTS = 20
/** … and direct reciprocity, of this many pairs of helper and helped. */
export const MIN_HELP_EDGES = 30

/** Who stays and who becomes active, of a cohort of this many people … */
export const MIN_COHORT = 20
/** … and a curve of who stays as far as this many are still followed. */
export const MIN_AT_RISK = 10

/** From reading to contributing, of this many people who began by reading. */
export const MIN_FIRST_OBSERVERS = 20

/** Above this share of anonymous contributions nothing is said about persons. */
export const MAX_ANONYMOUS_SHARE = 0.2

/** With at least this share of a community's questions in threads that the source says, helping is measured over those alone. */
export const MIN_SAID_SHARE = 0.1

/** A bulk step: more joins (or leaves) than this within one minute … */
export const BULK_COUNT = 20
/** … that are more than this share of the period's. */
export const BULK_SHARE = 0.5
