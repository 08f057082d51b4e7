/** Material of made-up communities, for the tests of the report's words. Nothing here is read by the program. */
import type { Measured } from '../../../shared/contract/metric.ts'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { addDays, periodsBetween, shiftPeriod } from '../../../shared/period.ts'
import { EXAMPLES } from '../../diagnosis/example-windows.ts'
import { intentionOf } from '../../diagnosis/intention.ts'
import { judge } from '../../diagnosis/judge.ts'
import { RULES_VERSION } from '../../diagnosis/thresholds.ts'
import type { WindowFacts } from '../../diagnosis/window-facts.ts'
import { asBulkStep, found, foundCount, foundShare, notAvailable } from '../../metrics/measured.ts'
import { findReportDays } from './report-days.ts'
import type { Findings, MonthFindings, ReportMaterial } from './report-material.ts'

const MONTH = '2025-12'
const TELLS = ['joins', 'leaves', 'contributions', 'questions', 'accepted_answers', 'views', 'practices']

const judgedOnce = new Map<WindowFacts, Verdict>()
/** Finding the smallest change takes a while. */
const judgeOnce = (facts: WindowFacts): Verdict => {
  const judged = judgedOnce.get(facts) ?? judge(facts)
  judgedOnce.set(facts, judged)
  return judged
}

/** A verdict as it would be stored: what stands is what this evaluation reads, unless said otherwise. */
export const exampleVerdict = (facts: WindowFacts, at: string, more: Partial<Verdict> = {}): Verdict => {
  const judged = judgeOnce(facts)
  return {
    ...judged,
    at,
    window: { ...judged.window, from: addDays(at, 1 - judged.window.days), to: at },
    support: 1,
    support_detail: {
      strength: 'clear',
      resamples: 1000,
      threads: 40,
      found: [{ verdict: judged.verdict, share: 1 }],
      caps: [],
      sentence: '',
    },
    standing: judged.verdict,
    standing_detail: { since: '2024-03-31', pending: null, sentence: '' },
    trajectory: 'steady',
    trajectory_detail: {
      since: null,
      series: [],
      sentence: 'Steady: joins, active people and questions are within their usual swings.',
    },
    ...more,
  }
}

const exampleFindings = (questions: number): Findings => ({
  'answered-share': foundShare(Math.floor(questions * 0.9), questions, 'No question was asked.'),
  'time-to-first-answer': found(4.5, { low: 3, high: 6, n: questions }),
  'accepted-share': foundShare(Math.floor(questions * 0.5), questions, 'No question was asked.'),
  'acknowledged-share': foundShare(Math.floor(questions * 0.3), questions, 'No question was asked.'),
  'observers-share': foundShare(60, 120, ''),
  helpers: foundCount(31),
  'top-share-of-answers': foundShare(10, 70, ''),
  'askers-who-help-share': foundShare(12, 30, ''),
  'practices-shared': foundCount(6),
  'practices-reused': foundCount(3),
})

const exampleMonth = (month: string, i: number): MonthFindings => ({
  month,
  is_unfinished: false,
  found: {
    joins: foundCount(6 + (i % 3)),
    leavers: foundCount(2),
    'net-growth': found(4 + (i % 3), { n: 8 }),
    members: foundCount(60 + 5 * i),
    'lapsed-members': found(20, { numerator: 20, denominator: 60 + 5 * i, n: 60 + 5 * i }),
    'first-seen': foundCount(7),
  },
})

