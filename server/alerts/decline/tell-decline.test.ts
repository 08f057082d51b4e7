import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AlertContent, alertContentSchema } from '../../../shared/contract/alert.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { giveWeeks, tellAll } from '../../../e2e/declining-weeks.ts'
import { sayFalse } from './tell-decline.ts'

const span = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))
/** About as uneven as chance, and the same each time. */
const near = (mean: number, i: number) => Math.max(0, Math.round(mean + Math.sqrt(mean) * Math.sin(i * 2.4)))

const CASES = {
  'joins halve, get worse and are back': () =>
    giveWeeks([
      ...span(110, (i) => ({ joins: near(40, i) })),
      ...span(22, (i) => ({ joins: near(22, i) })),
      ...span(14, (i) => ({ joins: near(3, i) })),
      ...span(30, (i) => ({ joins: near(42, i) })),
    ]),
  'few join, in the first year': () =>
    giveWeeks([...span(60, (i) => ({ joins: near(2.4, i) })), ...span(14, (i) => ({ joins: i % 4 === 0 ? 1 : 0 }))]),
  'questions and answers fall, and people': () =>
    giveWeeks(
      [
        ...span(100, (i) => ({ questions: near(12, i), answered: near(10, i), active_people: near(30, i) })),
        ...span(14, (i) => ({ questions: near(5, i), answered: near(4, i + 1), active_people: near(14, i) })),
      ],
      { tells: ['questions', 'answered', 'active-people'] },
    ),
  'a cohort leaves at once': () =>
    giveWeeks(
      span(140, (i) => ({ joins: near(6, i), leavers: i === 100 ? 40 : near(4, i) })),
      { tells: ['joins', 'leavers'] },
    ),
}

const sayContent = (content: AlertContent): string =>
  [
    `${content.notice} ${content.on}`,
    content.subject,
    content.headline,
    ...content.sentences,
    // figures of the simulation stand in a file of their own
    content.how_sure.replace(/ By simulation.*$/, ''),
    ...content.figures.map(({ label, now, usual, change }) => `${label}: ${now} | ${usual} | ${change}`),
    ...content.look_first.map(({ text, path }) => `${text} -> ${path}`),
    ...(content.chart
      ? [`${content.chart.title} | ${content.chart.weeks.length} weeks, usual ${content.chart.usual}, from ${content.chart.judged_from}`]
      : []),
    ...content.caveats,
  ].join('\n')

it('says what it has always said', async () => {
  const told: string[] = []
  for (const [name, give] of Object.entries(CASES)) told.push(`# ${name}`, ...(await tellAll(give())).map(sayContent))
  await expect(`${told.join('\n\n').replaceAll('\u00a0', ' ')}\n`).toMatchFileSnapshot('./golden-notices.txt')
})

const expectWellSaid = (content: AlertContent) => {
  expect(alertContentSchema.parse(content)).toEqual(content)
  expect([...content.subject].length).toBeLessThanOrEqual(120)
  const texts = [
    content.subject,
    content.headline,
    ...content.sentences,
    content.how_sure,
    ...content.caveats,
    content.chart?.caption ?? 'x',
    ...content.figures.flatMap(({ label, now, usual, change }) => [label, now, usual, change]),
    ...content.look_first.map(({ text }) => text),
  ]
  for (const text of texts) {
    expect(text).not.toMatch(
      /^\s*$|\n| {2,}|\u202e|NaN|Infinity|undefined|null|(?<![.\d])1\s(people|members|questions|weeks|times)\b|\.\.|\b0\s%/,
    )
    // a percentage is never of few
    if (content.figures.every(({ usual }) => Number(usual.replace(/[^\d.]/g, '')) < 10)) expect(text).not.toMatch(/\d\s%/)
  }
  for (const text of [content.headline, ...content.sentences, content.how_sure, ...content.caveats]) expect(text).toMatch(/^\P{Ll}.*[.]$/u)
}

it('says it well of any weeks and any name', async () => {
  const level = fc.record({
    joins: fc.integer({ min: 0, max: 12 }),
    people: fc.integer({ min: 0, max: 25 }),
    leavers: fc.integer({ min: 0, max: 8 }),
  })
  await fc.assert(
    fc.asyncProperty(
      level,
      level,
      fc.integer({ min: 34, max: 110 }),
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\u202e', '<', '&', '"', '“', 'ß', '😀', '%'), minLength: 1, maxLength: 80 }),
      async (before, after, weeks, name) => {
        const at = ({ joins, people, leavers }: typeof before, i: number) => ({
          joins: near(joins, i),
          active_people: near(people, i + 1),
          questions: near(people / 2, i + 2),
          answered: near(people / 3, i + 2),
          leavers: near(leavers, i),
        })
        const from = giveWeeks(
          [...span(weeks, (i) => at(before, i)), ...span(30, (i) => at(after, i)), ...span(26, (i) => at(before, i))],
          {
            name,
            tells: ['joins', 'active-people', 'questions', 'answered', 'leavers'],
          },
        )
        for (const content of await tellAll(from)) expectWellSaid(content)
      },
    ),
    { numRuns: 40, seed: 8 },
  )
}, 20_000)

it('says how often it is false as one says it', () => {
  const said = [0, 0.05, 0.2, 0.4, 0.5, 0.6, 0.9, 1.5, 2.5, 12].map((aYear) => sayFalse(aYear))
  expect(said).toEqual([
    'fewer than one false alarm in a hundred years',
    'about one false alarm in 20 years',
    'about one false alarm in five years',
    'about one false alarm in two or three years',
    'about one false alarm in two years',
    'about two false alarms in three years',
    'about one false alarm a year',
    'one or two false alarms a year',
    'two or three false alarms a year',
    'about 12 false alarms a year',
  ])
  expect(sayAlarmRate(0.2)).toBe('about one in five years')
})
