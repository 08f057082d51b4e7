import type { WorkedExample } from '../../shared/contract/metric.ts'
import { LAPSE_DAYS } from '../rollup/lapse-days.ts'
import { UNTOUCHED_DAYS } from '../rollup/untouched-days.ts'
import { activePeople } from './activity/active-people.ts'
import { benefitShare } from './benefit/benefit-share.ts'
import { effectiveVoices } from './concentration/effective-voices.ts'
import { topShare } from './concentration/top-share.ts'
import { contentMix } from './content-mix/content-mix.ts'
import { answeredShare } from './helping/answered-share.ts'
import { timeToFirstAnswer } from './helping/time-to-first-answer.ts'
import { growthRate } from './membership/growth-rate.ts'
import { lapseThreshold } from './membership/lapse-threshold.ts'
import { lapsedMembers } from './membership/lapsed-members.ts'
import { newcomerActivationShare } from './newcomers/newcomer-activation-share.ts'
import { observersShare } from './observing/observers-share.ts'
import { practicesUntouchedShare } from './practices/practices-untouched-share.ts'
import { ANSWER_DAYS } from './readings/episodes.ts'
import { BENEFIT_DAYS } from './readings/benefit-stock.ts'
import { NEWCOMER_DAYS } from './readings/newcomer-starts.ts'
import { directReciprocity } from './reciprocity/direct-reciprocity.ts'
import { twoWayShare } from './reciprocity/two-way-share.ts'
import { retention } from './retention/retention.ts'
import { spreadOf } from './statistics/spread.ts'
import { degreeCentralisation } from './structure/degree-centralisation.ts'
import { type Example, workExample } from './work-example.ts'

const HOUR = 3600
const repeat = (times: number, seconds: number): number[] => Array.from({ length: times }, () => seconds)
/** 40 contributions by five people. */
const FIVE = [20, 10, 5, 3, 2]

