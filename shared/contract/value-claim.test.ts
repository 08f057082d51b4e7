import { describe, expect, it } from 'vitest'
import { CLAIM_BANDS, readValueWords } from './value-claim.ts'

const NOTHING = { solved: null, band: null, hours_saved: null, story: null, consent: 'none', name: null, role: null }

describe('the bands', () => {
  it('follow one another without a gap, and only the last is open', () => {
    expect(CLAIM_BANDS[0]).toMatchObject({ low_hours: 0, high_hours: 0 })
    for (const [at, band] of CLAIM_BANDS.slice(1).entries()) expect(band.low_hours).toBe(CLAIM_BANDS[at]?.high_hours)
    expect(CLAIM_BANDS.filter((band) => band.high_hours === null)).toEqual([CLAIM_BANDS.at(-1)])
  })
})

describe('what a report of value says', () => {
  it('is read where it has the shape that is documented', () => {
    expect(readValueWords({ solved: 'partly', hours_saved: 1.5, story: ' It ran. ', consent: 'role', role: 'Fitter' })).toEqual({
      ...NOTHING,
      solved: 'partly',
      hours_saved: 1.5,
      story: 'It ran.',
      consent: 'role',
      role: 'Fitter',
    })
  })

  it('is left aside where it has not, and never guessed at', () => {
    for (const odd of [null, 'yes', [], 7, { solved: 'YES', hours_saved: '3', consent: true, band: 'lots', story: 7, name: '\u202e' }])
      expect(readValueWords(odd)).toEqual(NOTHING)
    for (const hours_saved of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2_001, '1', null])
      expect(readValueWords({ hours_saved })).toEqual(NOTHING)
    expect(readValueWords({ story: 'Mine', consent: 'Name' }).consent).toBe('none')
  })
})
