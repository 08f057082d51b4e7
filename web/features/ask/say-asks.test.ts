import { describe, expect, it } from 'vitest'
import { sayNotYet, sayReplies } from './say-asks.ts'

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null
const said = (asked_count: number, replied_count = 0, solved_count = 0, partly_count = 0, not_solved_count = 0) =>
  plain(sayReplies({ asked_count, replied_count, solved_count, partly_count, not_solved_count }))

describe('what became of asking', () => {
  it('is said of those asked and those who replied, and of nobody else', () => {
    expect(said(0)).toBe('Nobody has been asked yet.')
    expect(said(1)).toBe('One asker was asked, and nobody has replied yet.')
    expect(said(3)).toBe('Three askers were asked, and nobody has replied yet.')
    expect(said(1, 1, 0, 1)).toBe('One asker was asked and replied: partly solved.')
    expect(said(1, 1, 0, 0, 1)).toBe('One asker was asked and replied: not solved.')
    expect(said(12, 7, 5, 1, 1)).toBe('Of 12 askers who were asked, 7 replied: solved for 5, partly for 1 and not for 1.')
    expect(said(1200, 1000, 1000)).toBe('Of 1,200 askers who were asked, 1,000 replied: solved for 1,000.')
  })

  it('says why others are not to be asked, or nothing', () => {
    expect(sayNotYet({ too_fresh: 0, opted_out: 0, paused: 0, left: 0 })).toBeNull()
    expect(plain(sayNotYet({ too_fresh: 1, opted_out: 2, paused: 0, left: 0 }))).toBe(
      'Not to be asked about now: one question too freshly answered and two questions of people who do not want to be asked.',
    )
  })
})
