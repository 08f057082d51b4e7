import { describe, expect, it } from 'vitest'
import { HELPING_STEPS, type Helping, type HelpingStepId, TOPIC_QUARTERS, type Topics } from '../../../shared/contract/helping.ts'
import type { Measured } from '../../../shared/contract/metric.ts'
import { listAnswerBins } from './answer-bins.ts'
import { sayFallen, sayFunnel, saySteps, sayTimes, sayTopics } from './say-helping.ts'
import { sayNewcomers, sayOpen } from './say-waiting.ts'

const WHEN = 'in March 2025'
/** As people read it, with plain spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

const NOTHING = { value: null, numerator: null, denominator: null, n: null, low: null, high: null, reason: null }
const notApplicable = (reason: string): Measured => ({ ...NOTHING, status: 'not_applicable', reason })
const notAvailable = (reason: string): Measured => ({ ...NOTHING, status: 'not_available', reason })
const count = (value: number): Measured => ({ ...notApplicable(''), status: 'ok', value, n: value, reason: null })
/** k of n as the server tells it: Wilson's interval from ten cases on. */
const share = (k: number, n: number): Measured => {
  const counts = { numerator: k, denominator: n, n }
  if (n < 10) return { ...NOTHING, ...counts, status: n === 0 ? 'not_applicable' : 'count_only' }
  const [p, z] = [k / n, 1.959963984540054]
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return { ...NOTHING, ...counts, status: 'ok', value: p, low: middle - half, high: Math.min(1, middle + half) }
}
const helpingOf = (steps: Partial<Record<HelpingStepId, Measured>>): Helping => ({
  known_by: '2025-04-01T00:00:00Z',
  period: '2025-03-01..2025-03-31',
  is_unfinished: false,
  left_out_count: 0,
  elsewhere_count: 0,
  steps: HELPING_STEPS.map((id) => ({ id, found: steps[id] ?? notApplicable('None.'), cases: { metric: 'questions', part: null } })),
  times: {
    median: notApplicable('None.'),
    p90: notApplicable('None.'),
    counts: null,
    marks: [],
    steps: [],
    last_hours: null,
  },
  topics: topicsOf(0, notApplicable('No question was asked.')),
})
const asked = (all: number, old: number, k: number) => helpingOf({ asked: count(all), answered_in_time: share(k, old) })

const topicsOf = (topic_count: number, needing: Measured, onOne: Measured = notApplicable('')): Topics => ({
  quarters: Object.fromEntries(TOPIC_QUARTERS.map((quarter) => [quarter, needing])) as Topics['quarters'],
  on_one_helper: onOne,
  topic_count,
  named_question_count: topic_count * 3,
  boundary: null,
  topics: [],
  others: null,
})

