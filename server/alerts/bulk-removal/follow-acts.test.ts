import { describe, expect, it } from 'vitest'
import { followActs } from './follow-acts.ts'
import type { Act } from './load-acts.ts'

// 2 March 2026 is a Monday
const LAST = '2026-06-01'
const act = (what: Act['what'], on: string, week_on: string, more: Partial<Act> = {}): Act => ({
  what,
  on,
  week_on,
  at: new Date(`${on}T10:00:00Z`),
  count: 184,
  week_count: 190,
  undone: null,
  ...more,
})
const removed = act('removed', '2026-03-04', '2026-03-02')
const episodesOf = (acts: Act[], last = LAST) =>
  followActs(acts, last).map(({ acts: told, ...episode }) => ({ ...episode, told: told.length }))

describe('an act', () => {
  it('that nobody undoes stands for two weeks, an import for one, and ends without a word', () => {
    expect(episodesOf([removed])).toEqual([{ began_on: '2026-03-02', worse_on: [], ended_on: '2026-03-16', ending: 'settled', told: 1 }])
    expect(episodesOf([act('imported', '2026-03-04', '2026-03-02')])[0]).toMatchObject({ ended_on: '2026-03-09', ending: 'settled' })
    expect(episodesOf([removed], '2026-03-09')[0]).toMatchObject({ ended_on: null, ending: null })
  })

  it('that is undone within its week is one thing', () => {
    const back = act('imported', '2026-03-06', '2026-03-02')
    const [episode, ...others] = followActs([{ ...removed, undone: { on: '2026-03-06', count: 180 } }, back], LAST)
    expect(others).toEqual([])
    expect(episode).toMatchObject({ began_on: '2026-03-02', ended_on: '2026-03-09', ending: 'settled' })
    expect(episode?.acts).toMatchObject([{ what: 'removed', brought_back: { on: '2026-03-06', count: 180, is_same_people: true } }])
  })

  it('that is undone in a later week has recovered then', () => {
    const back = act('imported', '2026-03-12', '2026-03-09')
    expect(episodesOf([{ ...removed, undone: { on: '2026-03-12', count: 180 } }, back])).toEqual([
      { began_on: '2026-03-02', worse_on: [], ended_on: '2026-03-09', ending: 'recovered', told: 1 },
    ])
  })

  it('that brings about as many under other accounts is taken for the same list', () => {
    const episode = (count: number, on = '2026-03-12', week = '2026-03-09') =>
      episodesOf([removed, act('imported', on, week, { count })])[0]
    expect(episode(170)).toMatchObject({ ended_on: '2026-03-09', ending: 'recovered', told: 1 })
    // far more, or far later: another thing
    expect(episode(1000)).toMatchObject({ told: 2 })
    expect(episode(184, '2026-03-25', '2026-03-23')).toMatchObject({ ended_on: '2026-03-16', ending: 'settled', told: 1 })
  })

  it('that follows another is told as worse where more are removed, and not where some are imported', () => {
    const second = act('removed', '2026-03-11', '2026-03-09', { count: 40 })
    expect(episodesOf([removed, second])).toEqual([
      { began_on: '2026-03-02', worse_on: ['2026-03-09'], ended_on: '2026-03-23', ending: 'settled', told: 2 },
    ])
    const imported = act('imported', '2026-03-11', '2026-03-09', { count: 1000 })
    expect(episodesOf([removed, imported])[0]).toMatchObject({ worse_on: [], told: 2 })
  })
})

it('an import that was a mistake and is taken out again is one thing', () => {
  const imported = act('imported', '2026-03-03', '2026-03-02', { undone: { on: '2026-03-04', count: 184 } })
  expect(followActs([imported, removed], LAST)).toMatchObject([{ acts: [{ what: 'imported', brought_back: { on: '2026-03-04' } }] }])
})