/** A healthy community's December, whole, with everything told. */
export const exampleMaterial = (more: Partial<ReportMaterial> = {}): ReportMaterial => ({
  community: { slug: 'pumps', name: 'Pump Engineers', time_zone: 'Europe/Amsterdam', is_demo: false, demo_note: null },
  month: MONTH,
  today: '2026-01-01',
  known_by: '2025-12-31T23:30:00.000Z',
  measured_by: '2025-12-31T23:00:00.000Z',
  whole_until: '2026-01-01',
  known_on: '2026-01-01',
  first_on: '2023-05-10',
  is_stale: false,
  sources: [{ source: 'forum', tells: TELLS, cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 }],
  threads: 'said',
  verdict: exampleVerdict(EXAMPLES.community, '2025-12-31'),
  thresholds: {},
  rules_version: RULES_VERSION,
  days: findReportDays(MONTH, { first_on: '2023-05-10', known_on: '2026-01-01' }),
  found: {
    month: {
      ...exampleFindings(40),
      'benefit-share': foundShare(70, 120, ''),
      'retention-of-helped-joiners': foundShare(36, 42, ''),
      'retention-of-unhelped-joiners': foundShare(25, 50, ''),
    },
    quarter: exampleFindings(120),
    year: exampleFindings(480),
    before_month: { 'answered-share': foundShare(18, 38, '') },
    before_quarter: exampleFindings(110),
    before_year: exampleFindings(400),
  },
  confirmations: null,
  months: periodsBetween(shiftPeriod(MONTH, 'month', -12), MONTH, 'month').map(exampleMonth),
  cost_and_claims: {
    break_even: { sentence: 'Nobody has said what the community costs.', figures: [] },
    claims: {
      sentence: 'Nobody has been asked what an answer saved.',
      claim_count: 0,
      asked_count: 0,
      low_hours: null,
      central_hours: null,
      high_hours: null,
      outliers: [],
      note: null,
    },
    footnotes: [],
    inputs: {},
  },
  stories: [],
  words: { ask: null, story_keys: null },
  ...more,
})

const without = (findings: Findings, keys: readonly string[], measured: Measured): Findings => ({
  ...findings,
  ...Object.fromEntries(keys.map((key) => [key, measured])),
})

const healthy = exampleMaterial()
const foundOf = (change: (findings: Findings) => Findings): ReportMaterial['found'] =>
  Object.fromEntries(Object.entries(healthy.found ?? {}).map(([span, findings]) => [span, change(findings)])) as ReportMaterial['found']
const months = (change: (found: Findings, i: number) => Findings): MonthFindings[] =>
  healthy.months.map((one, i) => ({ ...one, found: change(one.found, i) }))

const quiet = foundOf((findings) =>
  without(
    {
      ...findings,
      'answered-share': foundShare(3, 4, ''),
      'accepted-share': foundShare(1, 4, ''),
      'acknowledged-share': foundShare(2, 4, ''),
      helpers: foundCount(2),
      'observers-share': foundShare(3, 90, ''),
      'practices-shared': foundCount(0),
      'practices-reused': foundCount(0),
      'benefit-share': foundShare(6, 90, ''),
    },
    [
      'time-to-first-answer',
      'top-share-of-answers',
      'askers-who-help-share',
      'retention-of-helped-joiners',
      'retention-of-unhelped-joiners',
    ],
    { ...foundCount(0), value: null, status: 'too_few', reason: '4 questions; it takes 20.' },
  ),
)
const NO_CONTRIBUTIONS = notAvailable(['questions'], ['directory'])
const ONLY_MEMBERS = ['joins', 'leaves']

/** Where no data reach the month: before the first, or with none at all. */
const nothingKnown: Partial<ReportMaterial> = {
  verdict: null,
  days: null,
  found: null,
  measured_by: null,
  months: months((findings) =>
    Object.fromEntries(
      Object.keys(findings).map((key) => [
        key,
        { ...foundCount(0), value: null, n: null, status: 'not_applicable' as const, reason: 'No data reach this period.' },
      ]),
    ),
  ),
}

