import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { POINT_STATUSES, type Measured } from '../../../shared/contract/metric.ts'
import { type ReportContent, type ReportFigure, reportContentSchema } from '../../../shared/contract/value-report.ts'
import { TRAJECTORIES, VERDICTS } from '../../../shared/contract/verdict.ts'
import { EXAMPLES } from '../../diagnosis/example-windows.ts'
import { intentionOf } from '../../diagnosis/intention.ts'
import { foundShare } from '../../metrics/measured.ts'
import { EXAMPLE_MATERIAL, exampleMaterial, exampleVerdict } from './example-material.ts'
import { reportAsText } from './report-as-text.ts'
import type { Findings, ReportMaterial } from './report-material.ts'
import { MAX_STORY_LENGTH } from './write-stories.ts'
import { writeReport } from './write-report.ts'

const figuresOf = ({ benefits, pays }: ReportContent): ReportFigure[] => [
  ...benefits.flatMap(({ measured, confirmed }) => [...measured, ...confirmed]),
  pays.benefited,
  ...pays.retention.figures,
  ...pays.break_even.figures,
]

/** Every sentence of ours, with where it stands. */
const sentencesOf = (report: ReportContent): string[] =>
  [
    report.opening.headline,
    ...report.opening.sentences,
    ...report.caveats,
    ...report.benefits.flatMap(({ sentence, unmeasured }) => [sentence, ...unmeasured.map(({ reason }) => reason)]),
    ...figuresOf(report).flatMap(({ reason }) => reason ?? []),
    report.pays.sentence,
    report.pays.retention.sentence,
    report.pays.retention.caveat,
    report.growth.sentence,
    ...report.growth.rows.flatMap(({ cells }) => cells.flatMap(({ reason }) => reason ?? [])),
    report.stories_note ?? '',
    ...report.footnotes.map(({ text }) => text),
  ].filter((sentence) => sentence !== '')

const checkMarks = (report: ReportContent): void => {
  const used = [
    report.opening.note,
    ...figuresOf(report).map(({ note }) => note),
    report.pays.claims.note,
    ...report.growth.rows.map(({ note }) => note),
  ].filter((note) => note !== null)
  const marks = report.footnotes.map(({ mark }) => mark)
  expect([...new Set(used)]).toEqual(marks)
  expect(marks).toEqual(marks.map((_, i) => String(i + 1)))
}