/** For each kind of number one that is worked out by hand: the tables are small, and the results the metrics' own. */
const EXAMPLES: Example[] = [
  workExample(growthRate, {
    given: 'A community at the beginning of March, and what happened in March:',
    columns: ['', 'People'],
    rows: [
      ['Members at the start', '150'],
      ['Joined, with 2 who came back', '18'],
      ['Left', '6'],
    ],
    steps: ['Joins − leavers: 18 − 6 = 12.', '12 ÷ 150 = 0.08.'],
    row: { members_at_start: 150, joined: 18, rejoined: 2, left: 6, most_joined_in_a_minute: 1, most_left_in_a_minute: 1 },
  }),
  workExample(lapsedMembers, {
    given: `The members at the end of March, by the last sign of life of each, which is anything they did, or joining:`,
    columns: ['Last sign of life', 'Members'],
    rows: [
      [`in the ${LAPSE_DAYS} days up to 31 March`, '96'],
      ['before that', '54'],
    ],
    steps: ['Those in the second row have lapsed: 54.'],
    row: { members_at_end: 150, lapsed_members: 54 },
  }),
  workExample(lapseThreshold, {
    given: 'The 100 silences of more than 30 days that there have been, all begun more than a year ago:',
    columns: ['Came back after', 'Silences'],
    rows: [
      ['40 days', '50'],
      ['60 days', '25'],
      ['80 days', '3'],
      ['not within a year', '22'],
    ],
    steps: [
      'All could be followed for a year, so the shares are plain ones.',
      'Silent for 40 days: 100 − 50 = 50, of whom 25 + 3 = 28 come back: 0.56, too many.',
      'Silent for 60 days: 50 − 25 = 25, of whom 3 come back: 3 ÷ 25 = 0.12, still more than 0.1.',
      'Silent for 80 days: 22, of whom nobody comes back. It is 80 days.',
    ],
    row: { silent_days: [40, 60, 80, 400], returned_counts: [50, 25, 3, 0], open_counts: [0, 0, 0, 22] },
  }),
  workExample(retention, {
    given: 'The 40 people who joined in a March some years ago, by the day of their stay on which they were gone:',
    columns: ['Gone on day', 'People'],
    rows: [
      ['10', '5'],
      ['40', '7'],
      ['400', '8'],
      ['not gone', '20'],
    ],
    steps: [
      'Everyone could be followed for 90 days, so it is a plain share.',
      'Gone by day 90: 5 + 7 = 12; still there: 40 − 12 = 28.',
      '28 ÷ 40 = 0.7.',
    ],
    category: '90-days',
    row: { started_count: 40, is_lapse_known: 1, exit_days: [10, 40, 400, 900], gone_counts: [5, 7, 8, 0], followed_counts: [0, 0, 0, 20] },
  }),
  workExample(newcomerActivationShare, {
    given: `The people who first joined in March, looked at on 20 April:`,
    columns: ['', 'People'],
    rows: [
      [`joined at least ${NEWCOMER_DAYS} days ago, wrote by day ${NEWCOMER_DAYS}`, '18'],
      [`joined at least ${NEWCOMER_DAYS} days ago, wrote later or not at all`, '22'],
      [`joined less than ${NEWCOMER_DAYS} days ago`, '9'],
      ['had written before they joined', '2'],
    ],
    steps: ['The last two rows are left out: 18 + 22 = 40.', '18 ÷ 40 = 0.45.'],
    row: { joined_count: 51, experienced_count: 2, ripe_joined_count: 40, ripe_joined_active_count: 18 },
  }),
  workExample(activePeople, {
    given: 'The contributions of a week, by person:',
    columns: ['Person', 'Contributions'],
    rows: [
      ['Ada', '4'],
      ['Ben', '2'],
      ['Cem', '1'],
      ['Dana (read, wrote nothing)', '0'],
    ],
    steps: ['People with at least one contribution: 3.'],
    row: { contribution_count: 7, contributions: spreadOf([4, 2, 1]) },
  }),
  workExample(contentMix, {
    given: 'The contributions of March, each counted once, by the first category that fits:',
    columns: ['Category', 'Contributions'],
    rows: [
      ['work', '6'],
      ['news', '4'],
      ['help', '45'],
      ['discussion', '30'],
      ['broadcast', '10'],
      ['other', '5'],
    ],
    steps: ['All: 6 + 4 + 45 + 30 + 10 + 5 = 100.', 'Help: 45 ÷ 100 = 0.45.'],
    category: 'help',
    row: { help: 45, discussion: 30, broadcast: 10, news: 4, work: 6, other: 5 },
  }),
  workExample(topShare, {
    given: 'The contributions of March, by person:',
    columns: ['Person', 'Contributions'],
    rows: FIVE.map((count, i) => [['Ada', 'Ben', 'Cem', 'Dana', 'Emil'][i] as string, String(count)]),
    steps: ['All: 20 + 10 + 5 + 3 + 2 = 40.', 'The one who made most: 20.', '20 ÷ 40 = 0.5.'],
    row: { contribution_count: 40, contributions: spreadOf(FIVE) },
  }),
  workExample(effectiveVoices, {
    given: 'The same contributions as shares p of all 40:',
    columns: ['Person', 'p', '−p · ln p'],
    rows: FIVE.map((count, i) => {
      const p = count / 40
      return [['Ada', 'Ben', 'Cem', 'Dana', 'Emil'][i] as string, String(p), (-p * Math.log(p)).toFixed(3)]
    }),
    steps: ['The last column adds up to 1.297.', 'exp(1.297) = 3.66: as many people with equal shares would be as mixed.'],
    row: { contribution_count: 40, contributions: spreadOf(FIVE) },
  }),
  workExample(answeredShare, {
    given: 'The questions of March, by what became of each, looked at on 4 April:',
    columns: ['', 'Questions'],
    rows: [
      [`someone else answered within ${ANSWER_DAYS} days`, '27'],
      [`someone else answered later`, '4'],
      ['only the asker wrote on', '2'],
      ['nobody answered', '3'],
      [`under ${ANSWER_DAYS} days old`, '6'],
    ],
    steps: [`At least ${ANSWER_DAYS} days old: 27 + 4 + 2 + 3 = 36. The last row has not had its time yet.`, '27 ÷ 36 = 0.75.'],
    row: { question_count: 42, ripe_count: 36, ripe_answered_count: 27 },
  }),
  workExample(timeToFirstAnswer, {
    given: 'Twenty questions, by the hours each waited for its first answer, or has waited so far:',
    columns: ['Hours', 'Waiting just before', 'Answered then', 'Share still open after'],
    rows: [
      ['1', '20', '4', '16 ÷ 20 = 0.8'],
      ['3', '16', '4', '0.8 × 12 ÷ 16 = 0.6'],
      ['5', '12', '0; 2 are open and no older', '0.6'],
      ['8', '10', '3', '0.6 × 7 ÷ 10 = 0.42'],
      ['later', '7', '5; 2 are open', ''],
    ],
    steps: [
      'At each answer the share still open is multiplied by (waiting − answered) ÷ waiting.',
      'A question that is open and no older than 5 hours leaves the column “waiting” after 5 hours and is not counted as answered.',
      'The share first falls to one half or below at 8 hours.',
    ],
    row: {
      question_count: 20,
      answer_seconds: [...repeat(4, HOUR), ...repeat(4, 3 * HOUR), ...repeat(3, 8 * HOUR), ...repeat(5, 30 * HOUR)],
      waiting_seconds: [...repeat(2, 5 * HOUR), ...repeat(2, 50 * HOUR)],
    },
  }),
  workExample(twoWayShare, {
    given: 'Who took part in help in March, each person in one row:',
    columns: ['', 'People'],
    rows: [
      ['helped others and was helped', '9'],
      ['helped others only', '12'],
      ['was helped only', '15'],
    ],
    steps: ['Gave or received help: 9 + 12 + 15 = 36.', 'Did both: 9.', '9 ÷ 36 = 0.25.'],
    row: { node_count: 36, two_way_count: 9 },
  }),
  workExample(directReciprocity, {
    given: 'The pairs of helper and person helped in March; Ada helping Ben and Ben helping Ada are two pairs:',
    columns: ['', 'Pairs'],
    rows: [
      ['the person helped also helped the helper', '8'],
      ['they did not', '32'],
    ],
    steps: ['All pairs: 8 + 32 = 40.', '8 ÷ 40 = 0.2.'],
    row: { node_count: 30, edge_count: 40, mutual_edge_count: 8, weight: 44, mutual_weight: 8 },
  }),
  workExample(observersShare, {
    given: 'The members at the end of March, by what they read in March:',
    columns: ['', 'Members'],
    rows: [
      ['read a thread that held an answer, and had written nothing in it', '60'],
      ['read only threads they had written in, or that held no answer', '25'],
      ['read nothing', '65'],
    ],
    steps: ['All members: 60 + 25 + 65 = 150.', '60 ÷ 150 = 0.4.'],
    row: { observer_count: 60, member_observer_count: 60, members_at_end: 150, seen_at_end: 180 },
  }),
  workExample(practicesUntouchedShare, {
    given: 'The practices at the end of March, by the last day on which somebody shared, edited, viewed or reused each:',
    columns: ['Last touched', 'Practices'],
    rows: [
      [`in the ${UNTOUCHED_DAYS} days up to 31 March`, '24'],
      ['before that', '16'],
    ],
    steps: ['All practices: 24 + 16 = 40.', '16 ÷ 40 = 0.4.'],
    row: { practice_count: 40, untouched_count: 16 },
  }),
  workExample(degreeCentralisation, {
    given: 'Twenty active people. Ada is tied by help to ten of them, each of the ten only to Ada, and nine to nobody:',
    columns: ['Ties d', 'People', 'd_max − d'],
    rows: [
      ['10', '1', '0'],
      ['1', '10', '9 each, 90 together'],
      ['0', '9', '10 each, 90 together'],
    ],
    steps: ['The differences add up to 0 + 90 + 90 = 180.', '(n − 1)(n − 2) = 19 · 18 = 342.', '180 ÷ 342 = 0.53.'],
    row: { node_count: 20, tie_from: Array.from({ length: 10 }, () => 0), tie_to: Array.from({ length: 10 }, (_, i) => i + 1) },
  }),
  workExample(benefitShare, {
    given: `The members at the end of March, by what each got in the ${BENEFIT_DAYS} days up to 31 March; who got several stands in the first row that fits:`,
    columns: ['', 'Members'],
    rows: [
      ['a question of theirs was answered', '20'],
      ['read an answered thread of others', '45'],
      ['reused a practice', '5'],
      ['confirmed value', '2'],
      ['none of these', '78'],
    ],
    steps: ['All members: 20 + 45 + 5 + 2 + 78 = 150.', 'With a benefit: 150 − 78 = 72.', '72 ÷ 150 = 0.48.'],
    row: { members_at_end: 150, benefited_members: 72 },
  }),
]

const byMetric = new Map(EXAMPLES.map((example) => [example.metric, example.worked]))

export const exampleOf = (metricId: string): WorkedExample | null => byMetric.get(metricId) ?? null
/** For the test that holds them to their metrics. */
export const workedExamples: readonly Example[] = EXAMPLES