/** One of each kind a report must read well for. */
export const EXAMPLE_MATERIAL: Record<string, ReportMaterial> = {
  healthy,
  blog: exampleMaterial({
    verdict: exampleVerdict(EXAMPLES.blog, '2025-12-31', { intention: intentionOf('community', 'blog') }),
    found: quiet,
  }),
  newsletter: exampleMaterial({
    verdict: exampleVerdict(EXAMPLES.newsletter, '2025-12-31', { intention: intentionOf('newsletter', 'newsletter') }),
    found: quiet,
  }),
  declining: exampleMaterial({
    verdict: exampleVerdict(EXAMPLES.community, '2025-12-31', {
      trajectory: 'declining',
      trajectory_detail: {
        since: '2025-10-20',
        series: [],
        sentence:
          'Declining since the week of 20 October 2025: 12 people joined in the last 8\u00a0weeks where 26 would be usual; 41\u00a0questions were asked in the last 8\u00a0weeks where 80 would be usual.',
      },
    }),
    months: months((findings, i) =>
      i < 12
        ? findings
        : { ...findings, joins: foundCount(1), leavers: foundCount(9), 'net-growth': found(-8, { n: 10 }), members: foundCount(107) },
    ),
  }),
  'reads otherwise': exampleMaterial({
    verdict: exampleVerdict(EXAMPLES.teaching_platform, '2025-12-31', {
      standing: 'community',
      standing_detail: { since: '2025-06-30', pending: null, sentence: '' },
      intention: intentionOf('community', 'community'),
    }),
  }),
  'almost empty': exampleMaterial({
    first_on: '2025-12-10',
    days: findReportDays(MONTH, { first_on: '2025-12-10', known_on: '2026-01-01' }),
    verdict: exampleVerdict({ ...EXAMPLES.too_little_data, feed: { ...EXAMPLES.too_little_data.feed, history_weeks: 3 } }, '2025-12-31', {
      trajectory: 'forming',
      standing_detail: { since: '2025-12-31', pending: null, sentence: '' },
    }),
    found: foundOf((findings) =>
      without(
        { ...findings, 'benefit-share': foundShare(2, 5, ''), 'answered-share': foundShare(1, 1, ''), helpers: foundCount(1) },
        Object.keys(healthy.found?.month ?? {}).filter((key) => !['benefit-share', 'answered-share', 'helpers'].includes(key)),
        { ...foundCount(0), value: null, n: null, status: 'too_few', reason: '1 question; it takes 20.' },
      ),
    ),
    months: months((findings, i) => (i < 12 ? {} : { ...findings, joins: foundCount(5), leavers: foundCount(0), members: foundCount(5) })),
  }),
  'members only': exampleMaterial({
    sources: [{ source: 'directory', tells: ONLY_MEMBERS, cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 }],
    verdict: exampleVerdict(EXAMPLES.empty, '2025-12-31', { standing_detail: { since: '2024-01-31', pending: null, sentence: '' } }),
    found: foundOf((findings) => without(findings, Object.keys(findings), NO_CONTRIBUTIONS)),
  }),
  'nobody tells who joined': exampleMaterial({
    sources: [
      { source: 'chat', tells: ['contributions', 'questions'], cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 },
    ],
    threads: 'inferred',
    found: foundOf((findings) => ({
      ...findings,
      'benefit-share': {
        ...foundShare(30, 80, ''),
        reason:
          'Of the people active on the last 90 days: no source tells who joined. Not told, so not in it: who read along or who reused a practice.',
      },
    })),
    months: months((findings) => ({
      ...findings,
      ...Object.fromEntries(
        ['joins', 'leavers', 'net-growth'].map((key) => [key, notAvailable(key === 'joins' ? ['joins'] : ['leaves'], ['chat'])]),
      ),
    })),
  }),
  import: exampleMaterial({
    months: months((findings, i) =>
      i < 12
        ? findings
        : {
            ...findings,
            joins: asBulkStep(foundCount(412), 400, 412, 'joined'),
            'net-growth': asBulkStep(found(410), 400, 412, 'joined'),
            members: foundCount(525),
          },
    ),
  }),
  'running month': exampleMaterial({
    today: '2025-12-18',
    known_by: '2025-12-18T09:00:00.000Z',
    measured_by: '2025-12-18T09:00:00.000Z',
    whole_until: '2025-12-18',
    known_on: '2025-12-18',
    days: findReportDays(MONTH, { first_on: '2023-05-10', known_on: '2025-12-18' }),
    verdict: exampleVerdict(EXAMPLES.community, '2025-12-18'),
    months: healthy.months.map((one, i) => ({ ...one, is_unfinished: i === 12 })),
  }),
  'wakes up': exampleMaterial({
    today: '2025-12-18',
    known_by: '2025-12-18T09:00:00.000Z',
    measured_by: '2025-12-18T09:00:00.000Z',
    whole_until: '2025-12-18',
    known_on: '2025-12-18',
    days: findReportDays(MONTH, { first_on: '2023-05-10', known_on: '2025-12-18' }),
    verdict: exampleVerdict(EXAMPLES.community, '2025-12-18', {
      standing: 'dormant',
      standing_detail: { since: '2025-11-30', pending: null, sentence: '' },
      trajectory: 'unknown',
    }),
  }),
  'before it existed': exampleMaterial({ ...nothingKnown, first_on: '2026-02-03', known_on: '2026-03-01', whole_until: '2026-03-01' }),
  'no data': exampleMaterial({ ...nothingKnown, first_on: null, known_on: null, known_by: null, whole_until: null, sources: [] }),
  'after its data end': exampleMaterial({ ...nothingKnown, known_on: '2025-10-04', whole_until: '2025-10-05' }),
}