const checkWords = (report: ReportContent): void => {
  expect(() => reportContentSchema.parse(JSON.parse(JSON.stringify(report)))).not.toThrow()
  for (const { value, reason, numerator, denominator } of figuresOf(report)) {
    expect((value === null) !== (reason === null)).toBe(true)
    expect(value).not.toBe('')
    if (value === null) expect([numerator, denominator]).toEqual([null, null])
  }
  for (const { cells } of report.growth.rows)
    for (const { value, reason } of cells) expect((value === null) !== (reason === null)).toBe(true)
  for (const sentence of sentencesOf(report)) {
    expect(sentence).toMatch(/[.!?]$/)
    expect(sentence).not.toMatch(/undefined|NaN|null|Infinity| {2}|\.\.|\(\)| [.,;:]|\[object/)
  }
  expect(report.opening.sentences.length).toBeLessThanOrEqual(4)
  checkMarks(report)
}

describe('reads as it is meant to', () => {
  for (const [name, material] of Object.entries(EXAMPLE_MATERIAL))
    test(name, async () => {
      const report = writeReport(material)
      checkWords(report)
      await expect(reportAsText(report)).toMatchFileSnapshot(`./golden-reports/${name.replaceAll(' ', '-')}.txt`)
    })

  test('the same material gives the same words, and is not touched', () => {
    const material = exampleMaterial()
    const before = structuredClone(material)
    expect(writeReport(material)).toEqual(writeReport(structuredClone(material)))
    expect(material).toEqual(before)
  })
})

const count = fc.integer({ min: 0, max: 3000 })
const measured: fc.Arbitrary<Measured> = fc.oneof(
  fc.tuple(count, count).map(([a, b]) => foundShare(Math.min(a, b), Math.max(a, b), 'There was nothing to count.')),
  fc.record({ value: fc.double({ min: 0, max: 5000, noNaN: true }), low: fc.constant(null), high: fc.constant(null) }).map(
    (one): Measured => ({
      ...one,
      value: Math.round(one.value),
      numerator: null,
      denominator: null,
      n: 12,
      status: 'ok',
      reason: null,
    }),
  ),
  fc.constantFrom(...POINT_STATUSES.filter((status) => status !== 'ok' && status !== 'count_only' && status !== 'bulk_step')).map(
    (status): Measured => ({
      value: null,
      numerator: null,
      denominator: null,
      n: null,
      low: null,
      high: null,
      status,
      reason: 'There is a reason.',
    }),
  ),
)
const SHARES = [
  'answered-share',
  'accepted-share',
  'acknowledged-share',
  'observers-share',
  'top-share-of-answers',
  'askers-who-help-share',
]
const COUNTS = ['helpers', 'practices-shared', 'practices-reused', 'time-to-first-answer']
const STOCKS = ['benefit-share', 'retention-of-helped-joiners', 'retention-of-unhelped-joiners']
const isShare = ({ status, denominator }: Measured) => denominator !== null || (status !== 'ok' && status !== 'count_only')
const share = measured.filter(isShare)
const number = measured.filter((one) => one.denominator === null)
const findings = (keys: readonly string[], of: fc.Arbitrary<Measured>): fc.Arbitrary<Findings> =>
  fc.tuple(...keys.map(() => of)).map((all) => Object.fromEntries(keys.map((key, i) => [key, all[i] as Measured])))
const span = fc.tuple(findings(SHARES, share), findings(COUNTS, number)).map(([a, b]) => ({ ...a, ...b }))
const capability = fc.subarray(['joins', 'leaves', 'contributions', 'questions', 'views', 'practices'])
const example = fc.constantFrom(...Object.values(EXAMPLES))

const material: fc.Arbitrary<ReportMaterial> = fc
  .record({
    spans: fc.tuple(span, span, span, span, span, span),
    stocks: findings(STOCKS, share),
    growth: findings(['joins', 'leavers', 'members', 'lapsed-members', 'first-seen', 'net-growth'], number),
    tells: capability,
    facts: example,
    standing: fc.option(fc.constantFrom(...VERDICTS)),
    trajectory: fc.constantFrom(...TRAJECTORIES),
    purpose: fc.constantFrom(null, 'community', 'newsletter', 'workgroup', 'teaching_platform') as fc.Arbitrary<'community' | null>,
    strength: fc.constantFrom('clear', 'leaning', 'none', null),
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Pumps', '\u202eevil\u202c', 'a. b', '<b>"x"</b>', '   ', '\u0000')),
    threads: fc.constantFrom('said', 'inferred', 'both'),
    asked: fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)),
  })
  .map(({ spans, stocks, growth, tells, facts, standing, trajectory, purpose, strength, name, threads, asked }) => {
    const base = exampleMaterial()
    const [a, b, c] = asked.toSorted((x, y) => y - x) as [number, number, number]
    const people = { asked_people_count: a, replied_people_count: b, solved_people_count: c, other_people_count: b - c }
    const confirmed = { asked_count: a, replied_count: b, solved_count: c, partly_count: 0, not_solved_count: b - c, ...people }
    const [month, quarter, year, before_month, before_quarter, before_year] = spans
    const verdict = exampleVerdict(facts, '2025-12-31', { standing, trajectory, intention: intentionOf(purpose, standing) })
    return exampleMaterial({
      community: { ...base.community, name },
      threads: threads as ReportMaterial['threads'],
      sources: [{ source: 's', tells, cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 }],
      verdict: { ...verdict, support_detail: { ...verdict.support_detail, strength: strength as 'clear' | null } },
      found: { month: { ...month, ...stocks }, quarter, year, before_month, before_quarter, before_year },
      confirmations: { month: confirmed, quarter: confirmed, year: confirmed },
      months: base.months.map((one) => ({ ...one, found: growth })),
    })
  })

