/** Alerts with something in every place: for tests of how they are mailed. Numbers and names are made up. */
import type { AlertContent, AlertNotice, AlertRuleId } from '../shared/contract/alert.ts'
import { addDays } from '../shared/period.ts'

const weeksFrom = (first: string, values: readonly (number | null)[], step = 7) =>
  values.map((value, i) => ({ on: addDays(first, i * step), value }))

const JOINS = [4, 5, 3, 6, 4, 2, null, null, 5, 4, 6, 3, 5, 4, 4, 7, 3, 4, 2, 3, 1, 2, 3, 1, 2, 2]

/** A decline as it is told when it begins. */
export const madeUpAlert = (change: Partial<AlertContent> = {}): AlertContent => ({
  rule: 'decline',
  notice: 'began',
  community: { slug: 'pumps', name: 'Pump Engineers', time_zone: 'Europe/Berlin' },
  on: '2026-06-22',
  known_by: '2026-06-29T00:00:00.000Z',
  subject: 'Pump Engineers: 42 % fewer new members since May',
  headline: 'Fewer people join Pump Engineers: 16 in the last eight weeks, where about 34 were usual',
  sentences: [
    'New members have been fewer since the beginning of May 2026. Questions and answers have not changed.',
    'Those who are in stay: five left in these eight weeks, as many as usual.',
  ],
  how_sure:
    'This lies well outside what the community’s own past shows. In communities in which nothing changes, such an alert is sent about once in seven years.',
  figures: [
    { label: 'New members', now: '16 in 8 weeks', usual: 'about 34', change: '53 % fewer' },
    { label: 'Active people', now: '41 a week', usual: 'about 58 a week', change: '29 % fewer' },
  ],
  driver: {
    is_found: true,
    sentence: 'Fewer joins explain it, not more leavers. Most of what is missing used to come by the forum.',
    parts: [
      { of: 'Joins or leavers', label: 'Fewer joins', share: 'all of it' },
      { of: 'Source', label: 'The forum', share: '14 of 18 missing' },
      { of: 'Channel', label: 'Start here', share: '11 of 18 missing' },
    ],
  },
  look_first: [
    { text: 'Who joined, month by month, and by which way', path: '/c/pumps/membership' },
    { text: 'What was changed in May: the dated notes', path: '/c/pumps/interventions' },
    { text: 'Newcomers who had no reply', path: '/c/pumps/helping' },
  ],
  chart: {
    title: 'New members a week',
    caption: 'Two a week in the last eight weeks; about four a week in the half year before.',
    unit: 'people',
    weeks: weeksFrom('2025-12-29', JOINS),
    usual: 4.25,
    judged_from: '2026-05-04',
  },
  caveats: [
    'The forum was silent from 9 to 22 February 2026; those weeks count for nothing.',
    'Who joined in a batch on 3 March 2026 is left out.',
  ],
  evidence_path: '/c/pumps/alerts?rule=decline&on=2026-06-22',
  ...change,
})

const NOTICES: Record<AlertNotice, Partial<AlertContent>> = {
  began: {},
  clearly_worse: {
    subject: 'Pump Engineers: fewer still join, now 7 in eight weeks',
    headline: 'It has got clearly worse: 7 people joined Pump Engineers in the last eight weeks, where 16 did in May and June',
    sentences: ['New members have been fewer since May 2026, and have halved again since the end of September.'],
  },
  recovered: {
    subject: 'Pump Engineers: as many new members as before May again',
    headline: 'As many people join Pump Engineers as before: 33 in the last eight weeks',
    sentences: ['New members had been fewer since May 2026. They have been as many as usual for four weeks.'],
    driver: null,
    look_first: [],
    caveats: [],
  },
  passed: {
    subject: 'Pump Engineers: the low of May is over',
    headline: 'What was told in June is over',
    sentences: ['It was an event, and has had no sequel.'],
    driver: null,
    look_first: [],
    chart: null,
  },
  withdrawn: {
    subject: 'Pump Engineers: withdrawn, new members have not been fewer',
    headline: 'The alert of 29 June is withdrawn: new members have not been fewer',
    sentences: [
      'It said that 16 people joined in eight weeks. 15 more have been delivered since, by an import on 3 July, and 31 is as usual.',
    ],
    how_sure: '',
    driver: null,
    look_first: [],
    caveats: [],
  },
}

