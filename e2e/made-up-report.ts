import type { ReportFigure, ValueReport } from '../shared/contract/value-report.ts'

const figure = (id: string, label: string, more: Partial<ReportFigure>): ReportFigure => ({
  id,
  label,
  value: null,
  reason: null,
  metric: null,
  period: null,
  when: null,
  numerator: null,
  denominator: null,
  note: null,
  ...more,
})

const NOT_MEASURED = { label: 'What readers learned', reason: 'Views show that something was read, and not what was learned from it.' }

/** A report with something in every place, as no community has it: for tests of how reports are set and printed. */
export const madeUpReport = (change: Partial<ValueReport['content']> = {}, standing: Partial<ValueReport> = {}): ValueReport => ({
  status: 'frozen',
  revision: 1,
  last_revision: 1,
  made_at: '2026-01-01T05:00:12.000Z',
  made_by: null,
  corrections: [],
  withdrawn_story_count: 0,
  ...standing,
  content: {
    format: 1,
    community: { slug: 'pump-engineers', name: 'Pump Engineers', time_zone: 'Europe/Berlin', is_demo: true, demo_note: null },
    month: '2025-12',
    title: 'December 2025',
    days: { from: '2025-12-01', to: '2025-12-31' },
    known_by: '2026-01-01T00:00:00.000Z',
    is_month_whole: true,
    rules_version: '2026-10',
    caveats: ['The forum was not read from 3 to 5 December 2025, so what was asked on these days is missing.'],
    opening: {
      headline: 'Pump Engineers is a community: its members help each other, and it is growing',
      verdict: 'community',
      trajectory: 'growing',
      note: '7',
      sentences: ['Most questions are answered within a day, by 31 different people.', 'This has held for seven months.'],
    },
    benefits: [
      {
        id: 'help',
        title: 'Help in solving problems',
        when: 'in December 2025',
        sentence: 'Members asked 42 questions, and 31 were answered within seven days.',
        measured: [
          figure('answered', 'Questions answered within seven days', {
            value: '74 % (59–85 %)',
            when: 'in December 2025',
            metric: 'answered-share',
            period: '2025-12-01..2025-12-31',
            numerator: 31,
            denominator: 42,
            note: '1',
          }),
          figure('first', 'Half have an answer within', { value: '3.8 hours', when: 'in December 2025' }),
        ],
        confirmed: [figure('solved', 'Askers who said that it solved their problem', { value: '9 of 12', note: '2' })],
        unmeasured: [],
      },
      {
        id: 'observing',
        title: 'Learning by observing',
        when: null,
        sentence: 'Nobody can say how many learned by reading: no source tells who reads.',
        measured: [figure('watched', 'Members who watched an answered thread', { reason: 'No source of this community tells who reads.' })],
        confirmed: [],
        unmeasured: [NOT_MEASURED],
      },
      {
        id: 'experience',
        title: 'Access to experience',
        when: 'in the 90 days to 31 December 2025',
        sentence: 'Answers come from 31 people; the top person gave 11 % of them.',
        measured: [figure('top', 'Answers by the top person', { value: '11 %', when: 'in the 90 days to 31 December 2025', note: '1' })],
        confirmed: [],
        unmeasured: [{ label: 'Who knows what', reason: 'No source says who is experienced in which topic.' }],
      },
      {
        id: 'practices',
        title: 'Proven practices',
        when: null,
        sentence: 'Two practices were written down.',
        measured: [figure('shared', 'Practices shared', { value: '2' })],
        confirmed: [],
        unmeasured: [{ label: 'Whether a practice worked', reason: 'Only those who reused it can say.' }],
      },
    ],
    pays: {
      sentence: 'Of 240 members, 96 got something out of it in the 90 days to 31 December 2025.',
      benefited: figure('benefited', 'Members who received a benefit', {
        value: '40 % (34–46 %)',
        when: 'in the 90 days to 31 December 2025',
        note: '3',
      }),
      retention: {
        sentence: 'Of those who were helped in their first month, more are still here.',
        figures: [
          figure('helped', 'Still here after six months: were helped', { value: '18 of 22 (61–93 %)' }),
          figure('not-helped', 'Still here after six months: were not', { value: '21 of 40' }),
        ],
        caveat: 'This is an association: who stays may also be who asks.',
      },
      break_even: {
        sentence: 'The community costs 18,000 EUR a year. It pays its way if each confirmed answer saves 1.9 hours.',
        figures: [figure('hours', 'Hours that each confirmed answer must save', { value: '1.9 hours', note: '4' })],
      },
      claims: {
        sentence: 'Nine members said how much time an answer saved them in December 2025.',
        claim_count: 9,
        asked_count: 31,
        low_hours: 9,
        central_hours: 14.5,
        high_hours: 22,
        outliers: ['One member claimed 400 hours.'],
        note: '5',
      },
    },
    growth: {
      sentence: 'Twelve joined and three left, so that there are nine more members than at the end of November.',
      columns: ['December 2025', 'November 2025', 'December 2024'],
      rows: [
        { id: 'joined', label: 'Joined', cells: [is('12'), is('8'), none('The data begin in March 2025.')], note: null },
        { id: 'left', label: 'Left', cells: [is('3'), is('4'), none('The data begin in March 2025.')], note: '6' },
        { id: 'net', label: 'Net', cells: [is('+9'), is('+4'), none('The data begin in March 2025.')], note: null },
        { id: 'members', label: 'Members at the end', cells: [is('240'), is('231'), none('The data begin in March 2025.')], note: null },
      ],
      trend: Array.from({ length: 13 }, (_, i) => ({
        month: i === 0 ? '2024-12' : `2025-${String(i).padStart(2, '0')}`,
        joined: i < 3 || i === 7 ? null : 4 + ((i * 5) % 9),
        left: i < 3 || i === 7 ? null : 1 + ((i * 3) % 5),
        members: i < 3 ? null : 160 + i * 7,
        is_step: i === 7,
      })),
    },
    stories: [
      {
        key: '00000000-0000-4000-8000-000000000001',
        text: 'The seal kept failing after two weeks. Somebody had seen it on the same pump and knew that it was the flush plan.\nWe were back in a day.',
        by: 'A maintenance planner',
        on: '2025-12-09',
        is_shortened: false,
      },
      {
        key: '00000000-0000-4000-8000-000000000002',
        text: 'ساعدني أحد الأعضاء في إصلاح المضخة خلال ساعة. ポンプの修理を手伝ってもらいました。',
        by: 'A member',
        on: '2025-12-18',
        is_shortened: true,
      },
    ],
    stories_note: 'The manager chose these two of five that members told.',
    ask: {
      text: 'Two mornings a month of a second facilitator, from February.\nPlease say by 20 January whether we can have them.',
      by: 'Ada Okafor',
    },
    footnotes: [1, 2, 3, 4, 5, 6, 7].map((n) => ({
      mark: String(n),
      text: `How number ${n} was counted: of the questions that were asked in the month, those with an answer by another member within seven days of asking.`,
    })),
    ...change,
  },
})

function is(value: string) {
  return { value, reason: null }
}
function none(reason: string) {
  return { value: null, reason }
}