describe('whatever was found', () => {
  test('every figure has a value or a reason, every sentence is whole, every mark has its note', () => {
    fc.assert(
      fc.property(material, (one) => checkWords(writeReport(one))),
      { numRuns: 300 },
    )
  })

  test('what was not measured is never nought', () => {
    const nothing: Measured = {
      value: null,
      numerator: 0,
      denominator: 0,
      n: 0,
      low: null,
      high: null,
      status: 'not_available',
      reason: 'Nobody tells.',
    }
    fc.assert(
      fc.property(fc.constantFrom(...POINT_STATUSES.filter((status) => !['ok', 'count_only', 'bulk_step'].includes(status))), (status) => {
        const all = Object.fromEntries([...SHARES, ...COUNTS, ...STOCKS].map((key) => [key, { ...nothing, status }]))
        const report = writeReport(
          exampleMaterial({
            found: { month: all, quarter: all, year: all, before_month: all, before_quarter: all, before_year: all },
            months: exampleMaterial().months.map((one) => ({
              ...one,
              found: Object.fromEntries(Object.keys(one.found).map((key) => [key, { ...nothing, status }])),
            })),
          }),
        )
        for (const { value } of figuresOf(report)) expect(value).toBeNull()
        for (const { cells } of report.growth.rows) for (const { value } of cells) expect(value).toBeNull()
        for (const { joined, left, members } of report.growth.trend) expect([joined, left, members]).toEqual([null, null, null])
      }),
    )
  })

  test('where no chosen story may be shown any more, it does not say that none was told', () => {
    const story = { key: 'told', text: 'It helped.', consent: 'anonymous', name: null, role: null, on: '2025-12-05' } as const
    const { stories, stories_note } = writeReport(exampleMaterial({ stories: [story], words: { ask: null, story_keys: ['taken back'] } }))
    expect(stories).toEqual([])
    expect(stories_note).toBe('None of those that the community’s managers chose may be shown.')
  })

  test('many replies of few people are not told', () => {
    const counts = { asked_count: 9, replied_count: 9, solved_count: 9, partly_count: 0, not_solved_count: 0 }
    const solvedBy = (people: number) => {
      const of = { ...counts, asked_people_count: people, replied_people_count: people, solved_people_count: people, other_people_count: 0 }
      const report = writeReport(exampleMaterial({ confirmations: { month: of, quarter: of, year: of } }))
      return report.benefits[0]?.confirmed.find(({ id }) => id === 'solved')?.value
    }
    expect([solvedBy(2), solvedBy(5)]).toEqual([null, '9 of 9 who replied, of 9 asked'])
  })

  test('how many have gone quiet is not told where all but one to four have', () => {
    const base = exampleMaterial()
    const source = { source: 's', tells: ['joins'], cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 }
    const quiet = { ...foundShare(58, 60, ''), value: 58 }
    const months = base.months.map((one) => ({ ...one, found: { ...one.found, 'lapsed-members': quiet } }))
    const { growth } = writeReport(exampleMaterial({ sources: [source], months }))
    expect(growth.rows.find(({ id }) => id === 'lapsed')?.cells.map(({ value }) => value)).toEqual([null, null, null])
    expect(growth.sentence).not.toContain('58')
  })

  test('nothing is told of one to four people, nor of all but so few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 300 }), fc.boolean(), (few, more, isRest) => {
        const n = few + more
        const of = foundShare(isRest ? more : few, n, '')
        const base = exampleMaterial()
        const all = {
          ...base.found?.month,
          'observers-share': of,
          'askers-who-help-share': of,
          'benefit-share': of,
          'retention-of-helped-joiners': of,
        }
        const report = writeReport(
          exampleMaterial({ found: { month: all, quarter: all, year: all, before_month: all, before_quarter: all, before_year: all } }),
        )
        const hidden = figuresOf(report).filter(({ metric }) =>
          ['observers-share', 'askers-who-help-share', 'benefit-share'].includes(metric ?? ''),
        )
        expect(hidden.map(({ value }) => value)).toEqual([null, null, null])
        const told = JSON.stringify([report.benefits.filter(({ id }) => id === 'observing'), report.pays])
        expect(told).not.toMatch(new RegExp(`(?<!\\d)${isRest ? more : few} of ${n}(?!\\d)`))
      }),
    )
  })
})

test('an estimated share of joiners is told with how many it is of, and not where all but a few stayed', () => {
  const base = exampleMaterial()
  const estimated = (value: number, n: number): Measured => ({
    value,
    numerator: null,
    denominator: n,
    n,
    low: value === 1 ? null : value - 0.05,
    high: value === 1 ? null : value + 0.05,
    status: 'ok',
    reason: null,
  })
  const pays = (helped: Measured, unhelped: Measured) => {
    const month = { ...base.found?.month, 'retention-of-helped-joiners': helped, 'retention-of-unhelped-joiners': unhelped }
    return writeReport(exampleMaterial({ found: { ...(base.found as NonNullable<ReportMaterial['found']>), month } })).pays.retention
  }
  const told = pays(estimated(0.86, 42), estimated(0.5, 60))
  expect(told.figures.map(({ value }) => value?.replaceAll('\u00a0', ' '))).toEqual(['86 % of 42 (81–91 %)', '50 % of 60 (45–55 %)'])
  expect(told.sentence).toMatch(/^More of the joiners who were helped/)
  expect(pays(estimated(1, 42), estimated(0.5, 60)).sentence).toMatch(/^More of the joiners who were helped/)
  expect(pays(estimated(0.5, 42), estimated(0.52, 60)).sentence).toMatch(/may be chance\.$/)
  expect(pays(estimated(0.95, 42), estimated(0.5, 60)).figures.map(({ value }) => value)).toEqual([null])
})

