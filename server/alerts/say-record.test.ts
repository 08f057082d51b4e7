import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { chanceOfAtLeast, describeRecord, sayYears } from './say-record.ts'

type Told = Parameters<typeof describeRecord>[0][number]
const told = (ruling: 'right' | 'false_alarm' | null = null, is_history = false): Told => ({
  is_history,
  state: 'recovered',
  ruling: ruling && { ruling, note: null, at: '2026-01-01T00:00:00Z', by: null },
  notices: [],
})
const STATED = { a_year: 0.2, standard_error: 0.02, of: '' }
const say = (alerts: Told[], watchedFrom: string | null = '2024-07-01', judgedOn: string | null = '2025-11-24', stated = STATED) =>
  describeRecord(alerts, stated, { watchedFrom, judgedOn, grain: 'week' }).sentence

test('what was told is said with its time, and what people said of it', () => {
  expect(say([])).toBe('Nothing told in 1.4 years.')
  expect(say([told()])).toBe('Told once in 1.4 years; nobody has said whether it was right.')
  expect(say([told('false_alarm')])).toBe('Told once in 1.4 years; it was called a false alarm.')
  expect(say([told('false_alarm'), told()])).toBe('Told twice in 1.4 years; one was called a false alarm.')
  expect(say([told('right'), told('right'), told('false_alarm')])).toBe(
    'Told three times in 1.4 years; one was called a false alarm, two were called right.',
  )
})

test('what was found in the past counts apart', () => {
  const record = describeRecord([told(), told('right', true), told('false_alarm', true)], STATED, {
    watchedFrom: '2025-11-17',
    judgedOn: '2025-11-24',
    grain: 'week',
  })
  expect(record).toMatchObject({ told: 1, right: 0, false_alarms: 0 })
  expect(record.years).toBeCloseTo(14 / 365.25)
  expect(record.sentence).toBe(
    'Told once in two\u00a0weeks; nobody has said whether it was right. In the time before it was watched, two\u00a0alerts were found; one was called a false alarm, one was called right.',
  )
  expect(say([], null, null)).toBe('It has not been watched here yet.')
  // watched only from this week on, of which nothing is judged yet
  expect(say([], '2025-11-24', '2025-11-17')).toBe('')
})

test('more false alarms than chance explains by what is stated are said to be so', () => {
  const many = [told('false_alarm'), told('false_alarm'), told('false_alarm')]
  expect(say(many)).toContain('0.3 would have been expected: it is wrong here more often than said')
  expect(say(many, '2010-01-04')).not.toContain('expected')
  expect(say(many, '2024-07-01', '2025-11-24', { ...STATED, a_year: 0 })).not.toContain('expected')
})

test('the chance of so many or more is that of a Poisson distribution', () => {
  const asked = [
    [1, 0.28],
    [3, 0.28],
    [2, 3.1],
    [9, 4],
  ] as const
  const code = `import math\nfor k, m in ${JSON.stringify(asked)}: print(1 - sum(math.exp(-m) * m**i / math.factorial(i) for i in range(k)))`
  const found = execFileSync('python3', ['-c', code], { encoding: 'utf8' }).trim().split('\n').map(Number)
  for (const [i, [count, mean]] of asked.entries()) expect(chanceOfAtLeast(count, mean)).toBeCloseTo(found[i] as number, 12)
  expect(chanceOfAtLeast(0, 2)).toBe(1)
})

test('times are said as people say them', () => {
  expect([0, 0.019, 0.5, 1, 1.04, 1.44, 12].map(sayYears)).toEqual([
    'less than a week',
    'less than a week',
    '26\u00a0weeks',
    'a year',
    'a year',
    '1.4 years',
    '12 years',
  ])
})
