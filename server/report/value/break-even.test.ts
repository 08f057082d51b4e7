import { describe, expect, it } from 'vitest'
import type { BandId } from '../../../shared/contract/value-claim.ts'
import { writeCostAndClaims } from './break-even.ts'
import { hideMoneyOfContent, MONEY_HIDDEN } from './hide-money.ts'
import { type CostStatement, prorateCost } from './prorate-cost.ts'
import { type CostFacts, findCountedDays } from './read-cost-facts.ts'
import { sumClaims } from './sum-claims.ts'

const YEAR = { from_on: '2025-01-01', to_on: '2026-01-01' }
type Said = { person_id: string; band: BandId; on: string }

type Given = {
  costs?: CostStatement[]
  first_on?: string | null
  known_on?: string | null
  confirmed?: number | null
  answered?: number
  said?: Said[]
  asked?: CostFacts['asked']
  has_unasked_claims?: boolean
}
const NOBODY_ASKED = { asked_count: 0, asked_people_count: 0, replied_count: 0, replied_people_count: 0 }
const USUAL: CostStatement = { from_on: '2024-01-01', hours_per_month: 10, hourly_rate: 65, other_per_month: 350, currency: 'EUR' }

const factsOf = ({
  costs = [USUAL],
  first_on = '2023-01-01',
  known_on = '2026-02-10',
  confirmed = 40,
  answered = 100,
  said = [],
  asked = NOBODY_ASKED,
  has_unasked_claims = said.length > 0,
}: Given): CostFacts => {
  const cost_from_on = costs.map(({ from_on }) => from_on).sort()[0] ?? null
  const counted = findCountedDays(YEAR, { cost_from_on, first_on, known_on })
  const sumOf = (holds: (on: string) => boolean) => sumClaims(said.filter(({ on }) => holds(on)).map((one) => ({ ...one, hours: null })))
  const isCounted = (on: string) => counted !== null && on >= counted.from_on && on < counted.to_on
  return {
    month: '2025-12',
    year: YEAR,
    first_on,
    known_on,
    cost_from_on,
    counted,
    cost: counted === null ? { stretches: [], mean_rate: null, is_rate_steady: true } : prorateCost(costs, counted),
    confirmed_count: confirmed,
    answered_count: answered,
    is_inferred: false,
    claims: {
      year: sumOf(() => true),
      month: sumOf((on) => on >= '2025-12-01'),
      before_month: sumOf((on) => on < '2025-12-01'),
      counted: sumOf(isCounted),
      uncounted: sumOf((on) => !isCounted(on)),
    },
    has_unasked_claims,
    asked,
    claim_bands: {},
  }
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const write = (given: Given) => {
  const { break_even, claims, footnotes } = writeCostAndClaims(factsOf(given))
  return {
    said: plain(break_even.sentence),
    figures: break_even.figures.map(({ id, value, reason }) => [id, plain(value ?? `(${reason})`)]),
    claims: { ...claims, sentence: plain(claims.sentence), outliers: claims.outliers.map(plain) },
    notes: footnotes.map(({ mark }) => mark),
    marks: [...break_even.figures.map(({ note }) => note), claims.note].filter((mark) => mark !== null),
  }
}
const people = (count: number, band: BandId, on: string, name = 'p'): Said[] =>
  Array.from({ length: count }, (_, i) => ({ person_id: `${name}${i}`, band, on }))

describe('what each confirmed answer must save', () => {
  it('is cost ÷ rate ÷ confirmed answers, and called arithmetic', () => {
    const { said, figures } = write({})
    // 12 × (10 × 65 + 350) = 12,000; ÷ 65 ÷ 40 = 4.6; ÷ 100 = 1.8
    expect(said).toBe(
      'In the twelve months to 31 December 2025 the community cost €12,000. To cover its cost, each of the 40 confirmed answers would have to save 4.6 hours, at €65 an hour. That is arithmetic, not evidence that it did.',
    )
    expect(figures).toEqual([
      ['cost', '€12,000'],
      ['break-even', '4.6 hours'],
      ['break-even-answered', '1.8 hours'],
    ])
  })

  it.each([
    [{ costs: [] }, 'Nobody has said what the community costs.'],
    [{ costs: [{ ...USUAL, from_on: '2026-03-01' }] }, 'known from 1 March 2026 on only, after the month'],
    [{ first_on: null, known_on: null }, 'No data have come yet'],
    [{ first_on: '2026-01-20' }, 'The data begin after the month'],
    [{ costs: [{ ...USUAL, from_on: '2025-10-01' }], known_on: '2025-06-30' }, 'No day of the twelve months'],
    [{ costs: [{ ...USUAL, hours_per_month: 0, other_per_month: 0 }] }, 'It costs nothing, so no answer has to save anything.'],
    [{ costs: [{ ...USUAL, hourly_rate: 0 }] }, 'An hour that costs nothing saves nothing.'],
    [{ confirmed: null }, 'No source tells which answers helped.'],
    [{ confirmed: 0 }, 'No answer was confirmed as helpful'],
    [{ costs: [{ ...USUAL, from_on: '2025-12-10' }] }, 'Under 28 days are too few'],
  ] satisfies [Given, string][])('%j: its own sentence, and no hours', (given, sentence) => {
    const { said, figures, notes, marks } = write(given)
    expect(said).toContain(sentence)
    expect(figures.filter(([id, value]) => id === 'break-even' && !value?.startsWith('('))).toEqual([])
    expect(said).not.toMatch(/NaN|Infinity|undefined|null/)
    expect([...new Set(marks)].sort()).toEqual([...notes].sort())
  })

  it('counts only the days for which cost and data are known, and says why', () => {
    expect(write({ costs: [{ ...USUAL, from_on: '2025-07-01' }] }).said).toContain(
      'From 1 July to 31 December 2025 the community cost €6,000. The cost is known from 1 July 2025 on, so cost and answers are both counted over these days alone.',
    )
    expect(write({ first_on: '2025-04-01', known_on: '2025-09-30' }).said).toContain(
      'The data begin on 1 April 2025 and the data reach to 30 September 2025, so',
    )
  })

  it('says two currencies and adds nothing up', () => {
    const { said, figures } = write({ costs: [USUAL, { ...USUAL, from_on: '2025-07-01', currency: 'JPY', hourly_rate: 9000 }] })
    expect(said).toContain('stated in two currencies: €6,000 from 1 January to 30 June 2025 and JP¥542,100 from 1 July to 31 December 2025')
    expect(figures).toEqual([])
  })

  it('has a singular', () => expect(write({ confirmed: 1 }).said).toContain('the one confirmed answer would have to save'))
})

describe('what members claim', () => {
  const claimed = [...people(5, 'half_day', '2025-03-05'), ...people(5, 'hour', '2025-12-05', 'q')]

  it('is a range with its middle, of the twelve months and of the month, and in money only as a range beside the cost', () => {
    const { said, claims, figures } = write({ said: claimed })
    expect(claims).toMatchObject({ claim_count: 10, low_hours: 6.25, central_hours: 15.625, high_hours: 25, asked_count: null })
    expect(claims.sentence).toBe(
      'In the twelve months to 31 December 2025, 10 members said how much time an answer had saved them, 10 times in all: 6.3 to 25 hours together. In December 2025 by itself, five members claimed 1.3 to 5 hours. Nothing is assumed of anybody else.',
    )
    expect(figures).toContainEqual(['claims-money', '€406–1,625'])
    expect(said).toContain('at that rate it comes to €406–1,625, beside the €12,000 it cost.')
  })

  it('tells nothing of fewer than five members, not even by subtracting', () => {
    const few = write({ said: people(4, 'half_day', '2025-03-05') })
    expect(few.claims).toMatchObject({ claim_count: null, low_hours: null, central_hours: null, high_hours: null, outliers: [] })
    expect(few.claims.sentence).toContain('Fewer than five members said')
    expect(few.figures.map(([id]) => id)).not.toContain('claims-money')
    // nine in the year, of whom four in the other months
    const split = write({ said: [...people(5, 'hour', '2025-12-05', 'q'), ...people(4, 'hour', '2025-03-05')] })
    expect(split.claims.sentence).toContain('Too few of them said so in December 2025')
    // money of the counted days would leave four outside
    const part = write({
      costs: [{ ...USUAL, from_on: '2025-07-01' }],
      said: [...people(6, 'hour', '2025-12-05', 'q'), ...people(4, 'hour', '2025-03-05')],
    })
    expect(part.figures.map(([id]) => id)).not.toContain('claims-money')
  })

  it('sets claims without an upper end apart, in words', () => {
    const one = write({ said: [...claimed, { person_id: 'x', band: 'more', on: '2025-03-01' }] })
    expect(one.claims.high_hours).toBe(25)
    expect(one.claims.outliers).toEqual(['Fewer than five members claimed more than two days (over 16 hours) for one answer.'])
    const five = write({ said: [...claimed, ...people(5, 'more', '2025-03-01', 'x')] })
    expect(five.claims.outliers).toEqual(['Five claims by five members of more than two days (over 16 hours) for one answer.'])
    const only = write({ said: people(6, 'more', '2025-03-01') })
    expect(only.claims).toMatchObject({ claim_count: null, low_hours: null })
    expect(only.claims.sentence).toContain('has no upper end, so it is not added up')
  })

  it.each([
    [{}, 'Nobody was asked'],
    [
      { asked: { asked_count: 12, asked_people_count: 9, replied_count: 0, replied_people_count: 0 } },
      'about 12 questions; none has replied.',
    ],
    [{ asked: { asked_count: 12, asked_people_count: 9, replied_count: 12, replied_people_count: 9 } }, 'replied about every one.'],
    [{ asked: { asked_count: 12, asked_people_count: 9, replied_count: 7, replied_people_count: 6 } }, 'replied about 7.'],
    [{ asked: { asked_count: 12, asked_people_count: 9, replied_count: 6, replied_people_count: 4 } }, 'fewer than five of them replied.'],
    [{ asked: { asked_count: 6, asked_people_count: 4, replied_count: 3, replied_people_count: 2 } }, 'Fewer than five askers were asked.'],
  ] satisfies [Given, string][])('%j: %s', (given, sentence) => expect(write(given).claims.sentence).toContain(sentence))

  it('does not call many few, where few of them claimed hours that can be added up', () => {
    const { claims } = write({ said: [...people(3, 'hour', '2025-12-05'), ...people(6, 'more', '2025-12-05', 'q')] })
    expect(claims.sentence).toContain('fewer than five of them claimed hours that can be added up')
    expect(claims.sentence).not.toContain('Fewer than five members said')
    expect(claims).toMatchObject({ claim_count: null, high_hours: null, outliers: [] })
  })

  it('counts no claim where nobody made one, so that the time saved stands as not measured', () =>
    expect(write({}).claims).toMatchObject({ claim_count: 0, low_hours: null, high_hours: null }))

  it('says that nobody saved anything, where all say so', () =>
    expect(write({ said: people(6, 'none', '2025-12-05') }).claims.sentence).toContain('no time at all together'))
})

it('holds all that speaks of money in one part, which can be taken out', () => {
  const { break_even, claims, footnotes } = writeCostAndClaims(factsOf({ said: [...people(9, 'hour', '2025-12-05')] }))
  expect(JSON.stringify(break_even)).toContain('€')
  expect(JSON.stringify([claims, footnotes])).not.toMatch(/€|\d\s*an hour/)
  const content = { pays: { break_even, claims } } as Parameters<typeof hideMoneyOfContent>[0]
  expect(hideMoneyOfContent(content).pays.break_even).toEqual({ sentence: MONEY_HIDDEN, figures: [] })
})