describe('the sentences of the page Helping', () => {
  it('say what became of no question, one, few and many', () => {
    const say = (helping: Helping) => plain(sayFunnel(helping, WHEN))
    expect(say(asked(0, 0, 0))).toBe('Nobody asked a question in March 2025.')
    expect(say(asked(1, 0, 0))).toBe('The only question asked in March 2025 is less than seven days old: too young to tell.')
    expect(say(asked(3, 0, 0))).toBe('All three questions asked in March 2025 are less than seven days old: too young to tell.')
    expect(say(asked(1, 1, 1))).toBe('The only question asked in March 2025 was answered by someone else within seven days.')
    expect(say(asked(1, 1, 0))).toBe('The only question asked in March 2025 was not answered by someone else within seven days.')
    expect(say(asked(2, 1, 1))).toBe(
      'One question asked in March 2025 was answered by someone else within seven days; one more was too young to tell.',
    )
    expect(say(asked(2, 2, 2))).toBe('Of two questions asked in March 2025, both were answered by someone else within seven days.')
    expect(say(asked(7, 7, 0))).toBe('Of seven questions asked in March 2025, none was answered by someone else within seven days.')
    expect(say(asked(7, 7, 1))).toBe('Of seven questions asked in March 2025, one was answered by someone else within seven days.')
    expect(say(asked(20, 20, 20))).toBe(
      'Of 20 questions asked in March 2025, all were answered by someone else within seven days (84–100 %).',
    )
    expect(say(asked(217, 205, 186))).toBe(
      'Of 205 questions asked in March 2025, 186 were answered by someone else within seven days (91 %, 86–94 %); 12 more were too young to tell.',
    )
    const unknown = helpingOf({ asked: notAvailable('Not available from weblog, which does not tell which contributions are questions.') })
    expect(say(unknown)).toBe('Not available from weblog, which does not tell which contributions are questions.')
    const withheld = helpingOf({ asked: count(5), answered_in_time: { ...notApplicable('Too few to say.'), status: 'withheld' } })
    expect(say(withheld)).toBe('Five questions were asked in March 2025. Too few to say.')
  })

  it('say which answers there are, were accepted and thanked for', () => {
    const say = (answered: Measured, accepted: Measured, thanked: Measured) => plain(saySteps(helpingOf({ answered, accepted, thanked })))
    const no = notAvailable('Not told.')
    expect(say(share(191, 205), share(104, 197), share(69, 197))).toBe(
      'Of 205 questions asked, 191 have an answer so far. Of those old enough to tell, 104 have an accepted one and 69 were thanked for.',
    )
    expect(say(share(1, 1), share(1, 1), no)).toBe('The only question asked has an answer so far.')
    expect(say(share(2, 2), no, share(0, 2))).toBe(
      'Of two questions asked, both have an answer so far. Of those old enough to tell, none was thanked for.',
    )
    expect(say(share(0, 4), share(1, 4), no)).toBe(
      'Of four questions asked, none has an answer so far. Of those old enough to tell, one has an accepted one.',
    )
  })

  it('say what falls out at each step, and nothing where nothing does', () => {
    const helping = helpingOf({ asked: count(9), answered: share(8, 9), old_enough: share(7, 9), answered_in_time: share(7, 7) })
    expect(HELPING_STEPS.map((id) => sayFallen(helping, id))).toEqual([
      null,
      'one has no answer yet',
      'two are too young to tell',
      null,
      null,
      null,
    ])
    expect(sayFallen({ ...helping, elsewhere_count: 2 }, 'asked')).toBe(
      'two answered elsewhere, as a manager says, are left out of what follows',
    )
    // answered elsewhere is not too young
    const marked = helpingOf({ asked: count(9), old_enough: share(8, 8), answered_in_time: share(7, 8) })
    expect(plain(sayFunnel({ ...marked, elsewhere_count: 1 }, WHEN))).toBe(
      'Of eight questions asked in March 2025, seven were answered by someone else within seven days.',
    )
  })

  it('say how long it takes, with the open ones counted', () => {
    const times = (all: number, answered: number, median: Measured, p90: Measured = notApplicable('')) =>
      plain(
        sayTimes(
          {
            median,
            p90,
            counts: { question_count: all, answered_count: answered, waiting_count: all - answered },
            marks: [],
            steps: [],
            last_hours: 1,
          },
          WHEN,
        ),
      )
    const few: Measured = { ...notApplicable('It takes 20.'), status: 'too_few' }
    const hours = (value: number, low: number | null = null, high: number | null = null): Measured => ({ ...count(value), low, high })
    expect(times(0, 0, notApplicable(''))).toBe('Nobody asked a question in March 2025.')
    expect(times(1, 0, few)).toBe('The only question asked in March 2025 has no answer yet: too few for a typical time.')
    expect(times(5, 5, few)).toBe('Of five questions asked in March 2025, all have an answer so far: too few for a typical time.')
    expect(times(40, 12, { ...notApplicable(''), status: 'not_reached' })).toBe(
      'Not half of the 40 questions asked in March 2025 have an answer so far. 28 of 40 questions still wait, and are counted as long as they have waited.',
    )
    expect(times(40, 39, hours(6.2, 4.4, 8.5), hours(60))).toBe(
      'Half of the questions asked in March 2025 had a first answer within 6.2 hours (4.4–8.5 hours), nine in ten within 2.5 days. One of 40 questions still waits, and is counted as long as it has waited.',
    )
    expect(times(40, 40, hours(6.2), { ...notApplicable(''), status: 'not_reached' })).toContain('None still waits.')
  })

  it('say where help is missing', () => {
    const say = (topics: Topics) => plain(sayTopics(topics, WHEN))
    expect(say(topicsOf(0, notApplicable('No question was asked.')))).toBe('No question was asked.')
    expect(say(topicsOf(1, { ...notApplicable(''), status: 'too_few' }))).toBe(
      'Three questions were asked in one topic in March 2025: too few topics to set them against each other.',
    )
    expect(say(topicsOf(20, count(0), share(1, 9)))).toBe(
      '60 questions were asked in 20 topics in March 2025: none is asked often and answered rarely. Of the nine with at least five answered questions one hangs on one helper.',
    )
    expect(say(topicsOf(20, count(1), share(0, 1)))).toContain(
      'one is asked often and answered rarely. The only topic with at least five answered questions does not hang on one helper.',
    )
    expect(say(topicsOf(20, count(4), share(2, 2)))).toContain('four are asked often and answered rarely. Of the two')
  })

  it('say who waits now', () => {
    const ages = (...counts: number[]) => ({
      open_by_age: [0, 1, 7, 30].map((from_days, i) => ({ from_days, to_days: [1, 7, 30][i] ?? null, count: counts[i] ?? 0 })),
    })
    const say = (...counts: number[]) => plain(sayOpen(ages(...counts) as Parameters<typeof sayOpen>[0]))
    expect(say()).toBe('No question waits for an answer.')
    expect(say(1)).toBe('One question has no answer; it is less than a day old.')
    expect(say(0, 2)).toBe('Two questions have no answer, both one to seven days old.')
    expect(say(0, 0, 0, 12)).toBe('12 questions have no answer, all 30 days old or more.')
    expect(say(1, 3, 0, 25)).toBe(
      '29 questions have no answer: one is less than a day old, three are one to seven days old and 25 are 30 days old or more.',
    )
    expect([0, 1, 5].map((waits) => plain(sayNewcomers(waits)))).toEqual([
      'Nobody who asked or posted for the first time lately waits for a reply.',
      'One person asked or posted for the first time and has had no reply.',
      'Five people asked or posted for the first time and have had no reply.',
    ])
  })
})

describe('the rows of waiting times', () => {
  it('hold each question once', () => {
    const marks = [0.5, 1, 4, 24, 72, 168, 720].map((hours, i) => ({
      hours,
      answered_count: i * 2,
      at_risk: 0,
      share: null,
      low: null,
      high: null,
    }))
    const times = { ...helpingOf({}).times, marks, counts: { question_count: 20, answered_count: 15, waiting_count: 5 } }
    expect(listAnswerBins(times).map((bin) => bin.count)).toEqual([2, 2, 2, 2, 2, 5, 5])
  })
})
