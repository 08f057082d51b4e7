/** A made-up report for tests: every part filled, or none. */
import type { ReportContent, ReportFigure, ValueReport } from '../../shared/contract/value-report.ts'

export const exampleFigure = (label: string, value: string | null, reason: string | null = null): ReportFigure => ({
  id: label.toLowerCase().replace(/\W+/g, '-'),
  label,
  value,
  reason,
  metric: null,
  period: null,
  when: null,
  numerator: null,
  denominator: null,
  note: value === null ? null : '1',
})

const MONTHS = ['2024-12', ...Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`)]

export const exampleContent = (): ReportContent => ({
  format: 1,
  community: { slug: 'pump-engineers', name: 'Pump Engineers', time_zone: 'Europe/Berlin', is_demo: false, demo_note: null },
  month: '2025-12',
  title: 'December 2025',
  days: { from: '2025-12-01', to: '2025-12-31' },
  known_by: '2025-12-31T23:00:00.000Z',
  is_month_whole: true,
  rules_version: '7',
  caveats: ['The forum’s archive begins in March 2024; what was before is not known.'],
  opening: {
    headline: 'Pump Engineers is a community, and steady.',
    verdict: 'community',
    trajectory: 'steady',
    note: '1',
    sentences: [
      '31 of 42 questions were answered by other members, and no one person gave more than 12 % of the answers.',
      'This is firm.',
    ],
  },
  benefits: [
    {
      id: 'help',
      title: 'Help in solving problems',
      when: 'in December 2025',
      sentence: 'Of 42 questions 31 were answered, half of them within 4.5 hours.',
      measured: [
        exampleFigure('Questions answered', '31 of 42 (74 %, 59–85 %)'),
        exampleFigure('Time to the first answer', null, 'Too few to tell: only four were answered.'),
      ],
      confirmed: [exampleFigure('Askers who say it solved their problem', '9 of 12')],
      unmeasured: [{ label: 'Hours saved', reason: 'nobody was asked in this month' }],
    },
    {
      id: 'observing',
      title: 'Learning by observing',
      when: null,
      sentence: 'This source does not tell who reads.',
      measured: [],
      confirmed: [],
      unmeasured: [{ label: 'Who reads along', reason: 'a mailing list does not tell' }],
    },
  ],
  pays: {
    sentence: 'Half of the members got something out of it in the last 90 days.',
    benefited: exampleFigure('Members who got something out of it', '64 of 130 (49 %, 41–58 %)'),
    retention: {
      sentence: 'Of those who were helped, more were still here half a year later.',
      figures: [exampleFigure('Helped, still here', '31 of 42 (74 %)'), exampleFigure('Not helped, still here', '20 of 51 (39 %)')],
      caveat: 'This is an association: those who stay may also ask more.',
    },
    break_even: { sentence: 'Each confirmed answer must save 3.2 hours for the community to pay its way.', figures: [] },
    claims: {
      sentence: 'Eight members say that answers saved them time.',
      claim_count: 8,
      asked_count: 12,
      low_hours: 0.5,
      central_hours: 2,
      high_hours: 8,
      outliers: ['One member claims 400 hours.'],
      note: '1',
    },
  },
  growth: {
    sentence: 'Six joined and two left: four more than a month ago.',
    columns: ['December 2025', 'November 2025', 'December 2024'],
    rows: [
      {
        id: 'joined',
        label: 'Joined',
        cells: [
          { value: '6', reason: null },
          { value: '9', reason: null },
          { value: null, reason: 'before the first data' },
        ],
        note: null,
      },
      {
        id: 'left',
        label: 'Left',
        cells: [
          { value: '2', reason: null },
          { value: '1', reason: null },
          { value: null, reason: 'before the first data' },
        ],
        note: null,
      },
      {
        id: 'net',
        label: 'Net',
        cells: [
          { value: '+4', reason: null },
          { value: '+8', reason: null },
          { value: null, reason: 'before the first data' },
        ],
        note: null,
      },
      {
        id: 'members',
        label: 'Members at the end',
        cells: [
          { value: '130', reason: null },
          { value: '126', reason: null },
          { value: null, reason: 'before the first data' },
        ],
        note: '1',
      },
    ],
    trend: MONTHS.map((month, i) => ({
      month,
      joined: i === 0 ? null : (i * 7) % 13,
      left: i === 0 ? null : (i * 3) % 5,
      members: i === 0 ? null : 80 + i * 4,
      is_step: i === 0,
    })),
  },
  stories: [
    {
      key: '5f0c0000-0000-4000-8000-000000000001',
      text: 'A seal failed on a Friday night.\n\nAn answer from Norway saved us the weekend.',
      by: 'Ana, maintenance planner',
      on: '2025-12-12',
      is_shortened: false,
    },
  ],
  stories_note: null,
  ask: { text: 'Please let two of your planners answer for an hour a week.', by: 'Maria, who manages it' },
  footnotes: [{ mark: '1', text: 'Counted from the events of the forum; in brackets the 95 % interval (Wilson).' }],
})

export const exampleReport = (change: Partial<ReportContent> = {}, standing: Partial<ValueReport> = {}): ValueReport => ({
  status: 'frozen',
  revision: 1,
  last_revision: 1,
  made_at: '2026-01-01T00:05:00.000Z',
  made_by: null,
  corrections: [],
  withdrawn_story_count: 0,
  content: { ...exampleContent(), ...change },
  ...standing,
})