describe('hostile words', () => {
  const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u
  test('a name that turns the line round or ends the sentence does neither', () => {
    for (const name of [
      'Evil \u202egnp.exe',
      'It is dead. Everyone',
      'a\u0000b\nc',
      'x'.repeat(500),
      '\u2067مجتمع\u2069',
      '👩‍👩‍👧'.repeat(90),
    ]) {
      const report = writeReport(exampleMaterial({ community: { ...exampleMaterial().community, name } }))
      expect(report.opening.headline).not.toMatch(CONTROLS)
      expect(report.community.name).not.toMatch(CONTROLS)
      expect([...new Intl.Segmenter('en').segment(report.opening.headline)].length).toBeLessThan(140)
      checkWords(report)
    }
    expect(
      writeReport(exampleMaterial({ community: { ...exampleMaterial().community, name: 'It is dead. Everyone' } })).opening.headline,
    ).toBe('“It is dead. Everyone” is a community, and steady.')
  })

  test('a story of any length and markup is shortened by people’s characters, and says so', () => {
    const key = '00000000-0000-4000-8000-000000000001'
    const tell = (text: string) =>
      writeReport(
        exampleMaterial({ stories: [{ key, text, consent: 'name', name: '<i>Ann\u202e</i>', role: 'Fitter', on: '2025-12-05' }] }),
      ).stories
    const [long] = tell(`<script>alert(1)</script> ${'It saved us a day. '.repeat(600)}`)
    expect(long?.is_shortened).toBe(true)
    expect(long?.text).toMatch(/^<script>alert\(1\)<\/script> It saved us a day\. .* It saved us a day\. …$/)
    expect(long?.by).toBe('<i>Ann </i>, Fitter')
    const [unbroken] = tell('👩‍👩‍👧'.repeat(10_000))
    expect([...new Intl.Segmenter('en').segment(unbroken?.text ?? '')].length).toBeLessThanOrEqual(MAX_STORY_LENGTH)
    expect(unbroken?.text).toMatch(/👩‍👩‍👧 …$/u)
    expect(tell(' \u202e\n ')).toEqual([])
    expect(tell('Short.')).toEqual([{ key, text: 'Short.', by: '<i>Ann </i>, Fitter', on: '2025-12-05', is_shortened: false }])
  })
})

describe('stories', () => {
  const story = (i: number, on: string, consent: 'name' | 'role' | 'anonymous' = 'anonymous') => ({
    key: `00000000-0000-4000-8000-00000000000${i}`,
    text: `Story ${i}.`,
    consent,
    name: consent === 'name' ? 'Ann' : null,
    role: consent === 'anonymous' ? null : 'Fitter',
    on,
  })
  const stories = [
    story(1, '2025-12-20', 'name'),
    story(2, '2025-12-10', 'role'),
    story(3, '2025-11-01'),
    story(4, '2025-10-20'),
    story(5, '2025-03-01'),
  ]
  const write = (story_keys: string[] | null) => writeReport(exampleMaterial({ stories, words: { ask: null, story_keys } }))

  test('the newest three of the last ninety days, each by whom it allows', () => {
    const report = write(null)
    expect(report.stories.map(({ text, by }) => `${text} ${by}`)).toEqual(['Story 1. Ann, Fitter', 'Story 2. Fitter', 'Story 3. A member'])
    expect(report.stories_note).toBe('The newest three that members allow to be shown.')
  })
  test('those that were chosen, in that order; one that may not be shown any more is missing', () => {
    const keys = [stories[4]?.key as string, '00000000-0000-4000-8000-0000000000ff', stories[0]?.key as string]
    expect(write(keys).stories.map(({ text }) => text)).toEqual(['Story 5.', 'Story 1.'])
    expect(write([]).stories).toEqual([])
    expect(write([]).stories_note).toBe('The community’s managers chose none for this month.')
  })
})
