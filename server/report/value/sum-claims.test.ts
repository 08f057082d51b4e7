import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BAND_IDS, type BandId, CLAIM_BANDS } from '../../../shared/contract/value-claim.ts'
import { bandOfClaim, sumClaims, whyHidden } from './sum-claims.ts'

const claim = (person_id: string, said: BandId | number) =>
  typeof said === 'number' ? { person_id, band: null, hours: said } : { person_id, band: said, hours: null }

const anyClaim = fc.record({
  person_id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  band: fc.constantFrom(...BAND_IDS, null),
  hours: fc.option(fc.double({ min: 0, max: 2000, noNaN: true }), { nil: null }),
})

/** One claim after the other, by a chain of questions instead of a table of bands. */
const endsOf = ({ band, hours }: { band: BandId | null; hours: number | null }): [number, number | null] | null => {
  if (hours !== null) {
    if (hours === 0) return [0, 0]
    if (hours <= 0.25) return [0, 0.25]
    if (hours <= 1) return [0.25, 1]
    if (hours <= 4) return [1, 4]
    return hours <= 16 ? [4, 16] : [16, null]
  }
  if (band === null) return null
  return { none: [0, 0], minutes: [0, 0.25], hour: [0.25, 1], half_day: [1, 4], two_days: [4, 16], more: [16, null] }[band] as [
    number,
    number,
  ]
}

describe('what members claim', () => {
  it('is the sum of the lower ends, of the middles and of the upper ends', () => {
    const sums = sumClaims([claim('a', 'minutes'), claim('b', 'hour'), claim('c', 'half_day'), claim('c', 'two_days')])
    expect(sums).toMatchObject({ claim_count: 4, people_count: 3, low_hours: 5.25, central_hours: 13.25, high_hours: 21.25 })
  })

  it('puts hours that were sent as a number into the band that holds them, on an edge into the lower', () => {
    const ids = [0, 0.1, 0.25, 0.26, 1, 1.01, 4, 5, 16, 16.5, 2000].map((hours) => bandOfClaim({ band: null, hours })?.id)
    expect(ids).toEqual(['none', 'minutes', 'minutes', 'hour', 'hour', 'half_day', 'half_day', 'two_days', 'two_days', 'more', 'more'])
  })

  it('leaves claims without an upper end out of every sum, and counts them apart', () => {
    const sums = sumClaims([claim('a', 'hour'), claim('b', 'more'), claim('b', 300), claim('c', 'more')])
    expect(sums).toMatchObject({ claim_count: 1, people_count: 1, high_hours: 1, open_count: 3, open_people_count: 2, all_people_count: 3 })
  })

  it('is nothing where nobody said anything of time', () =>
    expect(sumClaims([{ person_id: 'a', band: null, hours: null }])).toMatchObject({ claim_count: 0, all_people_count: 0, high_hours: 0 }))

  it('agrees with counting one by one; low ≤ central ≤ high; one more claim lowers nothing', () => {
    fc.assert(
      fc.property(fc.array(anyClaim, { maxLength: 40 }), anyClaim, (claims, another) => {
        const sums = sumClaims(claims)
        let [low, high, open] = [0, 0, 0]
        for (const one of claims) {
          const ends = endsOf(one)
          if (ends === null) continue
          if (ends[1] === null) open += 1
          else {
            low += ends[0]
            high += ends[1]
          }
        }
        expect([sums.low_hours, sums.high_hours, sums.open_count]).toEqual([low, high, open])
        expect(sums.central_hours).toBeCloseTo((low + high) / 2, 9)
        expect(sums.low_hours).toBeLessThanOrEqual(sums.central_hours)
        expect(sums.central_hours).toBeLessThanOrEqual(sums.high_hours)
        const more = sumClaims([...claims, another])
        for (const key of ['low_hours', 'central_hours', 'high_hours', 'people_count', 'open_count'] as const)
          expect(more[key]).toBeGreaterThanOrEqual(sums[key])
        if (endsOf(another)?.[1] === null) expect(more.high_hours).toBe(sums.high_hours)
      }),
      { numRuns: 200 },
    )
  })

  it('may be told of five people or more, and not where one of them all but sets it', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((person) => claim(person, 'hour'))
    expect(whyHidden(sumClaims(five))).toBeNull()
    expect(whyHidden(sumClaims(five.slice(1)))).toBe('few')
    expect(whyHidden(sumClaims([...five, claim('a', 'two_days')]))).toBe('one_member')
  })

  it('has bands without a gap, so that every time falls into one', () => {
    for (const [i, band] of CLAIM_BANDS.entries()) if (i > 1) expect(band.low_hours).toBe(CLAIM_BANDS[i - 1]?.high_hours)
    expect(CLAIM_BANDS.filter(({ high_hours }) => high_hours === null)).toHaveLength(1)
  })
})