const RULES: Record<AlertRuleId, Partial<AlertContent>> = {
  decline: {},
  'answered-share': {
    subject: 'Pump Engineers: 12 of 31 questions answered within a week, usually three in four',
    headline: 'Fewer questions are answered: 12 of 31 within a week, where about three in four were',
    sentences: ['This has been so since April 2026. As many questions are asked as before.'],
    figures: [{ label: 'Answered within 7 days', now: '12 of 31', usual: '74 % (59–85 %)', change: 'about half as many' }],
    chart: {
      title: 'Questions answered within seven days',
      caption: 'Four in ten in the last eight weeks; three in four in the year before.',
      unit: '%',
      weeks: weeksFrom('2026-01-05', [80, 75, 70, null, 83, 66, 77, 80, 71, 75, 60, 81, 72, 78, 50, 40, 45, 33, 38, 41, 36, 42]),
      usual: 74,
      judged_from: '2026-04-13',
    },
    driver: null,
  },
  'newcomers-unanswered': {
    subject: 'Pump Engineers: 9 newcomers in a row had no reply',
    headline: 'Newcomers go unanswered: nine of the last eleven who wrote had no reply within a week',
    figures: [{ label: 'Newcomers without a reply', now: '9 of 11', usual: '2 of 11', change: 'seven more' }],
    driver: null,
    chart: null,
  },
  'one-person': {
    subject: 'Pump Engineers: one person now gives 6 of 10 answers',
    headline: 'More and more rests on one person: 6 of 10 answers, where it was 3 of 10 a year ago',
    figures: [{ label: 'Answers by the top person', now: '31 of 52', usual: 'about three in ten', change: 'twice as much' }],
    driver: null,
  },
  'verdict-drift': {
    subject: 'Pump Engineers: it has become a blog',
    headline: 'Pump Engineers has been a blog for two months; its charter says community',
    driver: null,
    figures: [],
    chart: null,
  },
  'bulk-removal': {
    subject: 'Pump Engineers: 48 members were removed at once',
    headline: '48 members were removed on 16 June 2026 by one account',
    sentences: ['It is not counted as a decline: nobody left of themself.'],
    driver: null,
    figures: [{ label: 'Members', now: '304', usual: '352', change: '48 fewer at once' }],
    chart: null,
  },
  'silent-feed': {
    subject: 'Pump Engineers: nothing has come from the forum for 9 days',
    headline: 'Nothing has come from the forum since 20 June 2026, where 14 messages a day were usual',
    sentences: ['This is no decline: until the feed is back, nothing is known of the community. Nothing is judged meanwhile.'],
    driver: null,
    figures: [],
    chart: {
      title: 'Messages a day from the forum',
      caption: 'Nothing for nine days; 14 a day before.',
      unit: 'messages',
      weeks: weeksFrom(
        '2026-05-31',
        [12, 9, 14, 18, 13, 8, 15, 16, 14, 11, 12, 13, 9, 17, 15, 14, 12, 16, 11, 13, null, null, null, null, null, null, null, null, null],
        1,
      ),
      usual: 14,
      judged_from: '2026-06-20',
    },
  },
}

/** A decline by each of its notices, and the begin of each other rule. */
export const madeUpAlerts = (): AlertContent[] => [
  ...(Object.keys(NOTICES) as AlertNotice[]).map((notice) => madeUpAlert({ notice, ...NOTICES[notice] })),
  ...(Object.keys(RULES) as AlertRuleId[]).slice(1).map((rule) => madeUpAlert({ rule, ...RULES[rule] })),
]
